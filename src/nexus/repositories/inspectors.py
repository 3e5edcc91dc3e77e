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
#: Makes a name fit to be shown to everybody.
Hider = Callable[[str], str]


def _nothing(path: str, data: bytes) -> Iterable[Spotted]:  # noqa: ARG001
    return ()


_inspect: Inspector = _nothing
_hide: Hider = str


def use_inspector(inspect: Inspector, hide: Hider) -> None:
    """Say who knows what a secret looks like; called once by ``config``."""
    global _inspect, _hide  # one per process, set by the root of composition
    _inspect, _hide = inspect, hide


def spotted_in(path: str, data: bytes) -> Iterable[Spotted]:
    """The secrets of one file."""
    return _inspect(path, data)


def without_secrets(name: str) -> str:
    """The name of a branch, a tag or a file as everybody may read it."""
    return _hide(name)
