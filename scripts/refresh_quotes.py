"""Brings the code that the hub's write-ups quote up to date with the source.

    python -m scripts.refresh_quotes [--check]

A page asks for a quote with a comment, and everything up to the closing one is written here::

    <!-- quote: src/nexus/kernel/events.py:publish as store-an-event.py | What it shows -->
    <!-- /quote -->

What follows the colon is a function, a class, a method (``Class.method``) or a name that is
assigned; several are joined by commas. In a file that is not Python it is the first and the last
line, as regular expressions: ``/^FROM/../^CMD/``. Each quote also becomes a code file of its own,
in a folder named after the page, so that it can be found, filtered by language and copied.
"""

import ast
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from scripts.hub_files import HUB, ROOT, settle

_QUOTE = re.compile(
    r"^<!-- quote: (?P<source>[^:\s]+):(?P<what>[^\n]+?) as (?P<name>[\w.-]+)"
    r" \| (?P<says>[^\n]+?) -->\n(?P<body>.*?)^<!-- /quote -->",
    re.DOTALL | re.MULTILINE,
)
#: What the highlighter calls the language of a file, by the ending of its name.
_LANGUAGES = {".py": "python", ".yml": "yaml", ".gitconfig": "ini", ".ts": "ts", ".sh": "bash"}
_COMMENTS = {".ts": "//"}


class QuoteLost(LookupError):
    """What a page wants to quote is not in the source any more."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Some lines of a source file (``first`` to ``last``, from 1), and what they show."""

    source: str
    first: int
    last: int
    code: str
    name: str
    says: str

    @property
    def reference(self) -> str:
        """Where the lines stand: ``src/nexus/kernel/events.py#L51-L62``."""
        last = f"-L{self.last}" if self.last > self.first else ""
        return f"{self.source}#L{self.first}{last}"

    def on_page(self, page: Path) -> str:
        """The quote as the page shows it."""
        language = _LANGUAGES.get(Path(self.name).suffix, "")
        return (
            f"From [`{self.reference}`]({page.stem}/{self.name}):\n\n"
            f"```{language}\n{self.code}\n```\n\n"
        )

    def as_file(self) -> str:
        """The quote as a code file."""
        mark = _COMMENTS.get(Path(self.name).suffix, "#")
        return f"{mark} {self.says}\n{mark} Quoted from {self.reference}\n\n{self.code}\n"


def wanted() -> dict[Path, str]:
    """Every page with quotes and every quote's file, as they should be."""
    files: dict[Path, str] = {}
    for page in sorted(HUB.rglob("*.md")):
        text = page.read_text()
        files[page] = _QUOTE.sub(partial(_block, page), text)
        files |= {page.parent / page.stem / q.name: q.as_file() for q in quotes_in(text)}
    return files


def quotes_in(text: str) -> Iterator[Quote]:
    """The quotes that a page asks for."""
    return map(_read, _QUOTE.finditer(text))


def _block(page: Path, found: re.Match[str]) -> str:
    opening = found[0].split("\n", 1)[0]
    return f"{opening}\n{_read(found).on_page(page)}<!-- /quote -->"


def _read(found: re.Match[str]) -> Quote:
    text = (ROOT / found["source"]).read_text()
    spans = list(_spans(found["source"], text, found["what"]))
    lines = text.splitlines()
    pieces = [textwrap.dedent("\n".join(lines[first - 1 : last])) for first, last in spans]
    return Quote(
        source=found["source"],
        first=spans[0][0],
        last=spans[-1][1],
        code="\n\n\n".join(pieces),
        name=found["name"],
        says=found["says"],
    )


def _spans(source: str, text: str, what: str) -> Iterator[tuple[int, int]]:
    """(first, last) line of each thing that is quoted, from 1."""
    if what.startswith("/"):
        yield _between(source, text, *what.strip("/").split("/../"))
        return
    tree = ast.parse(text)
    for name in what.split(","):
        node = _find(tree, name)
        if node is None:
            raise QuoteLost(f"{source} has no {name} any more.")
        yield _with_comment(text, _first_line(node)), node.end_lineno or node.lineno


def _between(source: str, text: str, start: str, end: str) -> tuple[int, int]:
    lines = text.splitlines()
    first = next((n for n, line in enumerate(lines, 1) if re.search(start, line)), 0)
    last = next((n for n, line in enumerate(lines, 1) if n > first and re.search(end, line)), 0)
    if not first or not last:
        raise QuoteLost(f"{source} has no lines from {start} to {end} any more.")
    return first, last


def _find(within: ast.Module | ast.ClassDef, name: str) -> ast.stmt | None:
    head, _, rest = name.partition(".")
    for node in within.body:
        if head in _names(node):
            return _find(node, rest) if rest and isinstance(node, ast.ClassDef) else node
    return None


def _names(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _with_comment(text: str, line: int) -> int:
    """The line at which the comment right above ``line`` begins; ``line`` when there is none."""
    lines = text.splitlines()
    while line > 1 and lines[line - 2].lstrip().startswith("#"):
        line -= 1
    return line


if __name__ == "__main__":
    try:
        sys.exit(settle(wanted(), "Bring the quotes of the hub up to date."))
    except QuoteLost as lost:
        sys.exit(str(lost))
