"""Which files and folders a commit has, asked for by links."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Protocol

from nexus.repositories.git.trees import Kind, TreeFile

#: Files that tell of a program which makes a site out of the folder: links then lead to its pages.
_SITE = re.compile(
    r"(?:^|/)(?:mkdocs\.ya?ml|docusaurus\.config\.[cm]?[jt]s|_config\.ya?ml|book\.toml|conf\.py"
    r"|astro\.config\.[cm]?[jt]s|hugo\.(?:toml|ya?ml)|_sidebar\.md|\.vitepress/config\.[cm]?[jt]s)$"
)
#: Files of these names are in many folders, so the name alone tells nothing.
_EVERYWHERE = ("readme", "index", "license", "changelog", "__init__")
_PAGES = (".md", ".mdx", ".rst", "/index.md", "/README.md", "/_index.md")


class Paths(Protocol):
    """What a commit has, as far as links ask for it."""

    @property
    def files(self) -> frozenset[str]:
        """The paths of all files."""

    def has(self, path: str) -> bool:
        """Whether a link to ``path`` leads somewhere."""

    def near(self, path: str) -> str:
        """The one path that ``path`` may have meant; empty if none or several."""


class Tree:
    """The paths of a commit.

    ``opaque`` are symbolic links, submodules and folders that could not be read: what lies below
    them is not known, so it counts as there.
    """

    def __init__(self, files: Iterable[str], *, opaque: Iterable[str] = ()) -> None:
        self.files = frozenset(files)
        self._opaque = frozenset(opaque)

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders above the files, the root among them."""
        found = {""}
        for path in self.files | self._opaque:
            above = path.rpartition("/")[0]
            while above not in found:
                found.add(above)
                above = above.rpartition("/")[0]
        return frozenset(found)

    def has(self, path: str) -> bool:
        """Whether a link to ``path`` leads somewhere."""
        if path in self.files or path in self.folders or path in self._opaque:
            return True
        return bool(self._opaque and self._is_below_opaque(path)) or self._is_page(path)

    def near(self, path: str) -> str:
        """The one path that ``path`` may have meant: with other capitals, elsewhere, or empty."""
        small = path.lower()
        if found := self._by_small.get(small):
            return found
        name = small.rpartition("/")[2]
        named = () if name.startswith(_EVERYWHERE) else self._by_name.get(name, ())
        return named[0] if len(named) == 1 else ""

    def _is_below_opaque(self, path: str) -> bool:
        above = path.rpartition("/")[0]
        while above and above not in self._opaque:
            above = above.rpartition("/")[0]
        return bool(above)

    def _is_page(self, path: str) -> bool:
        """Whether a program makes a page at ``path`` out of a file of the repository."""
        if not self._makes_site:
            return False
        bare = path.removesuffix(".html").removesuffix("/index")
        return any(f"{bare}{ending}" in self.files for ending in _PAGES)

    @cached_property
    def _makes_site(self) -> bool:
        return any(_SITE.search(path) for path in self.files)

    @cached_property
    def _by_small(self) -> dict[str, str]:
        return {path.lower(): path for path in sorted(self.folders | self.files, reverse=True)}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self.files):
            found.setdefault(path.rpartition("/")[2].lower(), []).append(path)
        return found


class AskedTree:
    """The paths of a commit that is asked for one after the other, and listed when need be.

    ``is_there`` tells whether something is at a path; ``listed`` gives all paths.
    """

    def __init__(self, is_there: Callable[[str], bool], listed: Callable[[], Tree]) -> None:
        self._is_there = is_there
        self._listed = listed

    @cached_property
    def _all(self) -> Tree:
        return self._listed()

    @property
    def files(self) -> frozenset[str]:
        """The paths of all files."""
        return self._all.files

    def has(self, path: str) -> bool:
        """Whether a link to ``path`` leads somewhere."""
        return not path or self._is_there(path) or self._all.has(path)

    def near(self, path: str) -> str:
        """The one path that ``path`` may have meant; empty if none or several."""
        return self._all.near(path)


def tree_of(files: Iterable[TreeFile]) -> Tree:
    """The files of a commit, for links to be held against."""
    listed = list(files)
    return Tree(
        (file.path for file in listed if file.kind is Kind.FILE),
        opaque=(file.path for file in listed if file.kind is not Kind.FILE),
    )
