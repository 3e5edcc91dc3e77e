"""The files of a commit, listed without reading them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pygit2

from nexus.repositories.git.limits import MIB, Limits
from nexus.repositories.git.paths import name_text

FOLDER_MODE, _SYMLINK_MODE, SUBMODULE_MODE = 0o040000, 0o120000, 0o160000
#: A folder whose listing alone is larger is not read.
_MAX_TREE_BYTES = 64 * MIB


class Kind(StrEnum):
    """What a path of a commit is."""

    FILE = "file"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"
    FOLDER = "folder"


_KINDS = {
    FOLDER_MODE: Kind.FOLDER,
    _SYMLINK_MODE: Kind.SYMLINK,
    SUBMODULE_MODE: Kind.SUBMODULE,
}


@dataclass(frozen=True, slots=True)
class TreeFile:
    """One path of a commit; see ``paths`` for how ``path`` is written.

    ``size`` is in bytes, of a symbolic link that of its target; None for submodules,
    folders, and objects that the store lacks (``missing``).
    """

    path: str
    oid: str
    mode: int
    kind: Kind
    size: int | None = None
    missing: bool = False

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


class Trees:
    """Lists the folders of one repository."""

    def __init__(self, repository: pygit2.Repository, limits: Limits) -> None:
        self._repository = repository
        self._odb = repository.odb
        self._limits = limits
        #: Whether the last walk ended early, since there was too much.
        self.truncated = False

    def size(self, oid: pygit2.Oid | str) -> int | None:
        """Bytes of an object; None if the store lacks it."""
        try:
            return self._odb.read_header(oid)[1]
        except (KeyError, ValueError, pygit2.GitError):
            return None

    def tree(self, oid: pygit2.Oid | str) -> pygit2.Tree | None:
        """A folder; None if the store lacks it, or it cannot be read."""
        if (self.size(oid) or 0) > _MAX_TREE_BYTES:
            return None
        try:
            found = self._repository.get(oid)
        except (ValueError, pygit2.GitError):
            return None
        return found if isinstance(found, pygit2.Tree) else None

    def entries(
        self, tree: pygit2.Tree, prefix: str = "", *, sized: bool = True
    ) -> Iterator[TreeFile]:
        """What lies right in a folder; ``prefix`` is the path of the folder with a slash.

        If not ``sized``, no object is looked at: files have no size, and none is missing.
        """
        describe = self.described if sized else named
        for entry in tree:
            yield describe(entry, prefix + name_text(entry.raw_name or b""))

    def described(self, entry: pygit2.Object, path: str) -> TreeFile:
        """One entry of a folder."""
        mode, oid = int(entry.filemode), entry.id
        if mode == SUBMODULE_MODE:
            return TreeFile(path, str(oid), mode, Kind.SUBMODULE)
        size = self.size(oid)
        if mode == FOLDER_MODE:
            return TreeFile(path, str(oid), mode, Kind.FOLDER, missing=size is None)
        kind = Kind.SYMLINK if mode == _SYMLINK_MODE else Kind.FILE
        return TreeFile(path, str(oid), mode, kind, size, missing=size is None)

    def walk(self, root: pygit2.Tree, *, sized: bool = True) -> Iterator[TreeFile]:
        """Every file below a folder, in a fixed order, and the folders that cannot be read.

        Ends after ``limits.max_files`` paths, folders included: a few small objects can
        describe more paths than anybody has time for. ``truncated`` then says so. ``sized``
        is as for ``entries``.
        """
        self.truncated = False
        waiting = [self.entries(root, sized=sized)]
        left = self._limits.max_files
        while waiting:
            entry = next(waiting[-1], None)
            if entry is None:
                waiting.pop()
                continue
            if left == 0:
                self.truncated = True
                return
            left -= 1
            below = self._below(entry, len(waiting)) if entry.kind is Kind.FOLDER else None
            if below is not None:
                waiting.append(self.entries(below, f"{entry.path}/", sized=sized))
            elif entry.kind is not Kind.FOLDER:
                yield entry
            else:
                yield TreeFile(entry.path, entry.oid, entry.mode, Kind.FOLDER, missing=True)

    def _below(self, folder: TreeFile, depth: int) -> pygit2.Tree | None:
        too_deep = depth > self._limits.max_depth
        if too_deep or len(folder.path) > self._limits.max_path_bytes:
            return None
        return self.tree(folder.oid)


def named(entry: pygit2.Object, path: str) -> TreeFile:
    """One entry of a folder, by what the folder says of it."""
    mode = int(entry.filemode)
    return TreeFile(path, str(entry.id), mode, _KINDS.get(mode, Kind.FILE))
