"""The files of a .tar, .tar.gz or .tgz file."""

import contextlib
import gzip
import struct
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import IO, cast

from nexus.repositories.git.items import EXECUTABLE, FILE, SYMLINK, Item, ItemError, Report
from nexus.repositories.git.limits import KIB, MIB
from nexus.repositories.git.progress import Work
from nexus.repositories.git.troubles import ImportRefused, trouble

_GZIP = b"\x1f\x8b"
_CHUNK = MIB
#: The most that is read at once: the parser reads long names and extended headers as a
#: whole, and they may claim any size.
_MAX_READ = 64 * KIB
#: Headers and padding, besides the files themselves.
_OVERHEAD = 64 * MIB
_OWNER_MAY_RUN = 0o100
_FAULTS = (
    tarfile.TarError,
    zlib.error,
    EOFError,
    ValueError,
    LookupError,
    OSError,
    RuntimeError,
    ArithmeticError,
    struct.error,
)


@contextlib.contextmanager
def tar_items(file: IO[bytes], work: Work, report: Report) -> Iterator[list[Item]]:
    """Open a tar file, compressed by gzip or not: its files and links, with their paths.

    Raises ``ImportRefused`` if it cannot be read or holds too many files.
    """
    with contextlib.ExitStack() as closing:
        if file.read(2) == _GZIP:
            file.seek(0)
            file = closing.enter_context(_unpacked(file, work))
        file.seek(0)
        try:
            archive = closing.enter_context(_parsed(file))
            items = list(_items(archive, work, report))
        except _FAULTS:
            raise trouble(ImportRefused, "archive-damaged") from None
        yield items


@contextlib.contextmanager
def _unpacked(file: IO[bytes], work: Work) -> Iterator[IO[bytes]]:
    """What gzip packed, in a nameless temporary file."""
    left = work.limits.max_bytes + _OVERHEAD
    with tempfile.TemporaryFile() as plain:
        try:
            with gzip.open(file) as packed:
                while chunk := packed.read(_CHUNK):
                    work.check()
                    left -= len(chunk)
                    if left < 0:
                        raise trouble(ImportRefused, "archive-bomb")
                    plain.write(chunk)
        except (OSError, EOFError, zlib.error):
            raise trouble(ImportRefused, "archive-damaged") from None
        yield plain


def _parsed(file: IO[bytes]) -> tarfile.TarFile:
    guarded = cast("IO[bytes]", _Guarded(file))
    return tarfile.open(fileobj=guarded, mode="r:", encoding="utf-8", errors="surrogateescape")


class _Guarded:
    """A file of which only a little is read at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int) -> bytes:
        """Read at most ``size`` bytes; raises ``TarError`` for a size that no header has."""
        if size > _MAX_READ:
            raise tarfile.ReadError("a header is too large")
        return self._file.read(size)


def _items(archive: tarfile.TarFile, work: Work, report: Report) -> Iterator[Item]:
    files: dict[str, Item] = {}
    count = 0
    while (member := archive.next()) is not None:
        archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all
        count += 1
        if count > work.limits.max_files:
            raise trouble(ImportRefused, "import-too-large")
        if member.isdir():
            continue
        found = _item(archive, member, files)
        if isinstance(found, str):
            report.leave_out(_path(member), found)
        else:
            files[member.name] = found
            yield found


def _item(archive: tarfile.TarFile, member: tarfile.TarInfo, files: dict[str, Item]) -> Item | str:
    """One member as a file to take in, or the reason why it is left out."""
    path = _path(member)
    if member.issym():
        target = member.linkname.encode("utf-8", "surrogateescape")
        return Item(path, SYMLINK, len(target), lambda: BytesIO(target))
    if member.islnk():
        linked = files.get(member.linkname)
        return Item(path, linked.mode, linked.size, linked.open) if linked else "link-outside"
    if not member.isreg():
        return "special"
    mode = EXECUTABLE if member.mode & _OWNER_MAY_RUN else FILE
    return Item(path, mode, member.size, partial(_opened, archive, member))


def _path(member: tarfile.TarInfo) -> bytes:
    return member.name.encode("utf-8", "surrogateescape")


@contextlib.contextmanager
def _opened(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[IO[bytes]]:
    """One member; what goes wrong while it is read concerns this member only."""
    try:
        with cast("IO[bytes]", archive.extractfile(member)) as file:
            yield file
    except _FAULTS:
        raise ItemError("damaged") from None
