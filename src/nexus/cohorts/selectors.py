"""Reads of cohorts, filtered by what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from nexus.cohorts.models import Cohort, Membership, Visibility
from nexus.cohorts.policies import roles_of
from nexus.cohorts.roles import ROLE_TABLE
from nexus.kernel.errors import NotFound

if TYPE_CHECKING:
    from nexus.people.models import Person


def visible_cohorts(reader: Person | None) -> QuerySet[Cohort]:
    """The cohorts that ``reader`` may see; ``None`` is a guest."""
    if reader is None:
        return Cohort.objects.filter(visibility=Visibility.PUBLIC)
    if reader.is_owner:
        return Cohort.objects.all()
    mine = list(roles_of(reader.pk))
    return Cohort.objects.filter(Q(visibility=Visibility.PUBLIC) | Q(pk__in=mine))


def cohort_by_slug(slug: str, *, reader: Person | None) -> Cohort:
    """The cohort, if ``reader`` may see it; raises ``NotFound`` either way otherwise."""
    cohort = visible_cohorts(reader).filter(slug=slug).first()
    if cohort is None:
        raise NotFound(
            "cohort-unknown",
            f"There is no cohort “{slug}” here.",
            remedy="Check the address, or begin at the home page.",
        )
    return cohort


def cohort_by_id(cohort: int) -> Cohort:
    """The cohort with this key, for work that no reader asked for."""
    return Cohort.objects.get(pk=cohort)


def audiences(reader: Person | None) -> frozenset[str]:
    """What ``reader`` may see, for search and events: ``public``, ``cohort:<id>``, …

    Every cohort that they may see is named, public ones too (``Cohort.readers``).
    """
    own = () if reader is None else (f"person:{reader.pk}",)
    cohorts = visible_cohorts(reader).only("pk")
    return frozenset({"public", *own, *(cohort.readers for cohort in cohorts)})


def has_role_anywhere(person: Person, roles: Iterable[str]) -> bool:
    """Whether ``person`` is one of these in any cohort."""
    return not set(roles).isdisjoint(roles_of(person.pk).values())


def roles_in(cohort: Cohort) -> dict[int, str]:
    """Who is what in a cohort: person key → role."""
    return dict(Membership.objects.filter(cohort=cohort).values_list("person", "role"))


def cohorts_for(person: Person, action: str) -> QuerySet[Cohort]:
    """The cohorts in which ``person`` may do ``action`` (a key of ``ROLE_TABLE``), by name."""
    if person.is_owner:
        return Cohort.objects.order_by("name")
    roles = list(ROLE_TABLE[action])
    return Cohort.objects.filter(memberships__person=person, memberships__role__in=roles).order_by(
        "name"
    )
