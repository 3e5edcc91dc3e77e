"""Which files differ between two commits: Git's raw format, read with care."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from nexus.repositories.git.paths import path_text

_SUBMODULE = b"160000"
_NOTHING = b"000000"
_ENTRY = re.compile(
    rb":(?P<old_mode>\d{6}) (?P<new_mode>\d{6}) (?P<old>[0-9a-f]+) (?P<new>[0-9a-f]+)"
    rb" (?P<status>[A-Z])\d*"
)


class Status(StrEnum):
    """What happened to a file."""

    ADDED = "added"
    MODIFIED = "modified"
    DELETED = "deleted"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one file. ``oid`` is its blob after the change, None if it is gone.

    ``path`` is the path after the change, of a deleted file the path it had. ``old_path``
    is set for a rename, which may have changed the file as well.
    """

    status: Status
    path: str
    old_path: str | None = None
    oid: str | None = None
    old_oid: str | None = None


class Pieces:
    """The parts of an output that are ended by NUL bytes, whatever chunks it comes in."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._ready: Iterator[bytes] = iter(())
        self._rest = b""

    def __iter__(self) -> "Pieces":
        return self

    def __next__(self) -> bytes:
        while (piece := next(self._ready, None)) is None:
            *whole, self._rest = (self._rest + next(self._chunks)).split(b"\0")
            self._ready = iter(whole)
        return piece


def read_changes(chunks: Iterable[bytes]) -> Iterator[str | Change]:
    """Read what ``git diff-tree`` and ``git log`` put out with ``--raw -z --format=%H``.

    Gives the id of each commit, followed by its changes. Submodules are passed over.
    """
    pieces = Pieces(chunks)
    for piece in pieces:
        header = piece.lstrip(b"\n")
        entry = _ENTRY.fullmatch(header)
        if entry:
            yield from _changes(entry, pieces)
        else:
            yield header.decode()


def _changes(entry: re.Match[bytes], pieces: Pieces) -> Iterator[Change]:
    status = entry["status"]
    old_path = path_text(next(pieces)) if status in (b"R", b"C") else None
    path = path_text(next(pieces))
    old, new = entry["old"].decode(), entry["new"].decode()
    was_file = entry["old_mode"] not in (_NOTHING, _SUBMODULE)
    is_file = entry["new_mode"] not in (_NOTHING, _SUBMODULE)
    if not is_file:
        if was_file:
            yield Change(Status.DELETED, path, old_oid=old)
    elif not was_file:
        yield Change(Status.ADDED, path, oid=new)
    elif old_path is not None:
        yield Change(Status.RENAMED, path, old_path, new, old)
    else:
        yield Change(Status.MODIFIED, path, oid=new, old_oid=old)


def compare_listings(old: dict[str, str], new: dict[str, str]) -> list[Change]:
    """Compare two listings of paths and blobs: a rename is seen if the file did not change.

    The way out where Git cannot compare, since objects are missing.
    """
    gone = {oid: path for path, oid in old.items() if path not in new}
    changes = []
    for path, oid in new.items():
        if path not in old:
            old_path = gone.pop(oid, None)
            status = Status.ADDED if old_path is None else Status.RENAMED
            changes.append(Change(status, path, old_path, oid, oid if old_path else None))
        elif old[path] != oid:
            changes.append(Change(Status.MODIFIED, path, oid=oid, old_oid=old[path]))
    moved = {change.old_path for change in changes}
    lost = (path for path in old if path not in new and path not in moved)
    return [*changes, *(Change(Status.DELETED, path, old_oid=old[path]) for path in lost)]
