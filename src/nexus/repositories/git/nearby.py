"""A repository on this machine that got a few commits: looked at and taken without starting Git.

Somebody commits beside the hub, and for a file of some kilobytes Git would be started nine times,
which takes longer than all the rest. So its branches and tags are read here, and the few objects
that are new are copied as one pack, each held against its name.

Whatever is out of the ordinary is left to Git, which says what is wrong with it: a remote, a
bundle, a shallow or damaged repository, hidden branches, annotated tags, much at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import pygit2
from pygit2.enums import ObjectType, RepositoryOpenFlag

from nexus.repositories.git.advertised import Advertised
from nexus.repositories.git.commits import read_commit
from nexus.repositories.git.limits import MIB, Limits
from nexus.repositories.git.origins import Origin, OriginKind
from nexus.repositories.git.stores import BRANCHES, TAGS, Refs, open_store, size_of
from nexus.repositories.git.trees import FOLDER_MODE, SUBMODULE_MODE, Trees

#: More branches and tags than these are not looked at here.
_MOST_REFS = 200
#: More commits, objects, and bytes of them are not copied here.
_MOST_COMMITS = 50
_MOST_OBJECTS = 500
_MOST_BYTES = 8 * MIB
#: More entries of folders, and folders within each other, are not compared here.
_MOST_COMPARED = 50_000
_MOST_DEEP = 100
#: With these a repository does not show all that it has.
_HIDING = ("transfer.hideRefs", "uploadpack.hideRefs")
_FAILURES = (KeyError, ValueError, OSError, pygit2.GitError)


class _Otherwise(ValueError):
    """There is more to it, or it is too much: Git has to see to it."""


def look_at(origin: Origin, limits: Limits) -> Advertised | None:
    """The branches and tags of a repository on this machine; None if Git has to be asked."""
    if origin.kind is not OriginKind.REPOSITORY or not origin.path.is_dir():
        return None
    try:
        return _advertised(_opened(origin), min(_MOST_REFS, limits.max_refs))
    except _FAILURES:
        return None


def take(store: Path, origin: Origin, before: Refs, after: Refs, limits: Limits) -> bool:
    """Copy into the store what ``after`` leads to and ``before`` does not.

    All that ``before`` leads to is in the store already. False if that is left to Git: then
    nothing is in the store that anything leads to.
    """
    known = frozenset(before.values())
    wanted = frozenset(after.values()) - known
    try:
        if not known or open_store(store).is_shallow:
            return False
        source = _opened(origin)
        return _copy(source, store, _New(source).objects(wanted, known), limits)
    except _FAILURES:
        return False


def _opened(origin: Origin) -> pygit2.Repository:
    return pygit2.Repository(origin.location, RepositoryOpenFlag.NO_SEARCH)


def _advertised(repository: pygit2.Repository, most: int) -> Advertised | None:
    """What ``git ls-remote`` would tell; None where that is not certain."""
    listed = map(os.fsdecode, repository.raw_listall_references())
    names = [name for name in listed if name.startswith((BRANCHES, TAGS))]
    hides = any(True for key in _HIDING for _ in repository.config.get_multivar(key))
    if len(names) > most or repository.is_shallow or hides:
        return None
    refs = {name: str(repository.references[name].resolve().target) for name in names}
    if not all(map(repository.odb.exists, set(refs.values()))):
        return None
    head = repository.references["HEAD"].raw_target
    if not isinstance(head, bytes):  # detached
        return Advertised(refs, None, str(head))
    name = os.fsdecode(head)
    if not name.startswith(BRANCHES):
        return None
    return Advertised(refs, name.removeprefix(BRANCHES), refs.get(name))


class _New:
    """Finds what is new in a repository. Raises ``_Otherwise`` when that is much."""

    def __init__(self, source: pygit2.Repository) -> None:
        self._objects = source.odb
        self._trees = Trees(source, Limits())
        self._left = _MOST_COMPARED
        self._bytes_left = _MOST_BYTES
        #: The objects that are new, and how many bytes each has.
        self._found: dict[str, int] = {}

    def objects(self, wanted: Iterable[str], known: frozenset[str]) -> dict[str, int]:
        """What ``wanted`` lead to and ``known`` do not, with the size of each.

        Every line of parents has to end at one of ``known``.
        """
        waiting = list(wanted)
        commits: set[str] = set()
        while waiting:
            oid = waiting.pop()
            if oid in known or oid in commits:
                continue
            commits.add(oid)
            if len(commits) > _MOST_COMMITS:
                raise _Otherwise
            waiting += self._of_commit(oid)
        return self._found

    def _of_commit(self, oid: str) -> tuple[str, ...]:
        """Note what a commit has that its first parent has not; returns its parents."""
        commit = read_commit(oid, self._raw_commit(oid))
        if not commit.parents:
            raise _Otherwise
        before = read_commit(commit.parents[0], self._raw_commit(commit.parents[0]))
        self._note(oid, ObjectType.COMMIT)
        if commit.tree != before.tree:
            self._note(commit.tree, ObjectType.TREE)
            self._of_folder(self._tree(before.tree), self._tree(commit.tree), 0)
        return commit.parents

    def _raw_commit(self, oid: str) -> bytes:
        kind, size = self._objects.read_header(oid)
        if kind != ObjectType.COMMIT or size > _MOST_BYTES:
            raise _Otherwise
        return self._objects.read(oid)[1]

    def _of_folder(self, before: pygit2.Tree | None, after: pygit2.Tree, depth: int) -> None:
        """Note what a folder has that the one before had not at the same place."""
        was = {} if before is None else {entry.raw_name: entry for entry in before}
        self._left -= len(after) + len(was)
        if self._left < 0 or depth > _MOST_DEEP:
            raise _Otherwise
        known = {(entry.id, entry.filemode) for entry in was.values()}
        for entry in after:
            if (entry.id, entry.filemode) in known or entry.filemode == SUBMODULE_MODE:
                continue
            if entry.filemode == FOLDER_MODE:
                self._note(str(entry.id), ObjectType.TREE)
                self._of_folder(
                    self._folder(was.get(entry.raw_name)), self._tree(entry.id), depth + 1
                )
            else:
                self._note(str(entry.id), ObjectType.BLOB)

    def _note(self, oid: str, kind: ObjectType) -> None:
        found, self._found[oid] = self._objects.read_header(oid)
        self._bytes_left -= self._found[oid]
        if found != kind or self._bytes_left < 0 or len(self._found) > _MOST_OBJECTS:
            raise _Otherwise

    def _folder(self, entry: pygit2.Object | None) -> pygit2.Tree | None:
        is_folder = entry is not None and entry.filemode == FOLDER_MODE
        return self._tree(entry.id) if entry is not None and is_folder else None

    def _tree(self, oid: pygit2.Oid | str) -> pygit2.Tree:
        tree = self._trees.tree(oid)
        if tree is None:
            raise _Otherwise
        return tree


def _copy(source: pygit2.Repository, store: Path, new: Mapping[str, int], limits: Limits) -> bool:
    """Write these objects as one pack, which is on the disk when this returns.

    libgit2 names each object of a pack by what is in it. So one that was something else in the
    repository than its name says is not found under that name afterwards.
    """
    if size_of(store) + sum(new.values()) > limits.max_bytes:
        return False
    if new:
        pack = pygit2.PackBuilder(source)
        for oid in new:
            pack.add(pygit2.Oid(hex=oid))
        pack.write(str(store / "objects" / "pack"))
    return all(map(open_store(store).odb.exists, new))
