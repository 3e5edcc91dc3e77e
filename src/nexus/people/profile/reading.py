"""Reads of profiles, as they are kept; ``cohorts.profiles`` says what a reader is shown of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from nexus.kernel.prepared import Prepared
from nexus.people.models import Profile, Wish

if TYPE_CHECKING:
    from django.db.models import QuerySet

_AMONG = Prepared(lambda keys: Profile.objects.filter(pk__among=keys))


def profiles_by_person(people: Collection[int]) -> dict[int, Profile]:
    """What these people say of themselves, those who said something; one query."""
    keys = list(people)
    return {profile.pk: profile for profile in _AMONG(keys)} if keys else {}


def wishes_of(person: int) -> list[str]:
    """The topics that somebody wants to learn, in the order in which they named them."""
    return list(Wish.objects.filter(person=person).order_by("pk").values_list("topic", flat=True))


def wishes_for(topic: str) -> QuerySet[Wish]:
    """Who wants to learn a topic, the newest first. Whom a reader may know of is not asked."""
    return Wish.objects.filter(topic=topic).order_by("-pk")
