"""The files of a .zip, .tar.gz, .tgz or .tar file, read where they lie.

Nothing is ever unpacked to a path that the archive names, so no path in it can lead
anywhere. Sizes are checked before reading, and counted while reading.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nexus.repositories.git.items import Item, Report
from nexus.repositories.git.limits import MIB, Limits
from nexus.repositories.git.progress import Work
from nexus.repositories.git.tars import tar_items
from nexus.repositories.git.troubles import ImportRefused, trouble
from nexus.repositories.git.zips import zip_items

#: Unpacking to more than this many times its size is suspicious past ``_HARMLESS`` bytes.
_MAX_RATIO = 200
_HARMLESS = 256 * MIB
_MACOS = b"__MACOSX"


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive holds; ``signature`` stays the same as long as its file is not touched."""

    items: list[Item]
    signature: str

    @property
    def total(self) -> int:
        """How many files it holds."""
        return len(self.items)


@contextlib.contextmanager
def open_archive(path: Path, work: Work, report: Report) -> Iterator[Archive]:
    """Open an archive; its items can be read as long as the context lasts.

    A single folder that holds everything is left away from the paths. What is not taken in
    goes to ``report``.

    Raises:
        ImportRefused: it cannot be read, or is larger than the limits allow.
    """
    with contextlib.ExitStack() as closing:
        try:
            file = closing.enter_context(path.open("rb"))
        except OSError:
            raise trouble(ImportRefused, "import-unreadable") from None
        status = os.fstat(file.fileno())
        if status.st_size > work.limits.max_archive_bytes:
            raise trouble(ImportRefused, "import-too-large")
        opened = zip_items if file.read(2) == b"PK" else tar_items
        file.seek(0)
        found = closing.enter_context(opened(file, work, report))
        items = list(_without_clashes(_placed(found, work.limits, report), report))
        _check_ratio(items, status.st_size, work.limits)
        facts = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        yield Archive(items, "-".join(map(str, facts)))


def split_path(path: bytes, limits: Limits) -> list[bytes] | None:
    """The names of a path in an archive, without empty ones and ``.``; None if it is unsafe.

    Unsafe is what leads outside (``..``, a leading slash, a drive letter), what is too
    long or too deep, and what no path can hold.
    """
    if path.startswith((b"/", b"\\")) or b"\0" in path or path[1:3] in (b":/", b":\\"):
        return None
    names = [name for name in path.split(b"/") if name not in (b"", b".")]
    if b".." in names or len(names) > limits.max_depth or len(path) > limits.max_path_bytes:
        return None
    return names or None


def _placed(items: Iterable[Item], limits: Limits, report: Report) -> list[Item]:
    """The items whose paths are safe, at their places in the repository."""
    split: list[tuple[list[bytes], Item]] = []
    for item in items:
        names = split_path(item.path, limits)
        if names is None:
            report.leave_out(item.path[: limits.max_path_bytes], "unsafe-path")
        elif names[0] == _MACOS:
            report.leave_out(_MACOS, "macos")
        elif inside := _git_folder(names):
            report.leave_out(inside, "git-folder")
        else:
            split.append((names, item))
    skip = 1 if _have_one_folder([names for names, _ in split]) else 0
    return [replace(item, path=b"/".join(names[skip:])) for names, item in split]


def _git_folder(names: list[bytes]) -> bytes:
    """The outermost ``.git`` that a path is, or lies in; empty for none. It is named once."""
    for depth, name in enumerate(names, 1):
        if name.lower() == b".git":
            return b"/".join(names[:depth])
    return b""


def _have_one_folder(paths: list[list[bytes]]) -> bool:
    return len({names[0] for names in paths}) == 1 and all(len(names) > 1 for names in paths)


def _without_clashes(items: Iterable[Item], report: Report) -> Iterator[Item]:
    """The first of those that want the same place, or a place inside another file."""
    files: set[bytes] = set()
    folders: set[bytes] = set()
    for item in items:
        names = item.path.split(b"/")
        above = [b"/".join(names[:end]) for end in range(1, len(names))]
        if item.path in files or item.path in folders or not files.isdisjoint(above):
            report.leave_out(item.path, "duplicate")
            continue
        files.add(item.path)
        folders.update(above)
        yield item


def _check_ratio(items: Iterable[Item], packed: int, limits: Limits) -> None:
    """Refuse an archive that unpacks to far more than it should: a bomb."""
    total = sum(item.size for item in items if item.size <= limits.max_file_bytes)
    if total > limits.max_bytes or (total > _HARMLESS and total > packed * _MAX_RATIO):
        raise trouble(ImportRefused, "archive-bomb")
