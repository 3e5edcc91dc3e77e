"""Who may do what in a cohort. Everything reads the one role table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from nexus.cohorts import audit
from nexus.cohorts.models import Cohort, Invitation, Membership, Visibility
from nexus.cohorts.roles import LEFT_IN_ARCHIVE, MAY_GIVE, NOBODY, OPEN_TO_PEOPLE, ROLE_TABLE
from nexus.kernel.audit import newest
from nexus.kernel.errors import Conflict
from nexus.kernel.once import once, rows
from nexus.people.selectors import proven_addresses

if TYPE_CHECKING:
    from nexus.people.models import Person


def can_create_cohort(by: Person | None) -> bool:
    """The owner of the hub creates cohorts, and where ``NEXUS_COHORTS_BY`` says so, everyone.

    ``None`` is the command line of the owner's machine.
    """
    if by is None or by.is_owner:
        return True
    return by.is_active and settings.COHORTS_BY == "people"


@once
def roles_of(person: int) -> dict[int, str]:
    """What a person is in each of their cohorts: cohort key → role."""
    asked = "SELECT cohort_id, role FROM cohorts_membership WHERE person_id = %s"
    return dict(rows(asked, [person]))


def can_read(person: Person | None, cohort: Cohort) -> bool:
    """Public cohorts are everyone's to read; the others only their members'."""
    return cohort.visibility == Visibility.PUBLIC or can(person, "read", cohort)


def can_ask_to_join(person: Person | None, cohort: Cohort) -> bool:
    """Whoever is signed in may ask for what they may know of, unless they are in it."""
    if person is None or not person.is_active or cohort.is_archived:
        return False
    is_open = cohort.visibility in OPEN_TO_PEOPLE["ask_to_join"]
    return is_open and not Membership.objects.filter(person=person, cohort=cohort).exists()


def can(person: Person | None, action: str, cohort: Cohort) -> bool:
    """Whether ``person`` may do ``action`` (a key of ``ROLE_TABLE``) in ``cohort``.

    In an archived cohort nobody does what would change something.
    """
    if cohort.is_archived and action not in LEFT_IN_ARCHIVE:
        return False
    return holds(person, action, cohort)


def holds(person: Person | None, action: str, cohort: Cohort) -> bool:
    """The same, whether the cohort is archived or not."""
    if person is None or not person.is_active:
        return False
    if person.is_owner:
        return True
    return roles_of(person.pk).get(cohort.pk) in ROLE_TABLE[action]


def can_give(person: Person | None, role: str, cohort: Cohort) -> bool:
    """Whether ``person`` may let somebody in with ``role``, or take that back.

    ``None`` is the hub's own command line.
    """
    if person is None or (person.is_owner and person.is_active):
        return True
    mine = Membership.objects.filter(person=person, cohort=cohort).values_list("role", flat=True)
    return person.is_active and role in MAY_GIVE.get(next(iter(mine), ""), NOBODY)


def can_use(person: Person | None, invitation: Invitation) -> bool:
    """Whether ``person`` may come in by an invitation; ``None`` is somebody new.

    It is open, or a place is kept for them; its maker may still give its role; and when it was
    made for an address, that is known to be theirs. Who was removed needs one that was made
    afterwards: a link for a whole class would let them in again.
    """
    if invitation.revoked_at is not None or invitation.cohort.is_archived:
        return False
    if not (invitation.is_open(timezone.now()) or _has_place(person, invitation)):
        return False
    maker = invitation.made_by
    if not invitation.by_hub and (
        maker is None or not can_give(maker, invitation.role, invitation.cohort)
    ):
        return False
    return person is None or _is_for(person, invitation)


def _has_place(person: Person | None, invitation: Invitation) -> bool:
    return person is not None and any(
        place.person_id == person.pk for place in invitation.places.all()
    )


def _is_for(person: Person, invitation: Invitation) -> bool:
    if not person.is_active:
        return False
    if invitation.email and invitation.email.lower() not in proven_addresses(person):
        return False
    removed_at = newest(audit.REMOVED, scope=invitation.cohort.readers, subject=person.pk)
    return removed_at is None or removed_at < invitation.made_at


def refuse_archived(cohort: Cohort) -> None:
    """What every write to a cohort asks first; raises ``Conflict`` when it is archived."""
    if Cohort.objects.filter(pk=cohort.pk, archived_at__isnull=False).exists():
        raise Conflict(
            "cohort-archived",
            f"“{cohort.name}” is archived: it can be read, but not changed.",
            remedy="An owner of the cohort can bring it back in its settings.",
        )
