"""What stands around the content of nearly every page: search box, foot, pager, links of a column.

Written in Python as the ``drawings`` are: a list whose rows were drawn before is little else. What
is the same on every page is drawn once a second, as often as the build is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from nexus.kernel.routes import route
from nexus.web.templatetags import built
from nexus.web.templatetags.drawings import Crumb, avatar, drawn, icon, joined

if TYPE_CHECKING:
    from types import SimpleNamespace

    from django.http import HttpRequest

    from nexus.web.pages.cohorts import Publisher

_NOTHING = SafeString("")
_SEARCH = SafeString('<button class="button button-main" type="submit">Search</button>')
_SLASH = SafeString('<kbd aria-hidden="true">/</kbd>')
#: The pages of accounts: whoever signs in there is not led back to them.
_ACCOUNTS = "/accounts/"
#: What stands before a repository that is not simply there to be read.
_STATES = {"trouble": "care", "running": "sync"}


def search_box(
    words: str = "", *, large: bool = False, kept: Iterable[Mapping[str, str]] = ()
) -> SafeString:
    """The search box, with suggestions where there is a script.

    ``words`` stand in it. ``large`` is as on the home and the search page, which gives what a
    search keeps: fields with a ``name`` and a ``value``.
    """
    fields = tuple((field["name"], field["value"]) for field in kept or ())
    return _search_box(built.look(), words or "", fields, large=large)


@lru_cache(maxsize=64, typed=True)  # text that is markup is another than the same as words
def _search_box(
    _look: int, words: str, fields: Iterable[tuple[str, str]], *, large: bool
) -> SafeString:
    return drawn(
        '<div class="search%s" data-island="suggest" data-suggest="%s" data-sprite="%s">'
        ' <form action="%s" role="search"> %s'
        ' <input type="search" name="q" value="%s" placeholder="%s" aria-label="Search"'
        ' autocapitalize="off" spellcheck="false" enterkeyhint="search"> %s %s </form> </div>',
        " search-large" if large else "",
        route("search-suggest"),
        built.address("icons.svg"),
        route("search"),
        icon("search"),
        words,
        "Search words and code" if large else "Search",
        joined(drawn('<input type="hidden" name="%s" value="%s">', *field) for field in fields),
        _SEARCH if large else _SLASH,
    )


def way_in(request: HttpRequest | None) -> SafeString:
    """The way in for a guest, which leads back to where they are."""
    is_elsewhere = request and not request.path.startswith(_ACCOUNTS)
    back = f"?next={quote(request.get_full_path())}" if request and is_elsewhere else ""
    return drawn(
        '<div class="me"> <a class="button button-bare" href="%s%s">Sign in</a> </div>',
        route("sign-in"),
        back,
    )


def foot(software: SimpleNamespace | None, documentation: str) -> SafeString:
    """The foot of a page: ``software`` has a version and a revision."""
    version = software.version if software else ""
    revision = software.revision if software else ""
    return _foot(built.look(), version, revision or "", documentation)


@lru_cache(maxsize=8)
def _foot(_look: int, version: str, revision: str, documentation: str) -> SafeString:
    return drawn(
        '<footer class="foot"> <div class="foot-in"> <p> <a href="%s">Documentation</a> ·'
        " Nexus %s%s </p>"
        ' <button class="button button-bare wide-only" type="button" data-shortcuts hidden>'
        "Shortcuts <kbd>?</kbd></button>"
        ' <div class="segments" role="group" aria-label="Colours" data-island="theme" hidden>'
        " %s </div> </div> </footer>",
        documentation,
        version,
        drawn(' <span class="sha">%s</span>', revision[:7]) if revision else _NOTHING,
        SafeString(" ".join(map(_colours, ("light", "dark", "device")))),
    )


def _colours(name: str) -> SafeString:
    return drawn(
        '<button type="button" data-theme-choice="%s">%s %s</button>',
        name,
        icon(name),
        capfirst(name),
    )


def pager(way: SimpleNamespace | None) -> SafeString:
    """The way to the next and the former page of a list.

    ``way`` has ``previous`` and ``next``, addresses or empty, and ``words`` (“21 to 40 of 134”).
    """
    if not way or not (way.previous or way.next):
        return _NOTHING
    nowhere = SafeString("<span></span>")
    previous = drawn(
        '<a class="button" href="%s" rel="prev">%s Previous</a>', way.previous, icon("back")
    )
    following = drawn('<a class="button" href="%s" rel="next">Next %s</a>', way.next, icon("next"))
    return drawn(
        '<nav class="pager" aria-label="Pages"> %s <span class="number">%s</span> %s </nav>',
        previous if way.previous else nowhere,
        way.words,
        following if way.next else nowhere,
    )


def active_filters(chosen: Iterable[Crumb]) -> SafeString:
    """The filters that are set, each as a button that takes it away; nothing without any."""
    buttons = [
        drawn(
            '<a class="button chip" href="%s">%s %s</a>',
            one.address,
            one.title,
            icon("close", "Remove"),
        )
        for one in chosen
    ]
    if not buttons:
        return _NOTHING
    return drawn('<p class="row small"><span class="quiet">Only</span> %s</p>', joined(buttons))


def topic_chips(title: str, topics: Sequence[Crumb]) -> SafeString:
    """Topics under a title, in a column; nothing without any."""
    if not topics:
        return _NOTHING
    return drawn(
        '<section> <h2>%s</h2> <ul class="topics" role="list"> %s </ul> </section>',
        title,
        topic_items(topics),
    )


def topic_items(topics: Iterable[Crumb]) -> SafeString:
    """Topics as the items of a list."""
    return joined(
        drawn('<li><a class="topic" href="%s">%s</a></li>', one.address, one.title)
        for one in topics
    )


def section_head(anchor: str, title: str, count: int, address: str = "") -> SafeString:
    """The head of a part of a page: how much there is, and where all of it is, if elsewhere."""
    return drawn(
        '<div class="section-head"> <h2 id="%s">%s <span class="count">%s</span></h2>%s </div>',
        anchor,
        title,
        count,
        drawn(' <a class="small" href="%s">All %s</a>', address, count) if address else _NOTHING,
    )


def people_items(people: Iterable[Publisher]) -> SafeString:
    """People as the items of a list, each with how much is theirs."""
    return joined(
        drawn(
            '<li><a href="%s">%s<span>%s</span><span class="count">%s</span></a></li> ',
            route("person", one.handle),
            avatar(one.name),
            one.name,
            one.count,
        )
        for one in people
    )


def repository_items(repositories: Iterable[SimpleNamespace]) -> SafeString:
    """Repositories as the items of a list, with what is wrong with one.

    Each has ``name``, ``address``, ``state``, ``state_word``, ``count`` and ``apart``, which tells
    it from another of the same name.
    """
    return joined(map(_repository, repositories))


def _repository(one: SimpleNamespace) -> SafeString:
    return drawn(
        '<li> <a href="%s"> %s <span>%s%s%s</span> <span class="count">%s</span> </a> </li> ',
        one.address,
        icon(_STATES.get(one.state, "repository")),
        one.name,
        _below(one.apart),
        _below("" if one.state == "ready" else capfirst(one.state_word)),
        one.count,
    )


def _below(words: str) -> SafeString:
    return drawn('<br><small class="quiet">%s</small>', words) if words else _NOTHING
