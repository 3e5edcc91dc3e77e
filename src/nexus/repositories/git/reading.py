"""Reading one store: its files, its commits, and how they came to be.

Nothing is checked out, no link is followed, and objects that the store lacks are reported,
not raised: a damaged repository is still read as far as it goes.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import pygit2
from pygit2.enums import ObjectType

from nexus.repositories.git import histories
from nexus.repositories.git.changes import Change, Status, compare_listings
from nexus.repositories.git.commits import CommitInfo, read_commit
from nexus.repositories.git.histories import Contributor, FileVersion
from nexus.repositories.git.limits import DEFAULT, MIB, Limits
from nexus.repositories.git.modifications import modifications
from nexus.repositories.git.paths import raw_names
from nexus.repositories.git.stores import open_store, require_store
from nexus.repositories.git.trees import Kind, TreeFile, Trees
from nexus.repositories.git.troubles import GitProgramError, StoreMissing, trouble

__all__ = [
    "Change",
    "CommitInfo",
    "Contributor",
    "FileVersion",
    "Kind",
    "Reader",
    "Status",
    "TreeFile",
]

#: A commit whose message is so long is not loaded. Of what it says, its beginning is enough.
_MAX_COMMIT_BYTES = 64 * MIB
_READ_OF_A_COMMIT = 4 * MIB
_BRANCHES = "refs/heads/"


class Reader:
    """Reads one store. A context manager; for one thread at a time.

    Commits are named by their full ids. Paths are text as ``paths`` describes it.

    Raises ``StoreMissing`` when made, if there is no store.
    """

    def __init__(self, store: Path, *, limits: Limits = DEFAULT) -> None:
        require_store(store)
        self._repository = open_store(store)
        self._store = store
        self._trees = Trees(self._repository, limits)

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._repository.free()

    # --- commits ---------------------------------------------------------------------------

    def head(self) -> str | None:
        """The newest commit of the default branch; None if there is none."""
        try:
            return str(self._repository.head.target)
        except (KeyError, pygit2.GitError):
            return None

    def branches(self) -> dict[str, str]:
        """The branches by name, and the newest commit of each."""
        names = self._repository.raw_listall_references()
        found = {}
        for name in map(os.fsdecode, names):
            if name.startswith(_BRANCHES):
                found[name.removeprefix(_BRANCHES)] = str(self._repository.references[name].target)
        return found

    def commit(self, sha: str) -> CommitInfo:
        """What a commit says. Raises ``StoreMissing`` if there is no such commit."""
        raw = self._read(sha, ObjectType.COMMIT, _MAX_COMMIT_BYTES)
        if raw is None:
            raise trouble(StoreMissing, "object-missing")
        return read_commit(sha, raw[:_READ_OF_A_COMMIT])

    def said(self, oid: str, *, limit: int) -> bytes | None:
        """A commit or an annotated tag as it is kept; None if it is neither, or larger.

        ``said_in`` tells what it says.
        """
        raw = self._read(oid, ObjectType.COMMIT, limit)
        return self._read(oid, ObjectType.TAG, limit) if raw is None else raw

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether ``new`` was built on ``old``, or is the same; False if either is missing."""
        return histories.is_ancestor(self._store, old, new)

    # --- files -----------------------------------------------------------------------------

    def files(self, commit: str) -> Iterator[TreeFile]:
        """Every file, symbolic link and submodule of a commit, in a fixed order.

        A folder that cannot be read comes as itself (``Kind.FOLDER``, ``missing``). Ends
        after ``limits.max_files`` paths; ``truncated`` then says so.
        """
        yield from self._trees.walk(self._root(commit))

    def names(self, commit: str) -> Iterator[TreeFile]:
        """As ``files``, in a tenth of the time: of no file the size is looked up."""
        yield from self._trees.walk(self._root(commit), sized=False)

    @property
    def truncated(self) -> bool:
        """Whether the last listing of files ended early, since there were too many."""
        return self._trees.truncated

    def entry_at(self, commit: str, path: str) -> TreeFile | None:
        """What is at ``path`` in a commit; None if nothing is, or it cannot be read."""
        names = raw_names(path)
        if not names:
            return None
        tree = self._folder(commit, names[:-1])
        entry = _entry(tree, names[-1])
        return None if entry is None else self._trees.described(entry, path)

    def list_folder(self, commit: str, path: str = "") -> list[TreeFile]:
        """What lies right in a folder, folders first; empty if there is no such folder."""
        names = raw_names(path)
        tree = None if names is None else self._folder(commit, names)
        if tree is None:
            return []
        entries = self._trees.entries(tree, f"{path}/" if path else "")
        return sorted(entries, key=lambda entry: (entry.kind is not Kind.FOLDER, entry.name))

    def size(self, oid: str) -> int | None:
        """Bytes of an object; None if the store lacks it. Does not read it."""
        return self._trees.size(oid)

    def read(self, oid: str, *, limit: int) -> bytes | None:
        """The bytes of a file; None if the store lacks it or it is larger than ``limit`` bytes.

        A file that is too large is never loaded; ``size`` tells which of the two it is.
        """
        return self._read(oid, ObjectType.BLOB, limit)

    # --- history ---------------------------------------------------------------------------

    def changes(self, old: str | None, new: str) -> list[Change]:
        """Which files differ between two commits; all of them are added if ``old`` is None.

        Renames are recognised by likeness; where objects are missing only those of files
        that did not change. Raises ``StoreMissing`` if a commit is missing.
        """
        self.commit(new)
        if old is not None:
            self.commit(old)
            try:
                return histories.changes(self._store, old, new)
            except GitProgramError:
                pass
        return compare_listings(self._listing(old), self._listing(new))

    def modifications(self, old: str, new: str) -> list[Change] | None:
        """The files that were changed between two commits, if nothing else happened to the tree.

        None when a file came, went, or became something else, or when it would take long to
        tell; ``changes`` then says what there is to say. In proportion to the folders that
        differ, and starts no program.
        """
        before, after = self._trees.tree(self.commit(old).tree), self._root(new)
        return None if before is None else modifications(self._trees, before, after)

    def history(
        self, commit: str, *, limit_commits: int, since: str | None = None
    ) -> Iterator[FileVersion]:
        """The versions of every file, newest first, along the first parents of a commit.

        So a merge counts as one change: what it brought to the branch, when it came there.
        In that way each version is a state that the branch really had, and following a
        file's versions and renames backwards never leaves that line.

        Args:
            commit: where to begin.
            limit_commits: how many commits to walk at most.
            since: stop at what this commit contains.

        A history that is damaged ends where the damage begins.
        """
        found = histories.history(self._store, commit, limit_commits=limit_commits, since=since)
        for sha, changes in found:
            info = self.commit(sha)
            for change in changes:
                yield FileVersion(info, change.path, change.old_path, change.oid, change.status)

    def last_changes(
        self, commit: str, folder: str = "", *, limit_commits: int = 1000
    ) -> dict[str, CommitInfo]:
        """For each path right in a folder the commit that changed it last, as far as known.

        Walks back at most ``limit_commits`` commits that touch the folder, and a few
        seconds; older paths are left out.
        """
        wanted = {entry.path for entry in self.list_folder(commit, folder)}
        found = histories.last_changes(
            self._store, commit, folder, wanted=wanted, limit_commits=limit_commits
        )
        infos = {sha: self.commit(sha) for sha in set(found.values())}
        return {path: infos[sha] for path, sha in found.items()}

    def contributors(self, commit: str, *, limit: int) -> list[Contributor]:
        """Who wrote the commits that ``commit`` is built on, at most ``limit`` people.

        The busiest come first. Several names of one person are joined as the ``.mailmap``
        of the commit says.
        """
        return histories.contributors(self._store, commit)[:limit]

    # --- objects ---------------------------------------------------------------------------

    def _read(self, oid: str, kind: ObjectType, limit: int) -> bytes | None:
        try:
            found, size = self._repository.odb.read_header(oid)
            if found != kind or size > limit:
                return None
            return self._repository.odb.read(oid)[1]
        except (KeyError, ValueError, pygit2.GitError):
            return None

    def _root(self, commit: str) -> pygit2.Tree:
        tree = self._trees.tree(self.commit(commit).tree)
        if tree is None:
            raise trouble(StoreMissing, "object-missing")
        return tree

    def _folder(self, commit: str, names: list[bytes]) -> pygit2.Tree | None:
        """The folder that lies at ``names`` in a commit; no link is followed on the way."""
        tree: pygit2.Tree | None = self._root(commit)
        for name in names:
            entry = _entry(tree, name)
            tree = None if entry is None else self._trees.tree(entry.id)
        return tree

    def _listing(self, commit: str | None) -> dict[str, str]:
        if commit is None:
            return {}
        kinds = (Kind.FILE, Kind.SYMLINK)
        return {file.path: file.oid for file in self.files(commit) if file.kind in kinds}


def _entry(tree: pygit2.Tree | None, name: bytes) -> pygit2.Object | None:
    """What is called ``name`` in a folder."""
    if tree is None:
        return None
    try:
        return tree / os.fsdecode(name)
    except (KeyError, ValueError):
        return None
