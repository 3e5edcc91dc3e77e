"""Stores: the bare repositories in which the hub keeps what it fetched.

Layout beside what Git itself keeps:

- ``refs/heads/*`` and ``refs/tags/*`` mirror the origin; ``HEAD`` names its default branch.
- ``refs/nexus/kept/<id>`` keeps tips that the origin gave up (a force-push, a deleted
  branch), so that nothing published is lost. Clones do not see them.
- ``refs/nexus/incoming/*`` exists only while something is fetched.
- ``nexus.lock`` is held by whoever writes; readers need no lock.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pygit2
from pygit2.enums import RepositoryOpenFlag

from nexus.repositories.git.limits import MIB
from nexus.repositories.git.program import Command, run
from nexus.repositories.git.troubles import GitProgramError, StoreBusy, StoreMissing, trouble

BRANCHES = "refs/heads/"
TAGS = "refs/tags/"
KEPT = "refs/nexus/kept/"
INCOMING = "refs/nexus/incoming/"

_FIRST_BRANCH = "main"
_LOCK = "nexus.lock"
_STALE_LOCK_SECONDS = 60.0
#: For whoever runs Git in a store by hand; the hub's own runs have these settings anyway.
_CONFIG = """\
[transfer]
\thideRefs = refs/nexus
[gc]
\tauto = 0
\tpruneExpire = never
[core]
\tlogAllRefUpdates = false
"""

Refs = dict[str, str]

# The hub opens only stores that it made, whoever owns them by now (a volume that was
# mounted by another user): libgit2 would refuse them.
pygit2.settings.owner_validation = False
pygit2.settings.cache_max_size(32 * MIB)
# As ``core.fsync`` in hardened.gitconfig, for what libgit2 writes: objects and references.
pygit2.settings.enable_fsync_gitdir(True)


def create_store(store: Path) -> None:
    """Make an empty store at ``store``, with the folders above it; one that is there stays."""
    if is_store(store):
        return
    store.mkdir(parents=True, exist_ok=True)
    arguments = ["init", "--quiet", "--bare", "--template=", f"--initial-branch={_FIRST_BRANCH}"]
    run(Command(arguments=[*arguments, store]))
    with (store / "config").open("a") as config:
        config.write(_CONFIG)


def is_store(store: Path) -> bool:
    """Whether there is a store at this place."""
    return (store / "HEAD").is_file() and (store / "objects").is_dir()


def require_store(store: Path) -> None:
    """Raise ``StoreMissing`` if there is no store at this place."""
    if not is_store(store):
        raise trouble(StoreMissing, "store-missing")


@contextlib.contextmanager
def locked(store: Path) -> Iterator[None]:
    """Be the only one who writes to the store; also across processes.

    What a killed writer left half-done is removed first.

    Raises:
        StoreBusy: somebody else is writing.
        StoreMissing: there is no store.
    """
    require_store(store)
    with (store / _LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise trouble(StoreBusy, "store-busy") from None
        _remove_leftovers(store)
        yield


def _remove_leftovers(store: Path) -> None:
    """Remove packs that were never finished, and locks that Git never holds for so long."""
    remove_unfinished_packs(store)
    too_old = time.time() - _STALE_LOCK_SECONDS
    left = (*store.glob("*.lock"), *store.glob("fast_import_crash_*"))
    for lock in (*left, *(store / "refs").rglob("*.lock")):
        with contextlib.suppress(OSError):
            if lock.name != _LOCK and lock.stat().st_mtime < too_old:
                lock.unlink()


def remove_unfinished_packs(store: Path) -> None:
    """Remove what a run of Git that was ended left of a pack. Only for who holds the lock."""
    packs = store / "objects" / "pack"
    for unfinished in (*packs.glob("tmp_*"), *packs.glob(".tmp-*"), *packs.glob("pack_git2_*")):
        with contextlib.suppress(OSError):
            unfinished.unlink()


def read_refs(store: Path, *prefixes: str) -> Refs:
    """The references under ``prefixes`` (such as ``refs/heads/``) and the objects they name.

    All references for no prefix. One that cannot be read is passed over.
    """
    repository = open_store(store)
    found: Refs = {}
    for name in map(os.fsdecode, repository.raw_listall_references()):
        if name.startswith(prefixes or ("",)):
            with contextlib.suppress(KeyError, ValueError, pygit2.GitError):
                found[name] = str(repository.references[name].resolve().target)
    return found


def open_store(store: Path) -> pygit2.Repository:
    """The store for reading in this process. Raises ``StoreMissing`` if it is damaged."""
    flags = RepositoryOpenFlag.BARE | RepositoryOpenFlag.NO_SEARCH
    try:
        return pygit2.Repository(str(store), flags)
    except pygit2.GitError:
        raise trouble(StoreMissing, "store-damaged") from None


def update_refs(store: Path, wanted: Mapping[str, str | None]) -> None:
    """Make references name objects, or remove them (None): all of them, or none."""
    if not wanted or (len(wanted) == 1 and _is_updated_here(store, *next(iter(wanted.items())))):
        return
    lines = []
    for name, oid in wanted.items():
        verb, value = ("update", f"{oid}\0") if oid else ("delete", "")
        lines.append(os.fsencode(f"{verb} {name}\0{value}\0"))
    run(Command(store=store, arguments=["update-ref", "--stdin", "-z"]), given=b"".join(lines))


def _is_updated_here(store: Path, name: str, oid: str | None) -> bool:
    """One reference is nearly all that ever moves, so no program is started for it.

    False if that cannot be done: then Git is asked, and says what is in the way.
    """
    references = open_store(store).references
    with contextlib.suppress(KeyError, ValueError, OSError, pygit2.GitError):
        if oid is not None:
            references.create(name, oid, force=True)
        elif name in references:
            references.delete(name)
        return True
    return False


def head_branch(store: Path) -> str:
    """The default branch, without ``refs/heads/``; it may have no commit yet."""
    name = open_store(store).references["HEAD"].target
    return str(name).removeprefix(BRANCHES)


def set_head_branch(store: Path, branch: str) -> None:
    """Make ``branch`` the default branch."""
    run(Command(store=store, arguments=["symbolic-ref", "HEAD", BRANCHES + branch]))


def head_commit(store: Path) -> str | None:
    """The newest commit of the default branch; None if it has none."""
    arguments = ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]
    try:
        return run(Command(store=store, arguments=arguments)).decode().strip()
    except GitProgramError:
        return None


def size_of(store: Path, *, but: str | None = None) -> int:
    """Bytes that the files of a store take on disk; folders whose name begins with ``but`` none."""
    total = 0
    for folder, below, _ in os.walk(store):
        if but is not None:
            below[:] = [name for name in below if not name.startswith(but)]
        total += _size_of_folder(folder)
    return total


def size_of_packs(store: Path) -> int:
    """Bytes of the packs, those that are just arriving included: cheap enough to ask often."""
    return _size_of_folder(str(store / "objects" / "pack"))


def _size_of_folder(folder: str) -> int:
    """Bytes of the files right in a folder; what vanishes meanwhile counts nothing."""
    total = 0
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):
                if entry.is_file(follow_symlinks=False):
                    total += entry.stat(follow_symlinks=False).st_size
    return total
