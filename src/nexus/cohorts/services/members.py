"""Writes to who is what in a cohort. An owner always remains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.cohorts import audit
from nexus.cohorts.events import MemberLeft, RoleChanged
from nexus.cohorts.models import Cohort, Membership, Role
from nexus.cohorts.services.entering import enter
from nexus.cohorts.services.governing import (
    check_role,
    governing,
    keep_an_owner,
    membership_of,
    write_down,
)
from nexus.kernel.errors import Forbidden
from nexus.kernel.events import publish

if TYPE_CHECKING:
    from nexus.people.models import Person


def add_member(*, by: Person | None, cohort: Cohort, person: Person, role: str) -> Membership:
    """Let somebody into a cohort without their word: for the hub's owner and command line.

    All others invite. Raises ``Forbidden`` for them, ``Invalid`` for a role that there is not,
    ``Conflict`` when ``person`` is in the cohort already or it is archived.
    """
    with governing(by, cohort, "add_member") as current:
        membership = enter(current, person, check_role(role), how="added", by=by)
        write_down(audit.ADDED, by=by, cohort=current, subject=person, role=role)
        return membership


def change_role(*, by: Person | None, cohort: Cohort, person: Person, role: str) -> Membership:
    """Make a member something else.

    Raises ``Forbidden`` for anyone but an owner of the cohort or of the hub, ``NotFound``
    when ``person`` is not in the cohort, ``Conflict`` when its last owner would be none, or
    when it is archived.
    """
    with governing(by, cohort, "change_role") as current:
        wanted, membership = check_role(role), membership_of(current, person)
        if wanted == membership.role:
            return membership
        keep_an_owner(current, membership)
        _become(current, membership, wanted, by=by, action=audit.ROLE_CHANGED)
        return membership


def _become(
    cohort: Cohort, membership: Membership, role: Role, *, by: Person | None, action: str
) -> None:
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    changed = RoleChanged(
        cohort=cohort.pk, person=membership.person_id, before=before, after=str(role)
    )
    publish(changed, audience=cohort.audience)
    person = membership.person
    write_down(action, by=by, cohort=cohort, subject=person, before=before, after=str(role))


def remove_member(*, by: Person | None, cohort: Cohort, person: Person) -> None:
    """Remove somebody from a cohort. What they published stays.

    Raises ``Forbidden`` for anyone but an owner of the cohort or of the hub, ``NotFound``
    when ``person`` is not in the cohort, ``Conflict`` for the last owner, or when it is
    archived.
    """
    with governing(by, cohort, "remove_member") as current:
        _go(current, membership_of(current, person), by=by, was_removed=True)


def leave_cohort(*, by: Person, cohort: Cohort) -> None:
    """Leave a cohort. What they published stays.

    Raises ``NotFound`` when they are not in it, ``Conflict`` for the last owner, or when it
    is archived.
    """
    with governing(None, cohort, "leave") as current:
        _go(current, membership_of(current, by), by=by, was_removed=False)


def _go(cohort: Cohort, membership: Membership, *, by: Person | None, was_removed: bool) -> None:
    keep_an_owner(cohort, membership)
    person, role = membership.person, membership.role
    membership.delete()
    left = MemberLeft(cohort=cohort.pk, person=person.pk, was_removed=was_removed)
    publish(left, audience=cohort.audience)
    action = audit.REMOVED if was_removed else audit.LEFT
    subject = person if was_removed else None
    write_down(action, by=by, cohort=cohort, subject=subject, role=role)


def transfer_ownership(*, by: Person | None, cohort: Cohort, to: Person) -> None:
    """Hand a cohort on: ``to``, a member, becomes an owner, and ``by`` a mentor.

    The hub's owner and its command line, who own the cohort by no membership, make ``to`` an
    owner. Raises ``Forbidden`` for anyone but an owner, ``NotFound`` when ``to`` is not in
    the cohort, ``Conflict`` when it is archived.
    """
    with governing(by, cohort, "transfer") as current:
        if by is not None and by.pk == to.pk:
            raise Forbidden(
                "to-yourself", "A cohort is handed on to somebody else.", remedy="Choose a member."
            )
        heir = membership_of(current, to)
        if heir.role != Role.OWNER:
            _become(current, heir, Role.OWNER, by=by, action=audit.TRANSFERRED)
        mine = Membership.objects.filter(cohort=current, person=by, role=Role.OWNER).first()
        if mine is not None:
            _become(current, mine, Role.MENTOR, by=by, action=audit.ROLE_CHANGED)
