"""Topics: the map of what a cohort knows, and everything that there is on one of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nexus.cohorts.selectors import cohort_by_slug, visible_cohorts
from nexus.kernel.errors import NotFound
from nexus.kernel.routes import route
from nexus.library import presenting, selectors
from nexus.library.cards import ChallengeCard, challenge_card, resource_cards
from nexus.library.selectors import kept
from nexus.library.topic_maps import picture_of
from nexus.library.topics.catalogue import Topic, catalogue
from nexus.people.requests import person_of
from nexus.web.pages.asking import whom_to_ask
from nexus.web.pages.frames import cohort_frame, way_to
from nexus.web.pages.listing import Asked, in_order, page_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nexus.cohorts.models import Cohort
    from nexus.library.models import Entry, EntryTopic
    from nexus.people.models import Person

#: The kinds of entries in the order in which a reader wants them.
ORDER = ("challenge", "snippet", "document", "project", "contract", "resource")
#: Of each kind, until all of it is asked for.
SHOWN = 6
PAGE = 24
RESOURCES_SHOWN = 8
RELATED_SHOWN = 8


@dataclass(frozen=True, slots=True)
class View:
    """A topic as one reader may see it: in one cohort, or in all that are theirs to see."""

    topic: Topic
    cohorts: Sequence[Cohort]
    asked: Asked
    reader: Person | None
    #: The one cohort; None when the page is about all of them.
    cohort: Cohort | None = None

    def rows(self, kind: str) -> QuerySet[EntryTopic]:
        """What the cohorts have on it of one kind; a row for each entry."""
        return selectors.entries_about(self.topic.slug, cohorts=self.cohorts, kind=kind)

    def key(self, *what: str) -> Hashable:
        """What is kept of the topic in these cohorts."""
        return ("topic", self.topic.slug, *(cohort.pk for cohort in self.cohorts), *what)

    def address(self, slug: str) -> str:
        """Where another topic is shown in the same way."""
        if self.cohort is None:
            return route("topic", slug)
        return route("cohort-topic", self.cohort.slug, slug)

    def links(self, slugs: Iterable[str]) -> list[presenting.Link]:
        """Other topics by their names."""
        topics = catalogue().topics
        return [
            presenting.Link(topics[slug].name, self.address(slug))
            for slug in slugs
            if slug in topics
        ]


def topics(request: HttpRequest, slug: str) -> HttpResponse:
    """The topic map of a cohort, and the same as a list."""
    reader = person_of(request)
    found = cohort_by_slug(slug, reader=reader)
    context = {**cohort_frame(found, reader, "topics"), "picture": picture_of(found)}
    return render(request, "topics.html", context)


def topic(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Everything that a cohort has on one topic."""
    reader = person_of(request)
    found = cohort_by_slug(slug, reader=reader)
    view = View(topic_by_slug(topic), [found], Asked.of(request), reader, found)
    frame = cohort_frame(found, reader, "topics")
    crumbs = [
        *way_to(found),
        presenting.Link("Topics", route("cohort-topics", slug)),
        presenting.Link(view.topic.name, ""),
    ]
    return render(request, "topic.html", {**frame, "crumbs": crumbs, **_context(view)})


def hub_topic(request: HttpRequest, topic: str) -> HttpResponse:
    """Everything on one topic in all the cohorts that the reader may see."""
    reader = person_of(request)
    cohorts = list(visible_cohorts(reader).order_by("name"))
    view = View(topic_by_slug(topic), cohorts, Asked.of(request), reader)
    counts = selectors.topic_sizes_by_cohort(view.topic.slug, cohorts)
    context = {
        "crumbs": [presenting.Link(view.topic.name, "")],
        "cohorts": [
            presenting.Link(
                cohort.name,
                route("cohort-topic", cohort.slug, topic),
                "people",
                count=counts[cohort.pk],
            )
            for cohort in cohorts
            if cohort.pk in counts
        ],
    }
    return render(request, "topic.html", {**context, **_context(view)})


def topic_by_slug(slug: str) -> Topic:
    """The topic of the catalogue; raises ``NotFound``."""
    found = catalogue().topics.get(slug)
    if found is None:
        raise NotFound(
            "topic-unknown",
            f"The hub knows no topic “{slug}”.",
            remedy="The cohort's page of topics lists those it knows.",
        )
    return found


def _context(view: View) -> dict[str, Any]:
    counts = selectors.kinds_about(view.topic.slug, cohorts=view.cohorts)
    kind = view.asked.value("kind")
    if kind not in counts:
        return {**_about(view), **_everything(view, counts), "only": ""}
    listed = page_of(
        view.key("entries", kind),
        lambda: view.rows(kind),
        view.asked,
        size=PAGE,
        load=selectors.living_entries,
        key="entry",
        total=counts[kind],
    )
    return {
        **_about(view),
        "groups": _groups(view, counts, {kind: listed.keys}),
        "pager": listed.pager,
        "only": kind,
        "everything": view.asked.path,
    }


def _everything(view: View, counts: dict[str, int]) -> dict[str, Any]:
    """The beginning of each kind, and what is recommended."""
    resources, total = kept(view.key("resources"), lambda: _first_recommended(view))
    first = kept(view.key("first"), lambda: _first_of_each(view, counts))
    return {
        "groups": _groups(view, counts, first),
        "resources": lambda: resource_cards(in_order(selectors.recommended(resources), resources)),
        "resources_drawn": ("topic resources", *resources),
        "resources_count": total,
        "resources_address": _resources_address(view) if total > len(resources) else "",
    }


def _first_of_each(view: View, counts: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Keys of the entries that say most about it, by their kind."""
    kinds = [kind for kind in ORDER if counts.get(kind)]
    topic = view.topic.slug
    return selectors.first_about(topic, cohorts=view.cohorts, kinds=kinds, most=SHOWN)


def _first_recommended(view: View) -> tuple[tuple[int, ...], int]:
    topic = view.topic.slug
    return selectors.first_recommended(topic, cohorts=view.cohorts, most=RESOURCES_SHOWN)


def _resources_address(view: View) -> str:
    if view.cohort is None:
        return ""
    return f"{route('cohort-resources', view.cohort.slug)}?topic={view.topic.slug}"


def _groups(
    view: View, counts: Mapping[str, int], found: Mapping[str, Sequence[int]]
) -> list[SimpleNamespace]:
    """The entries of each kind, by their keys: loaded if they were not drawn yet."""
    loaded = cache(partial(_loaded, [key for keys in found.values() for key in keys]))
    return [
        SimpleNamespace(
            kind=kind,
            anchor=f"kind-{kind}",
            count=counts[kind],
            address=_all_of(view, kind) if counts[kind] > len(keys) else "",
            drawn=("topic", kind, *keys),
            challenges=partial(_challenges, loaded, keys) if kind == "challenge" else [],
            entries=partial(_with_copies, loaded, keys),
        )
        for kind, keys in found.items()
    ]


def _all_of(view: View, kind: str) -> str:
    """Where all of a kind is, unless that is where the reader is."""
    return "" if view.asked.value("kind") == kind else view.asked.address(kind=kind)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """Entries by their keys, and how often each is found elsewhere."""

    entries: Mapping[int, Entry]
    copies: Mapping[int, int]


def _loaded(keys: Sequence[int]) -> _Loaded:
    return _Loaded(selectors.living_entries(keys), selectors.copies_of(keys))


def _challenges(loaded: Callable[[], _Loaded], keys: Sequence[int]) -> list[ChallengeCard]:
    """Without their topics, which such a page does not name."""
    found = loaded()
    return [
        challenge_card(one, topics=(), also=found.copies.get(one.pk, 0))
        for one in in_order(found.entries, keys)
    ]


def _with_copies(loaded: Callable[[], _Loaded], keys: Sequence[int]) -> list[presenting.Card]:
    found = loaded()
    return presenting.told_apart(
        presenting.card_of(one, also=found.copies.get(one.pk, 0))
        for one in in_order(found.entries, keys)
    )


def _about(view: View) -> dict[str, Any]:
    """The topic itself: its place among the others, and who knows it."""
    topics, slug = catalogue().topics, view.topic.slug
    broader = catalogue().broader(slug)
    narrower = [one.slug for one in topics.values() if one.broader == slug]
    related = [one for one in _related(view) if one not in {*broader, *narrower}]
    return {
        "topic": view.topic,
        "whom": cache(partial(_whom, view)),
        "whom_drawn": _drawn_for_guests(view),
        "broader": view.links(broader),
        "narrower": view.links(narrower),
        "related": view.links(related[:RELATED_SHOWN]),
    }


def _whom(view: View) -> dict[str, Any]:
    return whom_to_ask(view.topic.slug, view.cohorts, reader=view.reader, cohort=view.cohort)


def _drawn_for_guests(view: View) -> Hashable:
    """What people are kept under; empty for who is signed in, and sees more of those near them."""
    here = view.cohort.slug if view.cohort else ""
    return view.key("whom to ask", here) if view.reader is None else ""


def _related(view: View) -> list[str]:
    """What it occurs with most here, then what the catalogue names."""
    met = selectors.met_with(view.topic.slug, view.cohort) if view.cohort else []
    return list(dict.fromkeys([*met[: RELATED_SHOWN - 2], *view.topic.related, *met]))
