"""What the templates can say beyond Django's own tags."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from nexus.kernel.moments import told
from nexus.kernel.routes import route
from nexus.library.rendering.diffing import Hunk
from nexus.library.selectors.proposals import count_waiting
from nexus.web.templatetags import (
    built,
    cards,
    comparing,
    controls,
    drawings,
    frames,
    known,
    pictures,
)

if TYPE_CHECKING:
    from nexus.people.models import Person

register = template.Library()

#: A page with fewer needs no contents.
LEAST_HEADINGS = 2
OPENING_TITLE = re.compile(r"\s*<h1\b(?P<said>[^>]*)>(?P<words>.*?)</h1>", re.DOTALL)
ID = re.compile(r'\bid="([^"]*)"')
#: What the renderers put before the ids that authors give: nexus.library.rendering.sanitising.
PREFIX = "user-content-"


register.simple_tag(controls.control)
register.simple_tag(controls.description_of)
for _tag in (
    cards.entry_cards,
    cards.challenge_cards,
    cards.resource_cards,
    cards.project_cards,
    cards.gallery_cards,
    cards.gallery_card,
    cards.askable,
    frames.search_box,
    frames.way_in,
    frames.foot,
    frames.pager,
    frames.active_filters,
    frames.section_head,
    frames.topic_chips,
    frames.topic_items,
    frames.people_items,
    frames.repository_items,
    known.facts,
):
    register.simple_tag(_tag)
#: ``{% route "person" handle %}``: what ``url`` says, worked out once.
register.simple_tag(route)


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file: ``{% asset "core.css" %}``."""
    return built.address(name)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from the sprite; ``label`` when it stands without words beside it.

    A kind that has no drawing of its own yet looks like a file.
    """
    return drawings.icon(name, label)


@register.simple_tag
def way_around(rooms: Sequence[drawings.Section] | None) -> SafeString:
    """The way around a cohort and a repository: a page has some sixty such links.

    Sections: .title .links, each link .title .address .current .count (or None) .kind (a kind or
    an icon's name).
    """
    return drawings.way_around(rooms) if rooms else SafeString("")


@register.simple_tag(name="filters")
def filter_links(groups: Sequence[drawings.Filter]) -> SafeString:
    """Filters that live in the address, each with its count: a list has some thirty such links.

    Groups: .title .options, each option .title .count .address .selected, and .kind for a kind
    (then .title is its name) or "".
    """
    return drawings.filters(groups, plural)


@register.simple_tag
def filter_column(groups: Sequence[drawings.Filter]) -> SafeString:
    """The same as the column beside a list; nothing without any."""
    if not groups:
        return SafeString("")
    return drawings.drawn(
        '<aside class="beside" aria-label="Filters"> %s </aside>', filter_links(groups)
    )


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """A date that the islands turn into words where the reader is.

    The page holds the plain date, which stays true however long the page is kept.
    """
    return told(moment)


class KeptNode(template.Node):
    """A part of a page that is drawn once for each state of the hub; always, without a key."""

    def __init__(self, key: template.base.FilterExpression, drawn: template.NodeList) -> None:
        self.key, self.drawn = key, drawn

    def render(self, context: template.Context) -> SafeString:
        """What was drawn before under its key, or what is drawn now."""
        from nexus.library.selectors import kept  # with the models: once they are there

        key = self.key.resolve(context, ignore_failures=True)
        if not key:
            return self.drawn.render(context)
        whole = ("drawn", built.address("icons.svg"), key)
        return kept(whole, lambda: self.drawn.render(context))


@register.tag("kept")
def do_kept(parser: template.base.Parser, token: template.base.Token) -> KeptNode:
    """``{% kept key %} … {% endkept %}``: drawn again when something was published.

    The key tells the part from everything else that is drawn; what it holds must be the same for
    every reader who may see the page.
    """
    _, key = token.split_contents()
    drawn = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(parser.compile_filter(key), drawn)


@register.filter
def plural(kind: str, count: int = 2) -> str:
    """The word for ``count`` entries of a kind: ``document``, ``documents``."""
    if count == 1:
        return kind
    from nexus.library.kinds.registry import KINDS  # with every renderer: once it is needed

    return KINDS[kind].plural if kind in KINDS else f"{kind}s"


@register.filter
def short(sha: str) -> str:
    """A commit's name as people say it: its first seven digits."""
    return sha[:7]


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """A person's initials on a ground that is always theirs. ``size`` may be ``large``."""
    return drawings.avatar(name, size)


@register.simple_tag
def person_chip(person: drawings.Named) -> SafeString:
    """Somebody: a person with an account (.name .handle), or a name out of Git (.name)."""
    return drawings.person(person)


@register.simple_tag
def kind_badge(kind: str) -> SafeString:
    """The kind of an entry: hue, icon and word together."""
    return drawings.kind_badge(kind)


@register.simple_tag
def breadcrumb(crumbs: Sequence[drawings.Crumb] | None) -> SafeString:
    """Where am I, from the outermost: each .title .address; the last one is this page."""
    return drawings.crumbs(crumbs) if crumbs else SafeString("")


@register.simple_tag
def contents_of(headings: Sequence[Any] | None, body: Body) -> SafeString:
    """The contents of a page, when it has two headings; ``body`` is what ``body_of`` gave."""
    if not headings or len(headings) < LEAST_HEADINGS:
        return SafeString("")
    return drawings.contents(headings, prefix=body.prefix, repeated=body.anchor)


@register.simple_tag
def activity_bars(weeks: Sequence[pictures.Week]) -> SafeString:
    """Changes a week, oldest first, as small bars with their text equivalent."""
    return pictures.bars(weeks)


@register.simple_tag
def language_bar(languages: Sequence[pictures.Share]) -> SafeString:
    """The languages of a project as one divided bar."""
    return pictures.language_bar(languages)


@register.simple_tag
def side_by_side(hunk: Hunk) -> SafeString:
    """The rows of a table that shows what became of the lines of a hunk."""
    return comparing.rows(hunk)


@register.simple_tag
def proposals_waiting(person: Person) -> int:
    """How many proposals wait for somebody's answer."""
    return count_waiting(person)


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered text without the heading that only repeats the page's title.

    ``anchor`` is that heading's id, so that links to it still arrive. ``prefix`` stands before
    the anchors of the text's headings in their ids: Markdown has GitHub's, references have none.
    """

    html: SafeString
    anchor: str = ""
    prefix: str = ""


@register.simple_tag
def body_of(rendered: str, title: str, first_anchor: str = "") -> Body:
    """The rendered text of an entry, for a page that says ``title`` at its head already.

    ``first_anchor`` is the anchor of its first heading, if there is a table of contents.
    """
    prefix = PREFIX if f'id="{PREFIX}{first_anchor}"' in rendered else ""
    opening = OPENING_TITLE.match(rendered)
    if opening is None or not _same_words(opening["words"], title):
        return Body(html=mark_safe(rendered), prefix=prefix)  # noqa: S308 (made safe)
    anchor = ID.search(opening["said"])
    rest = rendered[opening.end() :]
    return Body(
        html=mark_safe(rest),  # noqa: S308 (the renderer made it safe)
        anchor=anchor[1] if anchor else "",
        prefix=prefix,
    )


def _same_words(markup: str, title: str) -> bool:
    said = " ".join(html.unescape(strip_tags(markup)).split())
    return said.strip("# ").casefold() == title.strip().casefold()
