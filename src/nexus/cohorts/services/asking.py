"""Asking to be let into a cohort, and answering that."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nexus.cohorts import audit, mailing
from nexus.cohorts.events import JoinRequested
from nexus.cohorts.models import Cohort, JoinRequest, Membership, Role
from nexus.cohorts.policies import can_ask_to_join, can_give, refuse_archived
from nexus.cohorts.selectors import unknown_cohort
from nexus.cohorts.services.entering import answer, enter
from nexus.cohorts.services.governing import check_role, governing, lock, write_down
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from nexus.kernel.events import publish

if TYPE_CHECKING:
    from nexus.people.models import Person

LONGEST_MESSAGE = 1000
#: Who was declined asks again after this time.
PATIENCE = timedelta(days=7)


@transaction.atomic
def ask_to_join(*, by: Person, cohort: Cohort, message: str = "") -> JoinRequest:
    """Ask to be let into a cohort.

    Raises ``NotFound`` when ``by`` may not know of it, ``Invalid`` for a message that is too
    long, ``Conflict`` when they are in it, ask already, were declined of late, or when it is
    archived.
    """
    current = lock(cohort)
    _check_may_ask(by, current)
    if len(message) > LONGEST_MESSAGE:
        raise Invalid(
            "message-too-long", "The message is too long.", remedy="Use at most 1,000 letters."
        )
    request = JoinRequest.objects.create(cohort=current, person=by, message=message.strip())
    asked = JoinRequested(cohort=current.pk, request=request.pk, person=by.pk)
    publish(asked, audience=current.stewards)
    write_down(audit.ASKED, by=by, cohort=current, request=request.pk)
    return request


def _check_may_ask(by: Person, cohort: Cohort) -> None:
    if Membership.objects.filter(cohort=cohort, person=by).exists():
        raise Conflict("already-member", "You are in this cohort already.")
    if not can_ask_to_join(by, cohort):
        if cohort.is_archived and cohort.visibility == "public":
            refuse_archived(cohort)
        raise unknown_cohort(cohort.slug)
    mine = JoinRequest.objects.filter(cohort=cohort, person=by)
    if mine.filter(answer=JoinRequest.Answer.OPEN).exists():
        raise Conflict("asked-already", "You have asked already.", remedy="Wait for the answer.")
    late = timezone.now() - PATIENCE
    if mine.filter(answer=JoinRequest.Answer.DECLINED, answered_at__gt=late).exists():
        raise Conflict(
            "declined-of-late",
            "You were declined not long ago.",
            remedy="Speak with an owner of the cohort, or ask again in a week.",
        )


@transaction.atomic
def withdraw_request(*, by: Person, cohort: Cohort) -> None:
    """Ask no longer. Raises ``NotFound`` when they do not ask."""
    current = lock(cohort)
    request = JoinRequest.objects.filter(cohort=current, person=by, answer="").first()
    if request is None:
        raise no_such_request()
    refuse_archived(current)
    answer(request, JoinRequest.Answer.WITHDRAWN, by=by)
    write_down(audit.WITHDRAWN, by=by, cohort=current, request=request.pk)


def accept_request(
    *, by: Person | None, cohort: Cohort, request: int, role: str = Role.MEMBER
) -> Membership:
    """Let in somebody who asked; they get a mail.

    Raises ``Forbidden`` for those who may not, or not with this role, ``NotFound`` when the
    cohort has no open request of this number, ``Conflict`` when they are in it already or it
    is archived.
    """
    with governing(by, cohort, "answer_requests") as current:
        asked = _open_request(current, request)
        if not can_give(by, check_role(role), current):
            raise Forbidden("role-not-yours-to-give", f"You cannot let people in as {role}.")
        membership = enter(current, asked.person, Role(role), how="request", by=by)
        write_down(
            audit.ACCEPTED,
            by=by,
            cohort=current,
            subject=asked.person,
            request=asked.pk,
            role=str(role),
        )
        mailing.post_let_in(to=asked.person, cohort=current, role=str(role))
        return membership


def decline_request(*, by: Person | None, cohort: Cohort, request: int) -> None:
    """Do not let in somebody who asked; they get a mail.

    Raises ``Forbidden`` for those who may not, ``NotFound`` when the cohort has no open
    request of this number, ``Conflict`` when it is archived.
    """
    with governing(by, cohort, "answer_requests") as current:
        asked = _open_request(current, request)
        answer(asked, JoinRequest.Answer.DECLINED, by=by)
        write_down(audit.DECLINED, by=by, cohort=current, subject=asked.person, request=asked.pk)
        mailing.post_declined(to=asked.person, cohort=current, days=PATIENCE.days)


def _open_request(cohort: Cohort, request: int) -> JoinRequest:
    found = JoinRequest.objects.filter(cohort=cohort, pk=request, answer="")
    asked = found.select_related("person").first()
    if asked is None:
        raise no_such_request()
    return asked


def no_such_request() -> NotFound:
    """The error for a request that there is not, or that was answered."""
    return NotFound(
        "request-unknown",
        "Nobody waits for this answer.",
        remedy="It may have been given already; look at the list of requests.",
    )
