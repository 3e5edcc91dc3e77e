"""Becoming a member, in whatever way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from nexus.cohorts.events import JoinAnswered, MemberJoined
from nexus.cohorts.models import Cohort, JoinRequest, Membership, Role
from nexus.kernel.errors import Conflict
from nexus.kernel.events import publish

if TYPE_CHECKING:
    from nexus.people.models import Person


def enter(cohort: Cohort, person: Person, role: Role, *, how: str, by: Person | None) -> Membership:
    """Make ``person`` a member of a locked cohort; ``by`` let them in.

    If they had asked, that is answered. Raises ``Conflict`` when they are a member already.
    """
    known = Membership.objects.filter(cohort=cohort, person=person).first()
    if known is not None:
        raise Conflict(
            "already-member",
            f"{person.name or person.handle} is in “{cohort.name}” already, as {known.role}.",
            remedy="An owner of the cohort can change what somebody is in it.",
        )
    membership = Membership.objects.create(cohort=cohort, person=person, role=role)
    joined = MemberJoined(cohort=cohort.pk, person=person.pk, role=role, how=how)
    publish(joined, audience=cohort.audience)
    for asked in JoinRequest.objects.filter(cohort=cohort, person=person, answer=""):
        answer(asked, JoinRequest.Answer.ACCEPTED, by=by)
    return membership


def answer(request: JoinRequest, word: JoinRequest.Answer, *, by: Person | None) -> None:
    """End a request with a word."""
    request.answer, request.answered_at, request.answered_by = word, timezone.now(), by
    request.save(update_fields=["answer", "answered_at", "answered_by"])
    answered = JoinAnswered(
        cohort=request.cohort_id, request=request.pk, person=request.person_id, answer=word
    )
    publish(answered, audience=request.cohort.stewards)
