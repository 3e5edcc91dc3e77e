"""Who knows what a secret looks like. This app does not: it is handed in (``use_inspector``)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spotted:
    """A secret in a file: its line from 1, or 0 for the file as a whole; what it is."""

    line: int
    what: str


#: Looks through one file, by its path and its bytes.
Inspector = Callable[[str, bytes], Iterable[Spotted]]


def _nothing(path: str, data: bytes) -> Iterable[Spotted]:  # noqa: ARG001
    return ()


_inspect: Inspector = _nothing


def use_inspector(inspect: Inspector) -> None:
    """Say who knows what a secret looks like; called once by ``config``."""
    global _inspect  # noqa: PLW0603 - one per process, set by the root of composition
    _inspect = inspect


def spotted_in(path: str, data: bytes) -> Iterable[Spotted]:
    """The secrets of one file."""
    return _inspect(path, data)
