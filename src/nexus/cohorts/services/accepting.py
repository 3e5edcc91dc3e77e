"""Coming in by an invitation. Whatever is wrong with one gets the same word.

A guess is written into the audit log, where it is also counted: past a number of them within
a quarter of an hour nobody is told anything any more, right or wrong.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from nexus.cohorts import audit
from nexus.cohorts.models import Invitation, Membership, Place, Role
from nexus.cohorts.policies import can_use
from nexus.cohorts.secrets import digests_of, tidy
from nexus.cohorts.selectors import invitations_to
from nexus.cohorts.services.entering import enter
from nexus.cohorts.services.governing import lock, write_down
from nexus.kernel.audit import record_refusal, refusals, refusals_from, whence
from nexus.kernel.errors import Invalid, NexusError

if TYPE_CHECKING:
    from nexus.people.models import Person

#: Within ``kernel.audit.WINDOW``. An address may be that of a whole school.
MOST_GUESSES_OF_PERSON = 10
MOST_GUESSES_OF_ADDRESS = 50


class Slow(NexusError):
    """Too much was tried in too short a time."""

    status = HTTPStatus.TOO_MANY_REQUESTS


class InvitationRefused(Invalid):
    """An invitation that does not work, whatever the reason."""


def look_at_invitation(*, by: Person | None, secret: str) -> Invitation:
    """The invitation of this secret, with its cohort and maker; nothing is used up.

    ``by`` is who looks, ``None`` a visitor, who is told by a door what to do first. Raises
    ``InvitationRefused`` when it does not work, or not for them; ``Slow`` after too many
    guesses.
    """
    _refuse_guessers(by)
    try:
        return usable(by, secret)
    except InvitationRefused:
        record_refusal(audit.GUESSED, by=by, scope=_scope_of(secret))
        raise


def accept_invitation(*, by: Person, secret: str) -> Membership:
    """Come into a cohort by an invitation; one use of it is spent.

    Raises what ``look_at_invitation`` raises, and ``Conflict`` when ``by`` is in the cohort
    already: then nothing is spent.
    """
    _refuse_guessers(by)
    try:
        with transaction.atomic():
            lock(usable(by, secret).cohort)
            # once more: it could change until the lock was ours
            return _enter_by(usable(by, secret), by)
    except InvitationRefused:
        record_refusal(audit.GUESSED, by=by, scope=_scope_of(secret))
        raise


def accept_addressed(*, by: Person, invitation: int) -> Membership:
    """Come in by an invitation to an address that is known to be ``by``'s, without its secret.

    Raises ``InvitationRefused`` when there is none of this number for them, and ``Conflict``
    when they are in the cohort already.
    """
    try:
        with transaction.atomic():
            lock(_addressed(by, invitation).cohort)
            return _enter_by(_addressed(by, invitation), by)
    except InvitationRefused:
        whose = Invitation.objects.select_related("cohort").filter(pk=invitation).first()
        record_refusal(audit.GUESSED, by=by, scope=whose.cohort.readers if whose else "")
        raise


def _addressed(by: Person, invitation: int) -> Invitation:
    found = next((one for one in invitations_to(by) if one.pk == invitation), None)
    if found is None:
        raise refused()
    return found


def _enter_by(invitation: Invitation, by: Person) -> Membership:
    maker = invitation.made_by
    role = Role(invitation.role)
    membership = enter(invitation.cohort, by, role, how="invitation", by=maker)
    Place.objects.filter(invitation=invitation, person=by).delete()
    Invitation.objects.filter(pk=invitation.pk).update(uses=F("uses") + 1)
    write_down(
        audit.JOINED,
        by=by,
        cohort=invitation.cohort,
        invitation=invitation.pk,
        invited_by=maker.handle if maker else "",
        kind=invitation.kind,
        role=invitation.role,
    )
    return membership


def usable(by: Person | None, secret: str) -> Invitation:
    """The invitation of this secret; raises ``InvitationRefused`` when ``by`` cannot use it."""
    found = _found(secret)
    if found is None or not can_use(by, found):
        raise refused()
    return found


def refused() -> InvitationRefused:
    """The one error for whatever is wrong with an invitation."""
    return InvitationRefused(
        "invitation-refused",
        "This invitation does not work.",
        remedy="It may be used, too old, taken back, or meant for somebody else. "
        "Ask whoever gave it to you for a new one.",
    )


def _found(secret: str) -> Invitation | None:
    known = Invitation.objects.select_related("cohort", "made_by")
    return known.filter(digest__in=digests_of(tidy(secret))).first()


def _scope_of(secret: str) -> str:
    """Whose matter a refusal is: the cohort's, when it was an invitation of one once."""
    found = _found(secret)
    return found.cohort.readers if found else ""


def _refuse_guessers(by: Person | None) -> None:
    address = whence().address
    by_person = refusals(audit.GUESSED, by=by) if by is not None else 0
    from_address = refusals_from(audit.GUESSED, address) if address else 0
    if by_person >= MOST_GUESSES_OF_PERSON or from_address >= MOST_GUESSES_OF_ADDRESS:
        raise Slow(
            "too-many-guesses",
            "Too many invitations that do not work were tried.",
            remedy="Wait a quarter of an hour, then try again.",
        )
