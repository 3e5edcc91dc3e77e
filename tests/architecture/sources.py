"""The files of the checkout, read once."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: its path from the root of the checkout, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, path: str, text: str) -> "Source":
        """Parse ``text``."""
        return cls(path, text, ast.parse(text))

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())


@cache
def sources() -> tuple[Source, ...]:
    """The Python files that make up the software: no tests, no migrations."""
    return tuple(
        Source.of(str(path.relative_to(ROOT)), path.read_text())
        for path in sorted((ROOT / "src").rglob("*.py"))
        if not {"tests", "migrations"} & set(path.parts)
    )


@cache
def templates() -> tuple[Path, ...]:
    """The HTML templates."""
    return tuple(sorted((ROOT / "src").rglob("templates/**/*.html")))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that Git keeps of this checkout, and those about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())
