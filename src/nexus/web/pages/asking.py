"""Whom to ask about a topic, and with whom to learn it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from nexus.cohorts.profiles import learners_of, profiles_for
from nexus.library import selectors
from nexus.people.profile.views import ProfileView
from nexus.people.selectors import people_by_id
from nexus.web.pages.meeting import Meeting, meeting_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person
    from nexus.people.profile.given import Link

#: Those who weigh most are looked at, those of them who can be asked come first.
LOOKED_AT = 30
SHOWN = 8
LEARNERS_SHOWN = 6
#: From how many entries on it, how somebody knows a topic.
WEIGHTS = ((15, "wrote much about it"), (5, "writes about it often"), (2, "wrote about it"))
ONCE = "wrote about it once"


@dataclass(frozen=True, slots=True)
class Askable:
    """Somebody on the page of a topic: how they know it, and whether they can be asked now."""

    name: str
    handle: str
    count: int
    words: str
    meeting: Meeting
    links: Sequence[Link]


def weight_words(entries: int) -> str:
    """How much somebody wrote about a topic."""
    return next((words for least, words in WEIGHTS if entries >= least), ONCE)


def whom_to_ask(
    topic: str, cohorts: Sequence[Cohort], *, reader: Person | None, cohort: Cohort | None
) -> dict[str, Any]:
    """Who knows a topic by what they published in these cohorts, and who wants to learn it.

    Those who are away come last. Seven queries.
    """
    known = selectors.people_on(topic, cohorts=cohorts, limit=LOOKED_AT)
    wishing = learners_of(topic, reader=reader, cohort=cohort, limit=LEARNERS_SHOWN)
    people = people_by_id([*(owner for owner, _ in known), *wishing])
    profiles = profiles_for(reader, people)
    askable = [_askable(people[key], count, profiles, reader) for key, count in known]
    askable.sort(key=lambda one: one.meeting.is_away)
    learners = [
        _askable(people[key], 0, profiles, reader) for key in wishing if people[key] != reader
    ]
    return {
        "people": askable[:SHOWN],
        "people_address": _all_of(topic, cohort) if len(askable) > SHOWN else "",
        "learners": learners,
    }


def _askable(
    person: Person, count: int, profiles: Mapping[int, ProfileView], reader: Person | None
) -> Askable:
    profile = profiles[person.pk]
    return Askable(
        name=person.name,
        handle=person.handle,
        count=count,
        words=weight_words(count),
        meeting=meeting_of(profile, reader),
        links=profile.links[:2],
    )


def _all_of(topic: str, cohort: Cohort | None) -> str:
    return f"{reverse('cohort-people', args=[cohort.slug])}?topic={topic}" if cohort else ""
