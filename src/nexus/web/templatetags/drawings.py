"""What pages have dozens of: icons, people, filters, and the links around a text.

Written in Python and not as templates, which took half of the time of an entry's page.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any, LiteralString, Protocol
from zlib import crc32

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from nexus.kernel.routes import route
from nexus.web.templatetags import built

#: How many grounds there are for initials: the classes ``hue-0`` to ``hue-5``.
HUES = 6
#: Headings below this level are not in the contents of a page.
DEEPEST_HEADING = 3


class Link(Protocol):
    """A link of the way around; ``kind`` is a kind of entries or the name of an icon."""

    @property
    def title(self) -> str:
        """Its words."""

    @property
    def address(self) -> str:
        """Where it leads."""

    @property
    def kind(self) -> str:
        """What stands before it."""

    @property
    def count(self) -> int | None:
        """How much there is."""

    @property
    def current(self) -> bool:
        """Whether the reader is there."""


class Crumb(Protocol):
    """A step of the way to a page."""

    @property
    def title(self) -> str:
        """Its words."""

    @property
    def address(self) -> str:
        """Where it leads."""


class Named(Protocol):
    """Somebody: with an account, or a name out of Git, which has no handle."""

    @property
    def name(self) -> str:
        """What they are called."""

    @property
    def handle(self) -> str:
        """Where their page is; empty when they have none."""


class Section(Protocol):
    """Links with a title over them."""

    @property
    def title(self) -> str:
        """Its words."""

    @property
    def links(self) -> Sequence[Link]:
        """In their order."""


class Option(Protocol):
    """A value of a filter; a kind of entries has its name as ``title``."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def kind(self) -> str:
        """The kind of entries; empty for all other values."""

    @property
    def address(self) -> str:
        """The list with it, or without it when it is selected."""

    @property
    def count(self) -> int:
        """How much of the list it leaves."""

    @property
    def selected(self) -> bool:
        """Whether it is set."""


class Filter(Protocol):
    """The values that one can choose from."""

    @property
    def title(self) -> str:
        """Its words."""

    @property
    def options(self) -> Sequence[Option]:
        """In their order."""


_NOTHING = SafeString("")
#: What holds nothing that could be taken for markup.
_SAFE = frozenset({SafeString, int})
_HERE = SafeString(' aria-current="page"')


def drawn(markup: LiteralString, *parts: object) -> SafeString:
    """``markup`` with ``parts`` in the places of its ``%s``: escaped, unless they were drawn.

    All that this module draws is made here, so that nothing is forgotten. Does what Django's
    ``format_html`` does in a quarter of the time.
    """
    safe = [part if type(part) in _SAFE else escape(str(part)) for part in parts]
    return SafeString(markup % tuple(safe))


def joined(parts: Iterable[SafeString]) -> SafeString:
    """What was drawn, one behind the other."""
    return SafeString("".join(parts))


def icon(name: str, label: str = "") -> SafeString:
    """A drawing from the sprite; ``label`` when it stands without words beside it."""
    return _icon(built.look(), name, label)


@lru_cache(maxsize=512)
def _icon(_look: int, name: str, label: str) -> SafeString:
    """The same; a page has some fifty, so the build is asked for each only once a second."""
    known = name if name in built.current().icons else "file"
    said = drawn('role="img" aria-label="%s"', label) if label else drawn('aria-hidden="true"')
    address = built.address("icons.svg")
    return drawn('<svg class="icon" %s><use href="%s#%s"></use></svg>', said, address, known)


def way_around(sections: Iterable[Section]) -> SafeString:
    """Sections of links, as a list each."""
    sprite = built.address("icons.svg")
    lists = joined(_section(sprite, section) for section in sections)
    return drawn('<nav class="rooms" aria-label="Rooms">%s</nav>', lists)


def _section(sprite: str, section: Section) -> SafeString:
    links = joined(
        _link(sprite, link.kind, link.address, link.title, link.count, link.current)
        for link in section.links
    )
    return drawn(
        '<div><h2>%s</h2><ul class="links" role="list">%s</ul></div>', section.title, links
    )


@lru_cache(maxsize=4_096, typed=True)  # text that is markup is another than the same as words
def _link(
    _sprite: str, kind: str, address: str, title: str, count: int | None, current: bool
) -> SafeString:
    """One link, drawn again with another build: the pages of a folder have mostly the same."""
    return drawn(
        '<li><a class="kind-%s" href="%s"%s>%s<span>%s</span>%s</a></li>',
        kind,
        address,
        _HERE if current else _NOTHING,
        icon(kind),
        title,
        _NOTHING if count is None else drawn('<span class="count">%s</span>', count),
    )


def filters(groups: Iterable[Filter], plural: Callable[[str], str]) -> SafeString:
    """Filters with their values as links; ``plural`` is the word for many entries of a kind."""
    return joined(_filter(one, plural) for one in groups)


def _filter(one: Filter, plural: Callable[[str], str]) -> SafeString:
    options = joined(_option(option, plural) for option in one.options)
    return drawn('<div><h2>%s</h2><ul class="links" role="list">%s</ul></div>', one.title, options)


def _option(option: Option, plural: Callable[[str], str]) -> SafeString:
    kind, words = option.kind, option.title
    drawing = icon(kind) if kind else _NOTHING
    title = capfirst(plural(words)) if kind else words
    if option.selected:
        return drawn(
            '<li><a class="kind-%s" href="%s" aria-current="true">%s<span>%s</span> %s</a></li>',
            kind,
            option.address,
            drawing,
            title,
            icon("close", "Remove"),
        )
    return drawn(
        '<li><a class="kind-%s" href="%s">%s<span>%s</span> <span class="count">%s</span></a></li>',
        kind,
        option.address,
        drawing,
        title,
        option.count,
    )


def crumbs(way: Sequence[Crumb]) -> SafeString:
    """Where a page is, from the outermost; the last step is the page."""
    *above, here = way
    links = [drawn('<li><a href="%s">%s</a></li>', one.address, one.title) for one in above]
    return drawn(
        '<nav class="crumbs" aria-label="Where you are"><ol role="list">'
        '%s<li><span aria-current="page">%s</span></li></ol></nav>',
        joined(links),
        here.title,
    )


def contents(headings: Iterable[Any], *, prefix: str, repeated: str) -> SafeString:
    """Links to the headings of a page, of which each has a level, a text and an anchor.

    ``prefix`` stands before the anchors in the page; ``repeated`` is the id of the heading that
    only repeats the title, which is left out.
    """
    found = ((_said(one, "level"), _said(one, "text"), _said(one, "anchor")) for one in headings)
    links = [
        drawn('<li><a class="level-%s" href="#%s">%s</a></li>', level, prefix + anchor, text)
        for level, text, anchor in found
        if level <= DEEPEST_HEADING and prefix + anchor != repeated
    ]
    return drawn(
        '<nav class="toc" aria-labelledby="toc-title" data-island="toc">'
        '<h2 id="toc-title">On this page</h2><ol role="list">%s</ol></nav>',
        joined(links),
    )


def _said(heading: Any, name: str) -> Any:
    """A part of a heading, as it was rendered or as it was kept."""
    return heading[name] if isinstance(heading, Mapping) else getattr(heading, name)


def kind_badge(kind: str) -> SafeString:
    """The kind of an entry: hue, icon and word together."""
    word = kind[:1].upper() + kind[1:]
    return drawn('<span class="kind kind-%s">%s %s</span>', kind, icon(kind), word)


def person(named: Named) -> SafeString:
    """Somebody's initials and name, which lead to their page if they have one."""
    inner = drawn('%s <span class="person-name">%s</span>', avatar(named.name), named.name)
    handle = getattr(named, "handle", "")
    if not handle:
        return drawn('<span class="person">%s</span>', inner)
    return drawn('<a class="person" href="%s">%s</a>', route("person", handle), inner)


def initials(name: str) -> str:
    """One or two letters that stand for a person."""
    words = [word for word in re.split(r"[\s._-]+", name) if word]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@lru_cache(maxsize=2_048, typed=True)
def avatar(name: str, size: str = "") -> SafeString:
    """A person's initials on a ground that is always theirs."""
    return drawn(
        '<span class="avatar hue-%s%s" aria-hidden="true">%s</span>',
        crc32(name.encode()) % HUES,
        f" avatar-{size}" if size else "",
        initials(name),
    )
