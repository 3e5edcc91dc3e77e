"""A repository laid into an archive that is being written: its history, and its files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from nexus.repositories.git.program import Command, stream
from nexus.repositories.git.progress import Work
from nexus.repositories.git.stores import BRANCHES, KEPT, TAGS, head_commit, read_refs
from nexus.repositories.git.writing import Order, write_into_zip

#: A bundle is compressed already.
_CHUNK = 1024 * 1024


def pack_repository(
    store: Path, archive: ZipFile, *, folder: str, spool: IO[bytes], work: Work
) -> bool:
    """Lay ``<folder>.bundle``, which ``git clone`` reads, and the newest files into an archive.

    The bundle holds every branch and tag, and the tips that were given up by force. It is
    gathered in ``spool`` first, so that a store that is damaged leaves no half of one behind.

    Returns False, and lays down nothing, when there is no commit in the store. Raises
    ``GitProgramError`` or ``StoreMissing`` when it cannot be read, ``RemoteTrouble`` when the
    limits of ``work`` are reached.
    """
    wanted = _wanted(store)
    if not wanted:
        return False
    for piece in _bundle(store, wanted, work):
        spool.write(piece)
    spool.seek(0)
    info = ZipInfo(f"{folder}.bundle")
    info.compress_type = ZIP_STORED
    with archive.open(info, "w", force_zip64=True) as written:
        shutil.copyfileobj(spool, written, _CHUNK)
    if head_commit(store) is not None:
        write_into_zip(Order(store, store, folder, work), archive)
    return True


def _wanted(store: Path) -> list[str]:
    """What a bundle of this store is asked for; nothing when the store is empty."""
    if not read_refs(store, BRANCHES, TAGS, KEPT):
        return []
    head = ["HEAD"] if head_commit(store) else []
    return [*head, "--branches", "--tags", f"--glob={KEPT}*"]


def _bundle(store: Path, wanted: list[str], work: Work) -> Iterator[bytes]:
    command = Command(store=store, arguments=["bundle", "create", "--quiet", "-", *wanted])
    return stream(command, work, max_output=work.limits.max_bytes)
