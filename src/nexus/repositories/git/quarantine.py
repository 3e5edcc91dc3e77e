"""Where a pushed pack lies until it was judged: beside the store, which does not see it.

Git reads it together with the store (``GIT_ALTERNATE_OBJECT_DIRECTORIES``). If it is good, its
files are moved into the store; whatever else happens, it goes.
"""

import contextlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import pygit2

from nexus.kernel.errors import Invalid
from nexus.repositories.git.limits import MIB, Limits
from nexus.repositories.git.program import Command, stream
from nexus.repositories.git.progress import Work
from nexus.repositories.git.stores import open_store, size_of
from nexus.repositories.git.troubles import GitProgramError, RemoteTrouble

_PREFIX = "nexus-incoming-"
#: Longer than any push is worked on: what is older was left by a process that died.
_LEFT_AFTER_SECONDS = 3600.0
#: What odd old programs wrote into commits and trees, and harms nobody.
_FORGIVEN = "zeroPaddedFilemode=ignore,badTimezone=ignore,missingSpaceBeforeDate=ignore"
_FAULT = re.compile(r"object [0-9a-f]{40,64}: (\w{1,40})(?:: ([^\n]{0,200}))?")
_HEADER = 12
_MAX_OUTPUT = 256 * MIB
#: The faults that a person may have caused, by Git's names for them (``git help fsck``).
_FAULTS = {
    "hasDot": "a file or folder is called “.”",
    "hasDotdot": "a file or folder is called “..”",
    "hasDotgit": "a file or folder is called “.git”, or in a way that some systems take for it",
    "duplicateEntries": "a folder has two entries of one name",
    "fullPathname": "the name of a file has a slash in it",
    "emptyName": "a file has no name",
    "gitmodulesUrl": "a submodule has an address that Git may take for a command",
    "gitmodulesPath": "a submodule has a path that Git may take for a command",
    "gitmodulesName": "a submodule has a name that leads out of the repository",
    "gitmodulesUpdate": "a submodule would run a command",
    "gitmodulesSymlink": "“.gitmodules” is a symbolic link",
}


class PackRefused(Invalid):
    """A pushed pack is not taken in."""


@dataclass(frozen=True, slots=True)
class Quarantine:
    """A pack that was taken in but is not part of the store."""

    store: Path
    objects: Path
    work: Work

    def run(self, *arguments: str, given: bytes | IO[bytes] = b"", is_alone: bool = False) -> bytes:
        """Run Git on the store and the pack, or on the pack alone; returns what it puts out.

        ``given`` is its standard input. Raises as ``program.stream`` does.
        """
        behind = {} if is_alone else {"GIT_ALTERNATE_OBJECT_DIRECTORIES": f"{self.store}/objects"}
        command = Command(
            store=self.store,
            arguments=arguments,
            environment={"GIT_OBJECT_DIRECTORY": str(self.objects), **behind},
        )
        return b"".join(stream(command, self.work, given=given, max_output=_MAX_OUTPUT))

    def open(self) -> pygit2.Repository:
        """The store with the pack in it, for reading in this process."""
        repository = open_store(self.store)
        repository.odb.add_disk_alternate(str(self.objects))
        return repository

    def size(self) -> int:
        """Bytes of the pack and what belongs to it."""
        return size_of(self.objects)

    def release(self) -> None:
        """Move the pack into the store. Its index comes last: Git looks for that."""
        target = self.store / "objects" / "pack"
        target.mkdir(exist_ok=True)
        files = sorted((self.objects / "pack").iterdir(), key=lambda file: file.suffix == ".idx")
        for file in files:
            file.replace(target / file.name)


@contextlib.contextmanager
def quarantined(store: Path, pack: IO[bytes] | None, limits: Limits) -> Iterator[Quarantine]:
    """Take in a pack from where ``pack`` stands; none for None.

    Raises:
        PackRefused: it is damaged, larger than ``limits.max_bytes`` or holds what Git calls
            dangerous, or takes too long.
    """
    _remove_left(store)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=store))
    work = Work(
        limits=replace(
            limits,
            total_seconds=limits.receiving_seconds,
            memory_bytes=limits.receiving_memory_bytes,
        )
    )
    try:
        (folder / "pack").mkdir()
        quarantine = Quarantine(store, folder, work)
        if pack is not None:
            _take_in(quarantine, pack, limits)
        yield quarantine
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def size_in_quarantine(store: Path) -> int:
    """Bytes in the folder of a store that are not part of it, and perhaps never will be."""
    return sum(map(size_of, store.glob(f"{_PREFIX}*")))


def size_without_quarantine(store: Path) -> int:
    """Bytes that are part of a store, whatever else comes and goes meanwhile."""
    return size_of(store, but=_PREFIX)


def _remove_left(store: Path) -> None:
    too_old = time.time() - _LEFT_AFTER_SECONDS
    for folder in store.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_mtime < too_old:
                shutil.rmtree(folder)


def _take_in(quarantine: Quarantine, pack: IO[bytes], limits: Limits) -> None:
    """Let Git read the pack, check every object of it, and complete a thin one."""
    start = pack.tell()
    head = pack.read(_HEADER)
    count = int.from_bytes(head[8:], "big") if head.startswith(b"PACK") else 0
    if count > limits.max_pushed_objects:
        raise PackRefused(
            "pack-refused",
            f"The push brings {count:,} objects, and at most {limits.max_pushed_objects:,} are "
            "taken at once.",
            remedy="Push half of the history first: git push origin COMMIT:BRANCH. Then the rest.",
        )
    os.lseek(pack.fileno(), start, os.SEEK_SET)  # what the program reads from
    most = f"--max-input-size={max(limits.max_bytes, 1)}"
    strict = f"--strict={_FORGIVEN}"
    try:
        quarantine.run("index-pack", "--stdin", "--fix-thin", strict, most, given=pack)
    except GitProgramError as failure:
        raise explained(failure, limits) from None
    except RemoteTrouble:
        raise PackRefused(
            "pack-too-much",
            "The push took the hub longer than it allows.",
            remedy="Push less at once.",
        ) from None


def explained(failure: GitProgramError, limits: Limits) -> PackRefused:
    """What Git holds against a pack, in words."""
    said = failure.stderr
    if "maximum allowed size" in said:
        return PackRefused(
            "pack-too-large",
            f"The push is larger than the {limits.max_bytes / MIB:.0f} MB that are left.",
            remedy="Take large files out of the commits: git rm --cached FILE, git commit --amend.",
        )
    if "No space left" in said:
        return PackRefused(
            "disk-full",
            "The hub has no room left on its disk.",
            remedy="Tell whoever runs it, and push again when there is. Your commits are in order.",
        )
    fault = _FAULT.search(said)
    if fault is None:
        return PackRefused(
            "pack-damaged",
            "The push is damaged, or lacks something that it needs.",
            remedy="Run git fsck, then push again.",
        )
    kind, detail = fault[1], (fault[2] or "").strip()
    return PackRefused(
        "pack-refused",
        f"Something in the push is not as Git writes it: {_FAULTS.get(kind, detail or kind)}.",
        remedy="Take it out of the commit that brought it: git commit --amend, or git rebase -i.",
    )
