"""The files of a plain folder. Links are never followed; nothing outside it is read."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from nexus.repositories.git.items import EXECUTABLE, FILE, SYMLINK, Item, Report
from nexus.repositories.git.progress import Work
from nexus.repositories.git.troubles import ImportRefused, trouble

#: A file that was changed so recently may be changed again without a new time stamp.
_SETTLED_NANOSECONDS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A file or link as it was found: its path from the folder, and what the disk says of it."""

    path: bytes
    stat: os.stat_result


def walk(folder: Path, *, avoid: Path, work: Work, report: Report) -> Iterator[Seen]:
    """The files and links of a folder, in a fixed order.

    ``.git`` and the store ``avoid`` are passed over, so are sockets, devices and pipes.

    Raises:
        ImportRefused: the folder itself cannot be read, or holds too many files.
    """
    root = os.fsencode(folder)
    avoided = _identity(avoid.stat())
    waiting = [b""]
    count = 0
    while waiting:
        place = waiting.pop()
        work.check()
        for entry in _entries(root, place, report):
            path = place + entry.name
            try:
                kind = _kind_of(entry, path, avoided, work)
            except OSError:  # it vanished meanwhile
                kind = "unreadable"
            if kind == "folder":
                waiting.append(path + b"/")
            elif kind == "file":
                count += 1
                if count > work.limits.max_files:
                    raise trouble(ImportRefused, "import-too-large")
                yield Seen(path, entry.stat(follow_symlinks=False))
            else:
                report.leave_out(path, kind)


def _entries(root: bytes, place: bytes, report: Report) -> list["os.DirEntry[bytes]"]:
    try:
        with os.scandir(root + b"/" + place) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        if not place:
            raise trouble(ImportRefused, "import-unreadable") from None
        report.leave_out(place.rstrip(b"/"), "unreadable")
        return []


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _kind_of(entry: "os.DirEntry[bytes]", path: bytes, avoided: tuple[int, int], work: Work) -> str:
    """``file`` (links included), ``folder``, or the reason why it is left out."""
    if entry.name.lower() == b".git":
        return "git-folder"
    if len(path) > work.limits.max_path_bytes or path.count(b"/") >= work.limits.max_depth:
        return "unsafe-path"
    status = entry.stat(follow_symlinks=False)
    if stat.S_ISDIR(status.st_mode):
        return "store" if _identity(status) == avoided else "folder"
    known = stat.S_ISREG(status.st_mode) or stat.S_ISLNK(status.st_mode)
    return "file" if known else "special"


def item_of(folder: Path, seen: Seen) -> Item:
    """What was found, as something to take in."""
    place = os.fsencode(folder) + b"/" + seen.path
    if stat.S_ISLNK(seen.stat.st_mode):
        return Item(seen.path, SYMLINK, seen.stat.st_size, lambda: _target(place))
    mode = EXECUTABLE if seen.stat.st_mode & stat.S_IXUSR else FILE
    return Item(seen.path, mode, seen.stat.st_size, lambda: _open(place))


def _target(place: bytes) -> IO[bytes]:
    return BytesIO(os.readlink(place))  # noqa: PTH115 - a Path would tidy it up


def _open(place: bytes) -> IO[bytes]:
    """Open a regular file; never a link, and never wait for a pipe that took its place."""
    descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    file = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise OSError("not a regular file")
    return file


def signature(found: list[Seen], *, now: int) -> str | None:
    """A value that is the same as long as nothing in the folder changes, read or not.

    None if something changed within two seconds of ``now`` (nanoseconds): it might change
    again without a trace.
    """
    digest = hashlib.sha256()
    for seen in found:
        status = seen.stat
        if max(status.st_mtime_ns, status.st_ctime_ns) > now - _SETTLED_NANOSECONDS:
            return None
        facts = (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        digest.update(seen.path + b"\0" + repr((*facts, status.st_ino)).encode() + b"\0")
    return digest.hexdigest()
