"""What a cohort has, to look through: its projects, its challenges, what it recommends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nexus.cohorts.selectors import cohort_by_slug
from nexus.library import selectors
from nexus.library.cards import (
    SOUGHT,
    TRACKS,
    challenge_cards,
    project_cards,
    resource_cards,
)
from nexus.library.facts.fact import FactName
from nexus.library.selectors import kept
from nexus.library.topics.catalogue import catalogue
from nexus.people.requests import person_of
from nexus.web.pages.frames import cohort_frame
from nexus.web.pages.listing import (
    Asked,
    active_filters,
    context_of,
    filter_group,
    page_of,
    sort_links,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import SimpleNamespace

    from django.db.models import QuerySet

    from nexus.cohorts.models import Cohort
    from nexus.library.models import Entry, Resource

PAGE = 24
#: The filters of the gallery: the name in the address → the fact, its title.
FILTERS: Mapping[str, tuple[FactName, str]] = {
    "looking_for": (FactName.LOOKING_FOR, "Looking for"),
    "track": (FactName.TRACK, "Track"),
    "technology": (FactName.TECHNOLOGY, "Technology"),
}
SORTS = {"newest": "Newest", "title": "By title"}
ORDERS = {"newest": ("-changed_at", "pk"), "title": ("title", "pk")}


def projects(request: HttpRequest, slug: str) -> HttpResponse:
    """The projects of a cohort: filtered by what is known of them."""
    reader = person_of(request)
    found = cohort_by_slug(slug, reader=reader)
    asked = Asked.of(request)
    titles = {"looking_for": _sought(), "track": TRACKS, "technology": _topic_names()}
    known = {
        name: value for name in FILTERS if (value := asked.value(name)) and value in titles[name]
    }
    sort = asked.chosen("sort", SORTS)
    listed = page_of(
        ("projects", found.pk, *known.items(), sort),
        lambda: _projects(found, known).order_by(*ORDERS[sort]),
        asked,
        size=PAGE,
        load=selectors.living_entries,
    )
    groups = [_project_filter(found, asked, name, known, titles[name]) for name in FILTERS]
    active = active_filters(asked, {name: titles[name][value] for name, value in known.items()})
    context = {
        **cohort_frame(found, reader, "projects"),
        **context_of(listed, asked, active),
        "projects": lambda: project_cards(listed.rows),
        "drawn": ("projects", *listed.keys),
        "filters": [group for group in groups if group],
        "sorts": sort_links(asked, SORTS),
    }
    return render(request, "projects.html", context)


def _projects(found: Cohort, known: Mapping[str, str]) -> QuerySet[Entry]:
    facts = {FILTERS[name][0].value: value for name, value in known.items()}
    return selectors.projects_of(found, known=facts)


def _project_filter(
    found: Cohort, asked: Asked, name: str, known: Mapping[str, str], titles: Mapping[str, str]
) -> SimpleNamespace | None:
    """A filter with the counts that hold while the other filters stand."""
    fact, title = FILTERS[name]
    others = {one: value for one, value in known.items() if one != name}
    counts = kept(("values known", found.pk, *others.items()), lambda: _values_known(found, others))
    return filter_group(asked, name, title, counts.get(fact, {}), titles)


def _values_known(found: Cohort, known: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """What can still be chosen when ``known`` is: counted together for all other filters."""
    free = [fact for name, (fact, _) in FILTERS.items() if name not in known]
    return selectors.values_known(_projects(found, known), free)


def _sought() -> dict[str, str]:
    return {value: words.capitalize() for value, words in SOUGHT.items()}


def _topic_names() -> dict[str, str]:
    return {slug: topic.name for slug, topic in catalogue().topics.items()}


def challenges(request: HttpRequest, slug: str) -> HttpResponse:
    """What the people of a cohort met, and how they got past it; by topic."""
    reader = person_of(request)
    found = cohort_by_slug(slug, reader=reader)
    asked, names = Asked.of(request), _topic_names()
    topic = asked.value("topic") if asked.value("topic") in names else ""
    counts = selectors.topic_sizes([found], kind="challenge")
    listed = page_of(
        ("challenges", found.pk, topic),
        lambda: _challenges(found, topic),
        asked,
        size=PAGE,
        load=selectors.living_entries,
        key="entry" if topic else "pk",
        total=counts.get(topic, 0) if topic else None,
    )
    group = filter_group(asked, "topic", "Topic", counts, names)
    active = active_filters(asked, {"topic": names[topic]} if topic else {})
    context = {
        **cohort_frame(found, reader, "challenges"),
        **context_of(listed, asked, active),
        "challenges": lambda: challenge_cards(listed.rows),
        "drawn": ("challenges", *listed.keys),
        "filters": [group] if group else [],
    }
    return render(request, "challenges.html", context)


def _challenges(found: Cohort, topic: str) -> QuerySet[Any]:
    return selectors.challenges_on(topic, found) if topic else selectors.challenges_of(found)


def resources(request: HttpRequest, slug: str) -> HttpResponse:
    """What the people of a cohort recommend, the most recommended first."""
    reader = person_of(request)
    found = cohort_by_slug(slug, reader=reader)
    asked, names = Asked.of(request), _topic_names()
    topic = asked.value("topic") if asked.value("topic") in names else ""
    host = asked.value("host")
    listed = page_of(
        ("resources", found.pk, topic, host, asked.words),
        lambda: selectors.resources_of([found], topic=topic, host=host, words=asked.words),
        asked,
        size=PAGE,
        load=selectors.recommended,
    )
    named = {"topic": names.get(topic, ""), "host": host, "q": f"“{asked.words}”"}
    active = active_filters(asked, {name: title for name, title in named.items() if title})
    context = {
        **cohort_frame(found, reader, "resources"),
        **context_of(listed, asked, active),
        "resources": lambda: resource_cards(listed.rows),
        "drawn": ("resources", *listed.keys),
        "filters": _resource_filters(found, asked, topic, host, names),
        "kept": {"topic": topic, "host": host},
    }
    return render(request, "resources.html", context)


def _resource_filters(
    found: Cohort, asked: Asked, topic: str, host: str, names: Mapping[str, str]
) -> list[SimpleNamespace]:
    """Topics and hosts, each with the counts that hold while the other stands."""

    def chosen(**only: str) -> QuerySet[Resource]:
        return selectors.resources_of([found], words=asked.words, **only)

    def hosts_of() -> dict[str, int]:
        hosts = selectors.resource_hosts(chosen(topic=topic))
        if host and host not in hosts:
            hosts[host] = chosen(topic=topic, host=host).count()
        return hosts

    which = (found.pk, topic, host, asked.words)
    hosts = kept(("resource hosts", *which), hosts_of)
    topics = kept(("resource topics", *which), lambda: selectors.resource_topics(chosen(host=host)))
    groups = (
        filter_group(asked, "topic", "Topic", topics, names),
        filter_group(asked, "host", "Host", hosts, {one: one for one in hosts}),
    )
    return [group for group in groups if group]
