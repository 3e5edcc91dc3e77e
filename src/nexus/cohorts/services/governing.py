"""What every write to a cohort has in common: one transaction, the cohort's row, one check.

Whoever changes who is what holds the cohort's row meanwhile, and the right to do it is looked
up under that lock. So of two owners who demote each other at once, the second is no owner any
more when their turn comes, and an owner always remains.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction

from nexus.cohorts import audit
from nexus.cohorts.models import Cohort, Membership, Role
from nexus.cohorts.policies import holds, refuse_archived
from nexus.cohorts.roles import LEFT_IN_ARCHIVE, ROLE_TABLE
from nexus.kernel.audit import record, record_refusal
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NexusError, NotFound

if TYPE_CHECKING:
    from nexus.people.models import Person


@contextmanager
def governing(by: Person | None, cohort: Cohort, action: str) -> Iterator[Cohort]:
    """A transaction in which ``by`` does ``action`` (a key of ``ROLE_TABLE``) to ``cohort``.

    Gives the cohort as it is now, locked. Raises ``Forbidden`` when it is not theirs to do, and
    ``Conflict`` when the cohort is archived. ``None`` is the hub's own command line. What is not
    theirs stands in the audit log, and so does a number that is none of this cohort's: it may be
    another's.
    """
    try:
        with transaction.atomic():
            locked = lock(cohort)
            if by is not None and not holds(by, action, locked):
                raise not_yours(action)
            if action not in LEFT_IN_ARCHIVE:
                refuse_archived(locked)
            yield locked
    except (Forbidden, NotFound) as refused:
        if by is not None:
            tell_of_refusal(refused, by=by, cohort=cohort, action=action)
        raise


def tell_of_refusal(refused: NexusError, *, by: Person, cohort: Cohort, action: str) -> None:
    """Into the audit log of ``cohort``: ``by`` tried to do ``action`` there."""
    details = {"what": action, "why": refused.code}
    record_refusal(audit.FORBIDDEN, by=by, scope=cohort.readers, details=details)


def lock(cohort: Cohort) -> Cohort:
    """The cohort as it is now; nobody else changes it or its members until we are done."""
    return Cohort.objects.select_for_update().get(pk=cohort.pk)


def not_yours(action: str) -> Forbidden:
    """The error for what somebody's role does not let them do."""
    roles = [role.label for role in Role if role in ROLE_TABLE[action]]
    who = f"{', '.join(f'{role}s' for role in roles)} of the cohort" if roles else "others"
    return Forbidden(
        "not-your-role", f"Only {who} may do this.", remedy="Ask an owner of the cohort."
    )


def write_down(
    action: str,
    *,
    by: Person | None,
    cohort: Cohort,
    subject: Person | None = None,
    **details: Any,
) -> None:
    """Into the audit log, as a matter of the cohort."""
    record(action, by=by, scope=cohort.readers, subject=subject, details=details)


def membership_of(cohort: Cohort, person: Person) -> Membership:
    """What a person is in a cohort; raises ``NotFound`` when they are not in it."""
    found = Membership.objects.filter(cohort=cohort, person=person).first()
    if found is None:
        raise NotFound(
            "not-in-cohort",
            f"{person.name or person.handle} is not in this cohort.",
            remedy="Look at its list of members.",
        )
    return found


def keep_an_owner(cohort: Cohort, leaving: Membership) -> None:
    """Raise ``Conflict`` when ``leaving`` is the last owner; the cohort must be locked."""
    if leaving.role != Role.OWNER:
        return
    others = Membership.objects.filter(cohort=cohort, role=Role.OWNER).exclude(pk=leaving.pk)
    if not others.exists():
        raise Conflict(
            "last-owner",
            "A cohort always has an owner, and this is the last one.",
            remedy="Make somebody else an owner first.",
        )


def check_role(role: str) -> Role:
    """``role`` as a role; raises ``Invalid`` for one that there is not."""
    if role not in Role.values:
        raise Invalid(
            "role-unknown",
            f"Nobody can be “{role}” in a cohort.",
            remedy=f"Choose one of: {', '.join(Role.values)}.",
        )
    return Role(role)
