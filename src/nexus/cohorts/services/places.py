"""Making an account by an invitation, where the hub takes nobody else.

A use is kept for whoever signs up, in the transaction that makes their account, so that an
invitation never makes more accounts than it has uses. It is spent when they accept. Decision
0033 says why it is not spent at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from nexus.cohorts import audit
from nexus.cohorts.models import Invitation, Place
from nexus.cohorts.selectors import invitation_to
from nexus.cohorts.services.accepting import refused, usable
from nexus.cohorts.services.governing import lock, write_down

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus.people.models import Person


@transaction.atomic
def keep_place(*, person: Person, secret: str) -> Place:
    """Keep a use of the invitation of this secret for ``person``, who has just been made.

    Raises ``InvitationRefused`` when it does not work, or was made for another address.
    """
    lock(usable(None, secret).cohort)
    invitation = usable(None, secret)  # once more: it could change until the lock was ours
    if invitation.email and invitation.email.lower() != (person.email or "").lower():
        raise refused()
    return _keep(invitation, person)


@transaction.atomic
def keep_place_of(*, person: Person, emails: Sequence[str]) -> Place:
    """The same for somebody who has no secret, but whose addresses are known to be ``emails``.

    Raises ``InvitationRefused`` when none of them was invited.
    """
    found = invitation_to(emails)
    if found is not None:
        lock(found.cohort)
        found = invitation_to(emails)
    if found is None:
        raise refused()
    return _keep(found, person)


def _keep(invitation: Invitation, person: Person) -> Place:
    place = Place.objects.create(invitation=invitation, person=person)
    write_down(
        audit.KEPT,
        by=person,
        cohort=invitation.cohort,
        invitation=invitation.pk,
        kind=invitation.kind,
        role=invitation.role,
    )
    return place
