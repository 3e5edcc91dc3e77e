"""The files of a folder or an archive, one after the other, as hostile as they come."""

import contextlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import IO

from nexus.repositories.git.limits import KIB, MIB, Limits
from nexus.repositories.git.outcomes import LeftOut
from nexus.repositories.git.paths import path_text

#: Modes of Git's tree entries.
FILE, EXECUTABLE, SYMLINK = b"100644", b"100755", b"120000"

_IN_MEMORY = 8 * MIB
_CHUNK = 64 * KIB
_MAX_NAMED = 1000
#: Stands for the files that were left out past the last that is named.
OTHERS = "…"


@dataclass(frozen=True, slots=True)
class Item:
    """One file to take in. ``open`` gives its bytes; of a symbolic link, its target."""

    path: bytes
    mode: bytes
    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]


@dataclass(slots=True)
class Report:
    """What was left out: of each reason a thousand paths are named, the rest is counted."""

    _files: Counter[tuple[str, str]] = field(default_factory=Counter)
    _named: Counter[str] = field(default_factory=Counter)

    def leave_out(self, path: bytes, reason: str) -> None:
        """Note that a file was left out; ``path`` may be the folder for which that holds."""
        place = path_text(path), reason
        if place not in self._files:
            if self._named[reason] == _MAX_NAMED:
                place = OTHERS, reason
            else:
                self._named[reason] += 1
        self._files[place] += 1

    @property
    def left_out(self) -> list[LeftOut]:
        """The paths with their reasons, in order."""
        return sorted(LeftOut(*place, files) for place, files in self._files.items())


class ItemError(Exception):
    """One file cannot be taken in; ``reason`` is one of ``LEFT_OUT_REASONS``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextlib.contextmanager
def whole(item: Item, limits: Limits) -> Iterator[tuple[int, IO[bytes]]]:
    """All bytes of an item, read before the first of them is used, and how many they are.

    A file may grow or shrink while it is read, and an archive may lie about sizes. Large
    files wait on disk, not in memory.

    Raises ``ItemError`` if there is too much of it, or it cannot be read to its end.
    """
    if item.size > limits.max_file_bytes:
        raise ItemError("too-large")
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        try:
            _copy(item, spool, limits)
        except OSError:
            raise ItemError("unreadable") from None
        size = spool.tell()
        spool.seek(0)
        yield size, spool


def _copy(item: Item, spool: IO[bytes], limits: Limits) -> None:
    with item.open() as source:
        while chunk := source.read(_CHUNK):
            if spool.tell() + len(chunk) > limits.max_file_bytes:
                raise ItemError("too-large")
            spool.write(chunk)
