"""What pages have dozens of: icons, people, and the links around a text.

Written in Python and not as templates, which took half of the time of an entry's page.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any, Protocol
from zlib import crc32

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

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


def icon(name: str, label: str = "") -> SafeString:
    """A drawing from the sprite; ``label`` when it stands without words beside it."""
    return _icon(built.look(), name, label)


@lru_cache(maxsize=512)
def _icon(_look: int, name: str, label: str) -> SafeString:
    """The same; a page has some fifty, so the build is asked for each only once a second."""
    known = name if name in built.current().icons else "file"
    said = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"></use></svg>',
        mark_safe(said),  # noqa: S308 (escaped above, or a constant)
        built.address("icons.svg"),
        known,
    )


def way_around(sections: Iterable[Section]) -> SafeString:
    """Sections of links, as a list each."""
    lists = "".join(map(_section, sections))
    return mark_safe(f'<nav class="rooms" aria-label="Rooms">{lists}</nav>')  # noqa: S308 (escaped)


def _section(section: Section) -> str:
    links = "".join(map(_link, section.links))
    return f'<div><h2>{escape(section.title)}</h2><ul class="links" role="list">{links}</ul></div>'


def _link(link: Link) -> str:
    here = ' aria-current="page"' if link.current else ""
    count = "" if link.count is None else f'<span class="count">{link.count}</span>'
    return (
        f'<li><a class="kind-{escape(link.kind)}" href="{escape(link.address)}"{here}>'
        f"{icon(link.kind)}<span>{escape(link.title)}</span>{count}</a></li>"
    )


def crumbs(way: Sequence[Crumb]) -> SafeString:
    """Where a page is, from the outermost; the last step is the page."""
    *above, here = way
    links = [f'<li><a href="{escape(one.address)}">{escape(one.title)}</a></li>' for one in above]
    return mark_safe(  # noqa: S308 (every part is escaped)
        '<nav class="crumbs" aria-label="Where you are"><ol role="list">'
        f'{"".join(links)}<li><span aria-current="page">{escape(here.title)}</span></li></ol></nav>'
    )


def contents(headings: Iterable[Any], *, prefix: str, repeated: str) -> SafeString:
    """Links to the headings of a page, of which each has a level, a text and an anchor.

    ``prefix`` stands before the anchors in the page; ``repeated`` is the id of the heading that
    only repeats the title, which is left out.
    """
    found = ((_said(one, "level"), _said(one, "text"), _said(one, "anchor")) for one in headings)
    links = [
        f'<li><a class="level-{level}" href="#{escape(prefix + anchor)}">{escape(text)}</a></li>'
        for level, text, anchor in found
        if level <= DEEPEST_HEADING and prefix + anchor != repeated
    ]
    return mark_safe(  # noqa: S308 (every part is escaped, or a number)
        '<nav class="toc" aria-labelledby="toc-title" data-island="toc">'
        f'<h2 id="toc-title">On this page</h2><ol role="list">{"".join(links)}</ol></nav>'
    )


def _said(heading: Any, name: str) -> Any:
    """A part of a heading, as it was rendered or as it was kept."""
    return heading[name] if isinstance(heading, Mapping) else getattr(heading, name)


def kind_badge(kind: str) -> SafeString:
    """The kind of an entry: hue, icon and word together."""
    said = escape(kind)
    return mark_safe(  # noqa: S308 (every part is escaped)
        f'<span class="kind kind-{said}">{icon(kind)} {said[:1].upper()}{said[1:]}</span>'
    )


def person(named: Named) -> SafeString:
    """Somebody's initials and name, which lead to their page if they have one."""
    inner = f'{avatar(named.name)} <span class="person-name">{escape(named.name)}</span>'
    handle = getattr(named, "handle", "")
    if not handle:
        return mark_safe(f'<span class="person">{inner}</span>')  # noqa: S308 (escaped above)
    address = escape(route("person", handle))
    return mark_safe(f'<a class="person" href="{address}">{inner}</a>')  # noqa: S308 (the same)


def initials(name: str) -> str:
    """One or two letters that stand for a person."""
    words = [word for word in re.split(r"[\s._-]+", name) if word]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@lru_cache(maxsize=2_048)
def avatar(name: str, size: str = "") -> SafeString:
    """A person's initials on a ground that is always theirs."""
    return format_html(
        '<span class="avatar hue-{}{}" aria-hidden="true">{}</span>',
        crc32(name.encode()) % HUES,
        f" avatar-{size}" if size else "",
        initials(name),
    )
