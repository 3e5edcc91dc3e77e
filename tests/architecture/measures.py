"""How long functions and files are."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.architecture.sources import Source

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """How many lines something has, and where it is."""

    lines: int
    place: str


def functions(files: Iterable[Source]) -> Iterator[Length]:
    """The length of every function and method, from ``def`` to its last line."""
    for file in files:
        for node in ast.walk(file.tree):
            if isinstance(node, type_of_function):
                end = node.end_lineno or node.lineno
                yield Length(end - node.lineno + 1, f"{file.path}:{node.lineno} {node.name}")


def percentile(lengths: Sequence[Length], share: float) -> int:
    """The number of lines that ``share`` (0 to 1) of all stay within."""
    ordered = sorted(length.lines for length in lengths)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
