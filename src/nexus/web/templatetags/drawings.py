"""What a page has dozens of: icons, and the links of the way around.

Written in Python and not as templates, which took a third of the time of an entry's page.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Protocol

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from nexus.web.templatetags import built


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
    known = name if name in built.current().icons else "file"
    return _icon(built.address("icons.svg"), known, label)


@lru_cache(maxsize=256)
def _icon(sprite: str, name: str, label: str) -> SafeString:
    said = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"></use></svg>',
        mark_safe(said),  # noqa: S308 (escaped above, or a constant)
        sprite,
        name,
    )


def way_around(sections: Iterable[Section]) -> SafeString:
    """Sections of links, as a list each."""
    return mark_safe("".join(map(_section, sections)))  # noqa: S308 (every part is escaped)


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
