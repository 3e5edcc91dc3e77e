"""Coming in by an invitation. Whatever is wrong with one gets the same word.

A guess is written into the audit log, where it is also counted: past a number of them within
a quarter of an hour nobody is told anything any more, right or wrong.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from nexus.cohorts import audit
from nexus.cohorts.models import Invitation, Membership, Role
from nexus.cohorts.policies import can_give
from nexus.cohorts.secrets import digests_of, tidy
from nexus.cohorts.services.entering import enter
from nexus.cohorts.services.governing import lock, write_down
from nexus.kernel.audit import record_refusal, refusals, refusals_from, whence
from nexus.kernel.errors import Invalid, NexusError
from nexus.people.selectors import proven_addresses

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
        return _usable(by, secret)
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
            return _accept(by, secret)
    except InvitationRefused:
        record_refusal(audit.GUESSED, by=by, scope=_scope_of(secret))
        raise


def _accept(by: Person, secret: str) -> Membership:
    lock(_usable(by, secret).cohort)
    invitation = _usable(by, secret)  # once more: it could change until the lock was ours
    maker = invitation.made_by
    role = Role(invitation.role)
    membership = enter(invitation.cohort, by, role, how="invitation", by=maker)
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


def _usable(by: Person | None, secret: str) -> Invitation:
    found = _found(secret)
    if found is None or not _works(found, by):
        raise InvitationRefused(
            "invitation-refused",
            "This invitation does not work.",
            remedy="It may be used, too old, taken back, or meant for somebody else. "
            "Ask whoever gave it to you for a new one.",
        )
    return found


def _found(secret: str) -> Invitation | None:
    known = Invitation.objects.select_related("cohort", "made_by")
    return known.filter(digest__in=digests_of(tidy(secret))).first()


def _works(invitation: Invitation, by: Person | None) -> bool:
    """Whether it is open, its maker may still give its role, and it is for ``by``."""
    if not invitation.is_open(timezone.now()) or invitation.cohort.is_archived:
        return False
    maker = invitation.made_by
    if not invitation.by_hub and (
        maker is None or not can_give(maker, invitation.role, invitation.cohort)
    ):
        return False
    return by is None or _is_for(invitation, by)


def _is_for(invitation: Invitation, person: Person) -> bool:
    if not person.is_active:
        return False
    return not invitation.email or invitation.email.lower() in proven_addresses(person)


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
