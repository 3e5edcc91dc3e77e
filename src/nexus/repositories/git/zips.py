"""The files of a .zip file."""

import contextlib
import lzma
import mmap
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import IO

from nexus.repositories.git.items import EXECUTABLE, FILE, SYMLINK, Item, ItemError, Report
from nexus.repositories.git.progress import Work
from nexus.repositories.git.troubles import ImportRefused, trouble

#: Each file of a zip has an entry in its central directory that begins so.
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_MADE_BY_UNIX = 3
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    LookupError,
    OSError,
    RuntimeError,
    struct.error,
    OverflowError,
)


@contextlib.contextmanager
def zip_items(file: IO[bytes], work: Work, report: Report) -> Iterator[list[Item]]:
    """Open a .zip file: its files and links, with the paths that it gives them.

    Raises ``ImportRefused`` if it cannot be read or holds too many files.
    """
    _check_count(file, work.limits.max_files)
    try:
        archive = zipfile.ZipFile(file)
    except (*_FAULTS, NotImplementedError):
        raise trouble(ImportRefused, "archive-damaged") from None
    with archive:
        yield list(_items(archive, report))


def _check_count(file: IO[bytes], most: int) -> None:
    """Count the entries before they are all read into memory."""
    try:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            place = data.find(_ENTRY)
            count = 0
            while place >= 0 and count <= most:
                count += 1
                place = data.find(_ENTRY, place + 1)
    except (ValueError, OSError):
        raise trouble(ImportRefused, "import-unreadable") from None
    if count > most:
        raise trouble(ImportRefused, "import-too-large")


def _items(archive: zipfile.ZipFile, report: Report) -> Iterator[Item]:
    for info in archive.infolist():
        path = _path(info)
        if info.is_dir() or path.endswith(b"/"):
            continue
        mode = _mode(info)
        if info.flag_bits & _ENCRYPTED:
            report.leave_out(path, "encrypted")
        elif mode is None:
            report.leave_out(path, "special")
        else:
            yield Item(path, mode, info.file_size, partial(_opened, archive, info))


def _path(info: zipfile.ZipInfo) -> bytes:
    """The path in bytes: UTF-8 where it is, else as the standard reads it (code page 437)."""
    name = info.filename
    if info.create_system != _MADE_BY_UNIX:
        name = name.replace("\\", "/")
    if info.flag_bits & _UTF8:
        return name.encode("utf-8", "surrogatepass")
    with contextlib.suppress(UnicodeError):
        raw = name.encode("cp437")
        raw.decode("utf-8")
        return raw
    return name.encode("utf-8", "surrogatepass")


def _mode(info: zipfile.ZipInfo) -> bytes | None:
    """The mode in Git's words; None for what is neither file nor link."""
    mode = info.external_attr >> 16 if info.create_system == _MADE_BY_UNIX else 0
    if stat.S_ISLNK(mode):
        return SYMLINK
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return None
    return EXECUTABLE if mode & stat.S_IXUSR else FILE


@contextlib.contextmanager
def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """One file of the archive; what goes wrong while it is read concerns this file only."""
    try:
        with archive.open(info) as file:
            yield file
    except NotImplementedError:
        raise ItemError("unsupported") from None
    except _FAULTS:
        raise ItemError("damaged") from None
