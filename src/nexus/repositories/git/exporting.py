"""Giving a whole repository back: its history as Git keeps it, or its files as they are now.

Nothing is ever overwritten. What is written appears at the destination only when all of it
is there.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from nexus.kernel.errors import Unavailable
from nexus.repositories.git.limits import DEFAULT, Limits
from nexus.repositories.git.outcomes import LeftOut
from nexus.repositories.git.program import Command, run
from nexus.repositories.git.progress import ProgressListener, Work, unheard
from nexus.repositories.git.stores import (
    BRANCHES,
    TAGS,
    head_branch,
    head_commit,
    require_store,
    set_head_branch,
)
from nexus.repositories.git.troubles import ExportRefused, GitProgramError, trouble
from nexus.repositories.git.writing import Order, write_folder, write_tar, write_zip


class Format(StrEnum):
    """What a repository can be exported as."""

    #: One file with all history, that ``git clone`` reads.
    BUNDLE = "bundle"
    #: A bare repository.
    BARE = "bare"
    #: The files of the default branch.
    FOLDER = "folder"
    ZIP = "zip"
    TAR_GZ = "tar.gz"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. ``left_out`` names files that the format cannot hold safely."""

    path: Path
    format: Format
    left_out: tuple[LeftOut, ...] = ()


def export(
    store: Path,
    destination: Path,
    *,
    format: str,  # noqa: A002 - the word that people use
    limits: Limits = DEFAULT,
    on_progress: ProgressListener = unheard,
) -> Exported:
    """Write a repository to ``destination``.

    Args:
        store: the store of the repository.
        destination: a path that does not exist yet; an empty folder for ``bare`` and
            ``folder``.
        format: ``bundle``, ``bare``, ``folder``, ``zip`` or ``tar.gz``. The first two hold
            all branches, tags and history; the others the files of the default branch, with
            links that lead outside written as plain files.
        limits: how long it may take, and how much may be written.
        on_progress: hears how far the work is.

    Raises:
        ExportRefused: something is at the destination, or nothing is in the store.
        StoreMissing: there is no store.
        Unavailable: the store is damaged (``store-damaged``).
    """
    chosen = _format(format)
    require_store(store)
    if head_commit(store) is None:
        raise trouble(ExportRefused, "export-empty")
    work = Work(limits=limits, on_progress=on_progress)
    destination = destination.absolute()
    _check_free(destination, chosen)
    partial = destination.with_name(f".{destination.name[:100]}.{secrets.token_hex(4)}")
    try:
        _check_writable(partial)
        left_out = _WRITERS[chosen](Order(store, partial, destination.name, work))
        partial.rename(destination)
    except GitProgramError as failure:
        raise trouble(Unavailable, "store-damaged") from failure
    except OSError as failure:
        raise trouble(ExportRefused, "export-impossible") from failure
    finally:
        _remove(partial)
    return Exported(destination, chosen, tuple(left_out))


def _check_writable(partial: Path) -> None:
    """Find out before Git does whether anything can be written there; it would say less."""
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.touch(exist_ok=False)
    partial.unlink()


def _format(name: str) -> Format:
    try:
        return Format(name)
    except ValueError:
        raise trouble(ExportRefused, "export-format") from None


def _check_free(destination: Path, chosen: Format) -> None:
    is_folder = destination.is_dir() and not destination.is_symlink()
    if chosen in (Format.BARE, Format.FOLDER) and is_folder:
        if any(destination.iterdir()):
            raise trouble(ExportRefused, "export-exists")
    elif os.path.lexists(destination):
        raise trouble(ExportRefused, "export-exists")


def _remove(partial: Path) -> None:
    if partial.is_dir():
        shutil.rmtree(partial, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            partial.unlink()


def _write_bundle(order: Order) -> list[LeftOut]:
    what = ["HEAD", "--branches", "--tags"]
    arguments = ["bundle", "create", "--progress", str(order.path), *what]
    run(Command(store=order.store, arguments=arguments), order.work)
    return []


def _write_bare(order: Order) -> list[LeftOut]:
    init = ["init", "--quiet", "--bare", "--template=", str(order.path)]
    run(Command(arguments=init), order.work)
    options = ["--progress", "--no-tags", "--no-write-fetch-head", "--update-shallow"]
    wanted = [f"+{kind}*:{kind}*" for kind in (BRANCHES, TAGS)]
    fetch = ["fetch", *options, "--end-of-options", str(order.store), *wanted]
    run(Command(store=order.path, arguments=fetch, protocol="file"), order.work)
    set_head_branch(order.path, head_branch(order.store))
    return []


_WRITERS: dict[Format, Callable[[Order], list[LeftOut]]] = {
    Format.BUNDLE: _write_bundle,
    Format.BARE: _write_bare,
    Format.FOLDER: write_folder,
    Format.ZIP: write_zip,
    Format.TAR_GZ: write_tar,
}
