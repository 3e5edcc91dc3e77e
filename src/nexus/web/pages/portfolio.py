"""A person's page: who they are, what they know, and what they made."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nexus.cohorts.profiles import profile_for
from nexus.cohorts.selectors import cohorts_for, visible_cohorts
from nexus.library import presenting, selectors
from nexus.library.cards import challenge_cards, project_cards
from nexus.library.discretion import hide_emails_in_text
from nexus.library.selectors.portfolios import entries_by, pinned, topics_known
from nexus.library.topics.catalogue import catalogue
from nexus.people.profile.words import TRACKS
from nexus.people.requests import person_of
from nexus.people.selectors import person_by_handle
from nexus.web.pages.listing import first_entries
from nexus.web.pages.meeting import meeting_of

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person
    from nexus.people.profile.views import ProfileView

#: Of each kind, until all of it is asked for.
SHOWN = {"project": 6, "challenge": 4, "snippet": 6, "newest": 8}
TOPICS_KNOWN = 16


def person(request: HttpRequest, handle: str) -> HttpResponse:
    """A person's page, for whoever may see which of it."""
    reader = person_of(request)
    found = person_by_handle(handle)
    profile = profile_for(reader, found)
    cohorts = list(visible_cohorts(reader).filter(repositories__owner=found).distinct())
    entries = entries_by(found.pk, reader=reader)
    context = {
        "person": found,
        "crumbs": [presenting.Link(found.name, "")],
        **_said(profile, reader),
        "counts": presenting.counts_of(selectors.kind_counts_of(entries), person=found.handle),
        "known": _known(found, cohorts),
        **_work(found, profile, reader),
        "entries_address": presenting.search_address(person=found.handle, sort="newest"),
        "weeks": presenting.weeks_from(
            selectors.weekly_versions(cohorts=[c.pk for c in cohorts], owner=found.pk)
        ),
        "cohorts": [
            SimpleNamespace(name=one.name, address=reverse("cohort", args=[one.slug]))
            for one in cohorts
        ],
        "is_own": reader == found,
        "writes_in": list(cohorts_for(found, "add_repository")) if reader == found else [],
    }
    return render(request, "person.html", context)


def _said(profile: ProfileView, reader: Person | None) -> dict[str, Any]:
    """What they say of themselves. E-mail addresses in it are, as everywhere, not for guests."""
    about = profile.about if reader else hide_emails_in_text(profile.about)
    return {
        "about": [block for block in about.split("\n\n") if block],
        "tracks": [TRACKS[track] for track in profile.tracks if track in TRACKS],
        "links": profile.links,
        "meeting": meeting_of(profile, reader),
        "wishes": presenting.hub_topic_links(profile.wishes),
    }


def _known(found: Person, cohorts: Sequence[Cohort]) -> list[SimpleNamespace]:
    """What they publish about, each with what shows it: how many entries, and where they are."""
    topics = catalogue().topics
    return [
        SimpleNamespace(
            title=topics[slug].name,
            address=reverse("topic", args=[slug]),
            count=count,
            evidence=presenting.search_address(person=found.handle, topic=topics[slug].name),
        )
        for slug, count in topics_known(found.pk, cohorts=cohorts, limit=TOPICS_KNOWN)
        if slug in topics
    ]


def _work(found: Person, profile: ProfileView, reader: Person | None) -> dict[str, Any]:
    """What they made: what they put on top, then the newest of each kind."""

    def newest(kind: str) -> list[Any]:
        which = "" if kind == "newest" else kind
        return first_entries(entries_by(found.pk, reader=reader, kind=which), SHOWN[kind])

    return {
        "pinned": _cards(pinned(found.pk, profile.pins, reader=reader)),
        "projects": project_cards(newest("project")),
        "challenges": challenge_cards(newest("challenge")),
        "snippets": _cards(newest("snippet")),
        "entries": _cards(newest("newest")),
    }


def _cards(entries: Sequence[Any]) -> list[presenting.Card]:
    return presenting.told_apart(map(presenting.card_of, entries))
