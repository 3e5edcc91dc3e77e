"""Profiles as a reader is shown them: what they are to a person decides it (decision 0030)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q

from nexus.cohorts.models import Membership
from nexus.cohorts.policies import roles_of
from nexus.cohorts.roles import ROLE_TABLE
from nexus.people.profile.reading import profiles_by_person, wishes_for, wishes_of
from nexus.people.profile.views import ProfileView, view_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person

#: The right that brings somebody near to the people of a cohort.
SEES = "see_availability"


def profile_for(reader: Person | None, person: Person) -> ProfileView:
    """What ``reader`` is shown of a person's profile, their wishes among it; four queries."""
    profile = profiles_by_person([person.pk]).get(person.pk)
    is_near = person.pk in near(reader, [person.pk])
    return view_of(person, profile, wishes=wishes_of(person.pk), is_near=is_near)


def profiles_for(
    reader: Person | None, people: Mapping[int, Person] | Collection[Person]
) -> dict[int, ProfileView]:
    """What ``reader`` is shown of these people's profiles, without wishes; three queries."""
    listed = list(people.values()) if isinstance(people, Mapping) else list(people)
    keys = [person.pk for person in listed]
    profiles, fellows = profiles_by_person(keys), near(reader, keys)
    return {
        person.pk: view_of(person, profiles.get(person.pk), is_near=person.pk in fellows)
        for person in listed
    }


def near(reader: Person | None, people: Collection[int]) -> frozenset[int]:
    """Which of these people ``reader`` is near: themselves, and those of their own cohorts.

    Guests of a cohort are not: they are there to read. Who runs the hub is near everybody.
    """
    if reader is None or not reader.is_active:
        return frozenset()
    if reader.is_owner:
        return frozenset(people)
    found = _fellows(reader).filter(person__in=people).values_list("person", flat=True)
    return frozenset(found) | ({reader.pk} & frozenset(people))


def _fellows(reader: Person) -> QuerySet[Membership]:
    """The memberships of the cohorts in which ``reader`` may see whom to meet."""
    mine = [cohort for cohort, role in roles_of(reader.pk).items() if role in ROLE_TABLE[SEES]]
    return Membership.objects.filter(cohort__in=mine)


def learners_of(
    topic: str, *, reader: Person | None, cohort: Cohort | None = None, limit: int
) -> list[int]:
    """Who wants to learn a topic, in one cohort or in the whole hub, as far as they show it.

    Keys of people, who named it last first; two queries.
    """
    shown = Q(person__profile__shown_to="everybody")
    if reader is not None and reader.is_active:
        fellows = _fellows(reader).values("person")
        shown |= Q(person=reader) | Q(person__in=fellows)
    found = wishes_for(topic)
    if reader is None or not reader.is_owner:
        found = found.filter(shown)
    if cohort is not None:
        found = found.filter(person__in=Membership.objects.filter(cohort=cohort).values("person"))
    return list(found.values_list("person", flat=True)[:limit])
