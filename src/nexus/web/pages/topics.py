"""What a cohort has on a topic: how it was solved, where it is explained, who knows it."""

from __future__ import annotations

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nexus.cohorts.selectors import cohort_by_slug
from nexus.kernel.errors import NotFound
from nexus.library import presenting, selectors
from nexus.library.kinds.registry import KINDS
from nexus.library.topics.catalogue import Topic, catalogue
from nexus.people.requests import person_of
from nexus.web.pages.frames import cohort_frame

SHOWN = 12


def topic(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Everything that a cohort has on one topic."""
    reader = person_of(request)
    found = cohort_by_slug(slug, reader=reader)
    about = topic_by_slug(topic)
    entries = selectors.entries_about(about.slug, cohort=found)
    groups = [
        SimpleNamespace(
            kind=kind,
            count=count,
            entries=[presenting.card_of(entry) for entry in entries.filter(kind=kind)[:SHOWN]],
        )
        for kind in KINDS
        if (count := entries.filter(kind=kind).count())
    ]
    context = {**cohort_frame(found, reader, "topics"), "topic": about, "groups": groups}
    return render(request, "topic.html", context)


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
