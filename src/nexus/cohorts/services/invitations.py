"""Inviting people: by a link, by a code that can be said, by e-mail; and taking that back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from nexus.cohorts import audit, mailing
from nexus.cohorts.events import InvitationMade, InvitationRevoked
from nexus.cohorts.models import Cohort, Invitation
from nexus.cohorts.policies import can_give
from nexus.cohorts.secrets import digest_of, new_code, new_link_secret
from nexus.cohorts.services.governing import check_role, governing, write_down
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from nexus.kernel.events import publish

if TYPE_CHECKING:
    from nexus.people.models import Person

MOST_DAYS = 90
MOST_USES = 500
#: A cohort has this many open invitations at most.
MOST_OPEN = 200
#: So many invitations by e-mail somebody makes in a day at most, revoked ones among them.
MOST_MAILS = 100
DAYS = 14


@dataclass(frozen=True, slots=True)
class Made:
    """A new invitation and its secret, which is told this once: only a digest is kept."""

    invitation: Invitation
    secret: str


def invite_by_link(
    *, by: Person | None, cohort: Cohort, role: str, uses: int = 1, days: int = DAYS
) -> Made:
    """Make an address that lets ``uses`` people in, within ``days`` days.

    Raises ``Forbidden`` for those who may not invite, or not with this role, ``Invalid`` for
    a role, number or time that cannot be, ``Conflict`` when the cohort is archived or has too
    many open invitations.
    """
    terms = _Terms(Invitation.Kind.LINK, role, uses, days)
    return _invite(by, cohort, terms, new_link_secret())


def invite_by_code(
    *, by: Person | None, cohort: Cohort, role: str, uses: int = 1, days: int = DAYS
) -> Made:
    """Make a code that can be said on the telephone or written on a board.

    Raises what ``invite_by_link`` raises.
    """
    terms = _Terms(Invitation.Kind.CODE, role, uses, days)
    return _invite(by, cohort, terms, new_code())


def invite_by_email(
    *,
    by: Person | None,
    cohort: Cohort,
    role: str,
    email: str,
    days: int = DAYS,
    address_of: Callable[[str], str] | None = None,
) -> Made:
    """Invite whoever has a mailbox; the invitation works for its address alone.

    ``address_of`` gives the whole address of an invitation by its secret; with it, a mail is
    posted in the same transaction. Raises what ``invite_by_link`` raises, and ``Invalid``
    for an address that cannot be one.
    """
    terms = _Terms(Invitation.Kind.EMAIL, role, 1, days, _check_email(email))
    with transaction.atomic():
        made = _invite(by, cohort, terms, new_link_secret())
        if address_of is not None:
            mailing.post_invitation(
                to=terms.email,
                cohort=made.invitation.cohort.name,
                role=role,
                inviter=(by.name or by.handle) if by else "",
                address=address_of(made.secret),
            )
    return made


@dataclass(frozen=True, slots=True)
class _Terms:
    kind: str
    role: str
    uses: int
    days: int
    email: str = ""


def _invite(by: Person | None, cohort: Cohort, terms: _Terms, secret: str) -> Made:
    _check_terms(terms)
    with governing(by, cohort, "invite") as current:
        _check_may_give(by, terms.role, current)
        _check_not_too_many(current)
        _check_not_too_many_mails(by, terms)
        now = timezone.now()
        invitation = Invitation.objects.create(
            cohort=current,
            kind=terms.kind,
            role=terms.role,
            digest=digest_of(secret),
            email=terms.email,
            made_by=by,
            by_hub=by is None,
            expires_at=now + timedelta(days=terms.days),
            most_uses=terms.uses,
        )
        happened = InvitationMade(
            cohort=current.pk, invitation=invitation.pk, kind=terms.kind, role=terms.role
        )
        publish(happened, audience=current.stewards)
        write_down(
            audit.INVITED,
            by=by,
            cohort=current,
            invitation=invitation.pk,
            kind=str(terms.kind),
            role=terms.role,
            uses=terms.uses,
            days=terms.days,
            email=terms.email,
        )
        return Made(invitation, secret)


def _check_terms(terms: _Terms) -> None:
    check_role(terms.role)
    if not 1 <= terms.uses <= MOST_USES:
        raise Invalid(
            "uses-invalid",
            f"An invitation cannot be for {terms.uses} people.",
            remedy=f"Let it be for 1 to {MOST_USES}.",
        )
    if not 1 <= terms.days <= MOST_DAYS:
        raise Invalid(
            "days-invalid",
            f"An invitation cannot hold for {terms.days} days.",
            remedy=f"Let it hold for 1 to {MOST_DAYS}.",
        )


def _check_email(email: str) -> str:
    tidy = email.strip()
    try:
        validate_email(tidy)
    except ValidationError as wrong:
        raise Invalid(
            "email-invalid", "This is no e-mail address.", remedy="Look at it once more."
        ) from wrong
    return tidy


def _check_may_give(by: Person | None, role: str, cohort: Cohort) -> None:
    if not can_give(by, role, cohort):
        raise Forbidden(
            "role-not-yours-to-give",
            f"You cannot let people in as {role}.",
            remedy="Ask an owner of the cohort.",
        )


def _check_not_too_many(cohort: Cohort) -> None:
    found = Invitation.objects.filter(cohort=cohort, revoked_at=None, expires_at__gt=timezone.now())
    if found.count() >= MOST_OPEN:
        raise Conflict(
            "too-many-invitations",
            f"There are {MOST_OPEN} open invitations already.",
            remedy="Revoke some, or let one be for several people.",
        )


def _check_not_too_many_mails(by: Person | None, terms: _Terms) -> None:
    """The hub writes to strangers in somebody's name: not without end."""
    if by is None or not terms.email:
        return
    late = timezone.now() - timedelta(days=1)
    if Invitation.objects.filter(made_by=by, email__gt="", made_at__gt=late).count() >= MOST_MAILS:
        raise Conflict(
            "too-many-mails",
            f"You have invited {MOST_MAILS} people by e-mail within a day.",
            remedy="Go on tomorrow, or make a link for several people and send it yourself.",
        )


def revoke_invitation(*, by: Person | None, cohort: Cohort, invitation: int) -> None:
    """Let an invitation work no more. Who came in by it stays.

    Raises ``Forbidden`` for those who could not have made it, ``NotFound`` when the cohort
    has none of this number, ``Conflict`` when it is archived.
    """
    with governing(by, cohort, "invite") as current:
        found = Invitation.objects.filter(cohort=current, pk=invitation).first()
        if found is None:
            raise NotFound(
                "invitation-unknown",
                "This cohort has no such invitation.",
                remedy="Look at its list of invitations.",
            )
        _check_may_give(by, found.role, current)
        if found.revoked_at is not None:
            return
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        revoked = InvitationRevoked(cohort=current.pk, invitation=found.pk)
        publish(revoked, audience=current.stewards)
        write_down(
            audit.REVOKED,
            by=by,
            cohort=current,
            invitation=found.pk,
            kind=found.kind,
            role=found.role,
        )
