"""The paths of commits that were listed not long ago, for commits that change none of them.

Listing 5,000 paths takes half as long as all else that a small change needs, and a repository
that is worked on has many small changes in a row.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexus.library.checking.tree import Tree

#: So many repositories' paths are kept in a process, of at most so many files each.
MOST_KEPT = 4
MOST_FILES = 20_000


class Listings:
    """The paths of the newest commits of a few repositories."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[int, tuple[str, Tree]] = OrderedDict()
        self._lock = Lock()

    def keep(self, repository: int, commit: str, tree: Tree) -> None:
        """Keep the paths of a commit, instead of those of the one before."""
        with self._lock:
            self._kept.pop(repository, None)
            if len(tree.files) <= MOST_FILES:
                self._kept[repository] = (commit, tree)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def carry_on(self, repository: int, *, before: str, commit: str) -> Tree | None:
        """The paths of ``commit``, which has the same as ``before``, if those are known."""
        with self._lock:
            sha, tree = self._kept.get(repository, ("", None))
            if tree is None or sha not in (before, commit):
                return None
            self._kept[repository] = (commit, tree)
            self._kept.move_to_end(repository)
            return tree


LISTINGS = Listings()
