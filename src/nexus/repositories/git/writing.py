"""Writing the files of a commit outside a store: to a folder, a .zip or a .tar.gz file.

The names in a tree may be hostile. Only plain names are written, existing files are never
touched, and links come last, so that nothing is ever written through one.
"""

import contextlib
import errno
import gzip
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from nexus.repositories.git.limits import MIB
from nexus.repositories.git.names import ARCHIVE_SUFFIXES, slug_of
from nexus.repositories.git.outcomes import LeftOut
from nexus.repositories.git.paths import raw_names
from nexus.repositories.git.program import Command, stream
from nexus.repositories.git.progress import Work
from nexus.repositories.git.reading import CommitInfo, Kind, Reader, TreeFile
from nexus.repositories.git.stores import head_commit
from nexus.repositories.git.troubles import ExportRefused, trouble

_OWNER_MAY_RUN = 0o100
#: Larger files are read in pieces.
_AT_ONCE = 8 * MIB
#: Files may take this many times the room that a store may take.
_EXPANSION = 10
_FIRST_YEAR_OF_ZIP, _LAST_YEAR_OF_ZIP = 1980, 2107


@dataclass(frozen=True, slots=True)
class Order:
    """What to write and where: a store, a path that is still free, and what it will be called."""

    store: Path
    path: Path
    name: str
    work: Work

    @property
    def folder_name(self) -> str:
        """What the one folder inside an archive is called."""
        name = self.name
        for suffix in ARCHIVE_SUFFIXES:
            name = name.removesuffix(suffix)
        return slug_of(name)


@dataclass(frozen=True, slots=True)
class _File:
    """One file or link to write. ``names`` are the parts of its path."""

    names: tuple[bytes, ...]
    entry: TreeFile
    data: Iterator[bytes]

    @property
    def executable(self) -> bool:
        return bool(self.entry.mode & _OWNER_MAY_RUN)

    @property
    def text(self) -> str:
        """The path as programs in Python take it."""
        return b"/".join(self.names).decode("utf-8", "surrogateescape")


class _Target(Protocol):
    """Where files are written to. Each method raises ``OSError`` if there is one already."""

    def file(self, file: _File) -> None: ...
    def link(self, file: _File, target: bytes) -> None: ...


def write_folder(order: Order) -> list[LeftOut]:
    """Write the files of the newest commit to a new folder; returns what was left out."""
    order.path.mkdir()
    return _write(order, lambda _: contextlib.nullcontext(_Folder(order.path)))


def write_zip(order: Order) -> list[LeftOut]:
    """Write them to a new .zip file, inside one folder."""

    @contextlib.contextmanager
    def opened(commit: CommitInfo) -> Iterator[_Target]:
        with zipfile.ZipFile(order.path, "x", zipfile.ZIP_DEFLATED) as archive:
            yield _Zip(archive, order.folder_name, commit.committed_at)

    return _write(order, opened)


def write_into_zip(order: Order, archive: zipfile.ZipFile) -> list[LeftOut]:
    """Write them into a .zip file that is being written, inside the folder ``order.name``."""
    return _write(
        order,
        lambda commit: contextlib.nullcontext(_Zip(archive, order.name, commit.committed_at)),
    )


def write_tar(order: Order) -> list[LeftOut]:
    """Write them to a new .tar.gz file, inside one folder."""

    @contextlib.contextmanager
    def opened(commit: CommitInfo) -> Iterator[_Target]:
        when = max(0, int(commit.committed_at.timestamp()))
        with (
            order.path.open("xb") as file,
            gzip.GzipFile("", "wb", fileobj=file, mtime=when) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            yield _Tar(archive, order.folder_name, when)

    return _write(order, opened)


class _Opened(Protocol):
    """Opens what is written to, once the commit is known."""

    def __call__(self, commit: CommitInfo, /) -> contextlib.AbstractContextManager[_Target]: ...


def _write(order: Order, opened: _Opened) -> list[LeftOut]:
    """Write the files, then the links, of the newest commit."""
    left_out: list[LeftOut] = []
    with Reader(order.store, limits=order.work.limits) as reader:
        commit = reader.commit(head_commit(order.store) or "")
        entries = sorted(
            _entries(reader, commit, order.work), key=lambda entry: entry.kind is Kind.SYMLINK
        )
        with opened(commit) as target:
            for number, entry in enumerate(entries):
                order.work.check()
                order.work.tell("writing", number, len(entries))
                reason = _write_one(order, reader, target, entry)
                if reason:
                    left_out.append(LeftOut(entry.path, reason))
    return sorted(left_out)


def _entries(reader: Reader, commit: CommitInfo, work: Work) -> Iterator[TreeFile]:
    left = work.limits.max_bytes * _EXPANSION
    for entry in reader.files(commit.sha):
        left -= entry.size or 0
        if left < 0:
            raise trouble(ExportRefused, "export-too-large")
        if entry.kind is not Kind.SUBMODULE:
            yield entry
    if reader.truncated:
        raise trouble(ExportRefused, "export-too-large")


def _write_one(order: Order, reader: Reader, target: _Target, entry: TreeFile) -> str | None:
    """Write one entry; returns the reason if it could not be written as it is."""
    names = tuple(raw_names(entry.path) or ())
    if entry.missing:
        return "unreadable"
    if not names or not all(map(_is_plain, names)):
        return "unsafe-path"
    try:
        return _put(target, _File(names, entry, _data(order, reader, entry)))
    except FileExistsError:
        return "duplicate"
    except UnicodeEncodeError:
        return "unsafe-path"
    except OSError as error:
        if error.errno not in (errno.ENAMETOOLONG, errno.ENOTDIR):
            raise
        return "unsafe-path"


def _put(target: _Target, file: _File) -> str | None:
    """Write a file or a link; a link that leads outside as a file, as Git can do too."""
    if file.entry.kind is not Kind.SYMLINK:
        target.file(file)
        return None
    link = b"".join(file.data)
    if stays_inside(link, depth=len(file.names) - 1):
        target.link(file, link)
        return None
    target.file(replace(file, data=iter((link,))))
    return "link-outside"


def _is_plain(name: bytes) -> bool:
    """Whether a name is written to a folder: one part, and not that of a Git repository."""
    return name not in (b".", b"..") and b"/" not in name and name.lower() != b".git"


def stays_inside(target: bytes, *, depth: int) -> bool:
    """Whether a link at ``depth`` folders below the root surely leads to something inside.

    It may first go up, but not above the root, and from there only down: after another
    link, ``..`` could lead anywhere.
    """
    parts = [part for part in target.split(b"/") if part not in (b"", b".")]
    up = next((place for place, part in enumerate(parts) if part != b".."), len(parts))
    relative = bool(target) and not target.startswith(b"/") and b"\0" not in target
    return relative and up <= depth and b".." not in parts[up:]


def _data(order: Order, reader: Reader, entry: TreeFile) -> Iterator[bytes]:
    """The bytes of a file, a large one in pieces."""
    if (entry.size or 0) <= _AT_ONCE:
        yield reader.read(entry.oid, limit=_AT_ONCE) or b""
    else:
        command = Command(store=order.store, arguments=["cat-file", "blob", entry.oid])
        yield from stream(command, order.work)


class _Folder:
    """Writes into a folder that nobody else writes to."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _place(self, file: _File) -> Path:
        place = self._root / file.text
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def file(self, file: _File) -> None:
        place = self._place(file)
        with place.open("xb") as written:
            for chunk in file.data:
                written.write(chunk)
        if file.executable:
            place.chmod(place.stat().st_mode | 0o111)

    def link(self, file: _File, target: bytes) -> None:
        self._place(file).symlink_to(target.decode("utf-8", "surrogateescape"))


class _Archive:
    """What the two kinds of archive have in common: one name is used once."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._taken: set[str] = set()

    def _name(self, file: _File) -> str:
        parts = file.text.split("/")
        above = {"/".join(parts[:end]) for end in range(1, len(parts))}
        if file.text in self._taken or f"{file.text}/" in self._taken or above & self._taken:
            raise FileExistsError
        self._taken |= {file.text, *(f"{folder}/" for folder in above)}
        return f"{self._folder}/{file.text}"


class _Zip(_Archive):
    """Writes into a .zip file."""

    def __init__(self, archive: zipfile.ZipFile, folder: str, when: datetime) -> None:
        super().__init__(folder)
        self._archive = archive
        in_range = _FIRST_YEAR_OF_ZIP <= when.year <= _LAST_YEAR_OF_ZIP
        self._when = when.timetuple()[:6] if in_range else (_FIRST_YEAR_OF_ZIP, 1, 1, 0, 0, 0)

    def _info(self, file: _File, mode: int) -> zipfile.ZipInfo:
        name = self._name(file)
        name.encode()  # raises for bytes that are not UTF-8: a zip cannot hold them
        info = zipfile.ZipInfo(name, self._when)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3  # Unix: the mode means something
        info.external_attr = mode << 16
        return info

    def file(self, file: _File) -> None:
        info = self._info(file, 0o100755 if file.executable else 0o100644)
        with self._archive.open(info, "w", force_zip64=(file.entry.size or 0) > MIB) as written:
            for chunk in file.data:
                written.write(chunk)

    def link(self, file: _File, target: bytes) -> None:
        self._archive.writestr(self._info(file, 0o120777), target)


class _Tar(_Archive):
    """Writes into a .tar.gz file."""

    def __init__(self, archive: tarfile.TarFile, folder: str, when: int) -> None:
        super().__init__(folder)
        self._archive = archive
        self._when = when

    def _info(self, file: _File) -> tarfile.TarInfo:
        info = tarfile.TarInfo(self._name(file))
        info.mtime = self._when
        return info

    def file(self, file: _File) -> None:
        info = self._info(file)
        info.mode = 0o755 if file.executable else 0o644
        info.size = file.entry.size or 0
        with tempfile.SpooledTemporaryFile(_AT_ONCE) as spool:
            for chunk in file.data:
                spool.write(chunk)
            spool.seek(0)
            self._archive.addfile(info, spool)

    def link(self, file: _File, target: bytes) -> None:
        info = self._info(file)
        info.type = tarfile.SYMTYPE
        info.mode = 0o777
        info.linkname = target.decode("utf-8", "surrogateescape")
        self._archive.addfile(info)
