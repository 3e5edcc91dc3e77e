"""Telling what changed between two trees that have the same files: what nearly every commit is.

Git itself is asked only where something came or went, and a rename may have to be recognised.
"""

from collections.abc import Iterator

import pygit2

from nexus.repositories.git.changes import Change, Status
from nexus.repositories.git.paths import name_text
from nexus.repositories.git.trees import Kind, TreeFile, Trees, named

#: More entries of folders than these are not compared here.
_MAX_COMPARED = 50_000
_MAX_DEPTH = 100
_FILES = (Kind.FILE, Kind.SYMLINK)


class _Otherwise(Exception):
    """More than the contents of files is different, or there is too much to compare."""


def modifications(trees: Trees, old: pygit2.Tree, new: pygit2.Tree) -> list[Change] | None:
    """The files whose contents differ; None if anything else does, or it takes too long to tell.

    Submodules are passed over, as ``changes`` does.
    """
    found: list[Change] = []
    waiting = [(old, new, "", 0)]
    left = _MAX_COMPARED
    try:
        while waiting:
            before, after, prefix, depth = waiting.pop()
            left -= len(after)
            if left < 0 or depth > _MAX_DEPTH:
                return None
            for was, now in _different(before, after, prefix):
                if now.kind is Kind.FOLDER:
                    below = _below(trees, was), _below(trees, now)
                    waiting.append((*below, f"{now.path}/", depth + 1))
                elif now.kind in _FILES:
                    found.append(Change(Status.MODIFIED, now.path, oid=now.oid, old_oid=was.oid))
    except _Otherwise:
        return None
    return sorted(found, key=lambda change: change.path)


def _different(
    before: pygit2.Tree, after: pygit2.Tree, prefix: str
) -> Iterator[tuple[TreeFile, TreeFile]]:
    """The entries of a folder that name other objects than before."""
    if len(before) != len(after):
        raise _Otherwise
    for was, now in zip(before, after, strict=True):
        if was.raw_name != now.raw_name or was.filemode != now.filemode:
            raise _Otherwise
        if was.id != now.id:
            path = prefix + name_text(now.raw_name or b"")
            yield named(was, path), named(now, path)


def _below(trees: Trees, folder: TreeFile) -> pygit2.Tree:
    tree = trees.tree(folder.oid)
    if tree is None:
        raise _Otherwise
    return tree
