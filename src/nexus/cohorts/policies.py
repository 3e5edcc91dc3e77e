"""Who may do what in a cohort. Everything reads the one role table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.cohorts.models import Cohort, Visibility
from nexus.cohorts.roles import ROLE_TABLE
from nexus.kernel.once import once, rows

if TYPE_CHECKING:
    from nexus.people.models import Person


def can_create_cohort(by: Person | None) -> bool:
    """The owner of the hub creates cohorts; ``None`` is the command line of their machine."""
    return by is None or by.is_owner


def can_change_cohort(by: Person | None, cohort: Cohort) -> bool:
    """Its owners and the hub's change a cohort; ``None`` is the hub's own command line."""
    return by is None or can(by, "change_cohort", cohort)


@once
def roles_of(person: int) -> dict[int, str]:
    """What a person is in each of their cohorts: cohort key → role."""
    asked = "SELECT cohort_id, role FROM cohorts_membership WHERE person_id = %s"
    return dict(rows(asked, [person]))


def can_read(person: Person | None, cohort: Cohort) -> bool:
    """Public cohorts are everyone's to read; the others only their members'."""
    return cohort.visibility == Visibility.PUBLIC or can(person, "read", cohort)


def can(person: Person | None, action: str, cohort: Cohort) -> bool:
    """Whether ``person`` may do ``action`` (a key of ``ROLE_TABLE``) in ``cohort``."""
    if person is None or not person.is_active:
        return False
    if person.is_owner:
        return True
    return roles_of(person.pk).get(cohort.pk) in ROLE_TABLE[action]
