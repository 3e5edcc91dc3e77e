"""What rendering takes and gives: the shared vocabulary of every renderer."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

from nexus.library.discretion import discreet_path
from nexus.library.problems import Problem

#: Gives the width and height in pixels of the picture at a repository path, where known.
ImageSizes = Callable[[str], tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands, so that its relative links can be rewritten.

    ``base`` is the address of the repository without a trailing slash
    (``/c/commons/nexus``); ``path`` is the file's path inside the repository.
    """

    base: str
    path: str

    def page(self, path: str) -> str:
        """The address of the page that shows ``path`` (a file or a folder)."""
        return f"{self.base}/{quote(discreet_path(path))}"

    def raw(self, path: str) -> str:
        """The address of the bytes of ``path``."""
        return f"{self.base}/-/raw/{quote(discreet_path(path))}"

    def resolve(self, relative: str) -> str | None:
        """The repository path that ``relative`` points at; None if it leaves the repository.

        A leading slash means the root of the repository, as on GitHub.
        """
        start = "" if relative.startswith("/") else posixpath.dirname(self.path)
        joined = posixpath.normpath(posixpath.join(start, relative.lstrip("/")))
        if joined == ".." or joined.startswith("../"):
            return None
        return "" if joined == "." else joined


class Heading(NamedTuple):
    """One heading of a page: its level (1 to 6), plain text and anchor."""

    level: int
    text: str
    anchor: str


class Link(NamedTuple):
    """A link as it was written: its target, its text and the line where it is known (else 0)."""

    target: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document turned into a page.

    ``html`` is safe to put into a page as it is. ``text`` is what search indexes:
    plain words without markup or e-mail addresses. ``pictures`` are those with an address,
    as written. ``features`` names the islands the page needs (``mermaid``, ``math``).
    """

    html: str
    text: str = ""
    title: str = ""
    summary: str = ""
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Link, ...] = ()
    features: frozenset[str] = field(default_factory=frozenset)
    problems: tuple[Problem, ...] = ()
