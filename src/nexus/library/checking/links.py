"""Links of a page to files, folders and headings of its repository that are not there."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from urllib.parse import unquote

from nexus.library.checking.own_host import OwnHost
from nexus.library.checking.tree import Paths
from nexus.library.problems import Problem
from nexus.library.rendering.links import link_destination
from nexus.library.rendering.page import Link, Place
from nexus.library.rendering.sanitising import ID_PREFIX

#: An owner who is told of so many in one file is told enough.
MAX_TOLD = 50
_ANCHORS_COMPARED = 1_000
#: Gives the anchors of the page at a path; None where they are not known.
AnchorsOf = Callable[[str], Collection[str] | None]
#: What a program writes into a link before readers see it.
_TEMPLATE = re.compile(r"\{\{|\{%|\$\{|<%")
#: Fragments that are no headings: lines of code, and words to look for.
_NO_HEADING = re.compile(r"L\d+|:~:")
_ID = re.compile(rf' id="{ID_PREFIX}([^"]*)"')
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
#: What nearly every link to a file is: nothing in it stands for something else.
_PLAIN = re.compile(r"[\w/.,()@+~-]*(?=[?#]|\Z)")
_NOT_IN_WORDS = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the repository: what it links to and shows, as its author wrote it."""

    path: str
    links: Sequence[Link] = ()
    pictures: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the links of a page are held against."""

    tree: Paths
    anchors_of: AnchorsOf = field(default=lambda _: None)
    own: OwnHost = field(default_factory=OwnHost)


def pages_asked_for_parts(page: Page, around: Surroundings) -> Iterator[str]:
    """The paths of the other pages of whose parts this one names some."""
    place = Place("", page.path)
    for link in page.links:
        names_part = "#" in link.target and not link.target.startswith("#")
        path = _path_of(link.target, place, around) if names_part else ""
        if path and path != page.path:
            yield path


def ids_of(html: str) -> frozenset[str]:
    """The parts of a page that can be linked to, by the ids in its HTML."""
    return frozenset(unescape(name) for name in _ID.findall(html))


def link_problems(page: Page, around: Surroundings) -> Iterator[Problem]:
    """The links and pictures of a page that lead nowhere, a bounded number of them."""
    return islice(_problems(page, around), MAX_TOLD)


def _problems(page: Page, around: Surroundings) -> Iterator[Problem]:
    place = Place("", page.path)
    for link in page.links:
        if not _TEMPLATE.search(link.target):
            yield from _of_link(link, place, around)
    for picture in page.pictures:
        if not _TEMPLATE.search(picture.target):
            path = _path_of(picture.target, place, around)
            if path and not around.tree.has(path):
                message = _message("The picture", picture.target, around.tree.near(path))
                yield Problem(page.path, picture.line, "picture-missing", message)


def _of_link(link: Link, place: Place, around: Surroundings) -> Iterator[Problem]:
    path = _path_of(link.target, place, around)
    if not path or path == place.path:
        return
    if not around.tree.has(path):
        message = _message("The link to", link.target, around.tree.near(path))
        yield Problem(place.path, link.line, "link-missing", message)
        return
    name = unquote(link.target.partition("#")[2]).removeprefix(ID_PREFIX)
    anchors = around.anchors_of(path) if name and not _NO_HEADING.match(name) else None
    if anchors is not None and name not in anchors and name.lower() not in anchors:
        message = _message("The link to", link.target, _near_anchor(name, anchors))
        yield Problem(place.path, link.line, "anchor-missing-there", message)


def _path_of(target: str, place: Place, around: Surroundings) -> str:
    """The path in the repository that a target names; empty for what leads elsewhere."""
    if _SCHEME.match(target):
        return around.own.path_of(target) or ""
    plain = _PLAIN.match(target)
    if plain is None:  # an odd one: rendering knows what browsers make of it
        return link_destination(target, place).path
    return (place.resolve(plain[0]) or "") if plain[0] else ""


def _message(what: str, target: str, near: str) -> str:
    shown = target if len(target) <= 120 else f"{target[:117]}..."
    return f"{what} {shown}." + (f" Did you mean {near}?" if near else "")


def _near_anchor(name: str, anchors: Collection[str]) -> str:
    """The anchor with the same letters: marks and hyphens are what people get wrong."""
    wanted = _NOT_IN_WORDS.sub("", name.lower())
    same = (
        anchor
        for anchor in islice(anchors, _ANCHORS_COMPARED)
        if _NOT_IN_WORDS.sub("", anchor.lower()) == wanted
    )
    found = next(same, "") if wanted else ""
    return f"#{found}" if found else ""
