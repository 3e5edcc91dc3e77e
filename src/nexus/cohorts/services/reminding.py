"""Mails to those who let people in, when somebody waits: one a day at most."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from nexus.cohorts import mailing
from nexus.cohorts.models import JoinRequest, Membership, RequestMails
from nexus.cohorts.roles import ROLE_TABLE
from nexus.cohorts.selectors import waiting_for
from nexus.people.selectors import people_by_id

if TYPE_CHECKING:
    from nexus.people.models import Person

PAUSE = timedelta(days=1)


def want_request_mails(*, by: Person, wanted: bool) -> None:
    """Say whether ``by`` gets mails when somebody waits to be let in by them."""
    RequestMails.objects.update_or_create(person=by, defaults={"are_wanted": wanted})


def tell_of_requests() -> int:
    """Post a mail to everybody for whom somebody new waits; returns how many.

    The hub's owner, who may answer everywhere, gets mails for the cohorts that they are in.
    """
    now = timezone.now()
    return sum(_tell(person, now) for person in people_by_id(_with_news()).values())


def _with_news() -> Iterator[int]:
    """Who runs a cohort in which somebody began to wait after their last mail."""
    asked = JoinRequest.objects.filter(
        answer=JoinRequest.Answer.OPEN,
        cohort__archived_at=None,
        cohort__memberships__role__in=list(ROLE_TABLE["answer_requests"]),
    )
    newest: dict[int, datetime] = {}
    rows = asked.order_by("asked_at").values_list("cohort__memberships__person", "asked_at")
    newest.update(rows)
    told = dict(RequestMails.objects.filter(person__in=newest).values_list("person", "posted_at"))
    for person, at in newest.items():
        before = told.get(person)
        if before is None or before < at:
            yield person


def _tell(person: Person, now: datetime) -> bool:
    """Post the mail, unless it is too early, unwanted, or another process was faster."""
    if not person.is_active:
        return False
    with transaction.atomic():
        RequestMails.objects.get_or_create(person=person)
        due = Q(posted_at=None) | Q(posted_at__lte=now - PAUSE)
        mine = RequestMails.objects.filter(due, person=person, are_wanted=True)
        if not mine.update(posted_at=now):
            return False
        roles = list(ROLE_TABLE["answer_requests"])
        theirs = Membership.objects.filter(person=person, role__in=roles).values("cohort")
        cohorts = set(theirs.values_list("cohort", flat=True))
        waiting = [(one, number) for one, number in waiting_for(person) if one.pk in cohorts]
        mailing.post_waiting(to=person, waiting=waiting)
    return True
