"""What cohorts know of a person, and how they leave all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from nexus.cohorts.events import JoinAnswered, MemberLeft
from nexus.cohorts.models import (
    Cohort,
    Invitation,
    JoinRequest,
    Membership,
    Place,
    RequestMails,
    Role,
)
from nexus.cohorts.policies import can_read
from nexus.kernel.events import publish
from nexus.people.belonging import Belonging, Fate, Hindrance, Leaver, Row, raise_first
from nexus.people.selectors import addresses_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nexus.people.models import Person

#: Heirs that are named: a cohort may have a thousand members.
MOST_HEIRS = 5


def cohort_name(cohort: Cohort, person: Person) -> str:
    """How an export calls a cohort; of one that a person may not see any more only its number."""
    return cohort.slug if can_read(person, cohort) else f"cohort-{cohort.pk}"


def _memberships(person: Person) -> Iterator[Row]:
    for one in _memberships_of(person).select_related("cohort"):
        yield {"cohort": one.cohort.slug, "role": one.role, "since": one.since}


def _memberships_of(person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person).order_by("cohort")


def _left_without_owner(person: Person) -> Iterator[Hindrance]:
    """Cohorts with other members that this person alone owns."""
    for mine in _memberships_of(person).filter(role=Role.OWNER).select_related("cohort"):
        others = Membership.objects.filter(cohort=mine.cohort).exclude(person=person)
        if others.filter(role=Role.OWNER).exists() or not others.exists():
            continue
        heirs = others.order_by("since", "pk").values_list("person__handle", flat=True)
        yield Hindrance(
            "sole-owner",
            f"“{mine.cohort.name}” has other members, and no owner but you.",
            "Hand it on to one of them, on its page of members.",
            tuple(heirs[:MOST_HEIRS]),
        )


def _leave_all(person: Person) -> None:
    """End every membership; each cohort is locked, so that no owner goes beside the last one."""
    mine = _memberships_of(person).values("cohort")
    cohorts = list(Cohort.objects.select_for_update().filter(pk__in=mine).order_by("pk"))
    raise_first(_left_without_owner(person))
    _memberships_of(person).delete()
    for cohort in cohorts:
        left = MemberLeft(cohort=cohort.pk, person=person.pk, was_removed=False)
        publish(left, audience=cohort.audience)


def _leave_late(leaver: Leaver) -> None:
    """Somebody may have been let in in the very moment in which they left."""
    Membership.objects.filter(person=leaver.person).delete()


def _invitations(person: Person) -> Iterator[Row]:
    """Whom they invited by e-mail is in it: they wrote that address themselves."""
    made = Invitation.objects.filter(made_by=person).order_by("pk")
    for one in made.select_related("cohort"):
        yield {
            "cohort": cohort_name(one.cohort, person),
            "kind": one.kind,
            "role": one.role,
            "email": one.email,
            "made_at": one.made_at,
            "expires_at": one.expires_at,
            "most_uses": one.most_uses,
            "uses": one.uses,
            "revoked_at": one.revoked_at,
        }


def _end_invitations(person: Person) -> None:
    """What is open is revoked: nobody comes in by the word of somebody who is gone."""
    made = Invitation.objects.filter(made_by=person)
    made.filter(revoked_at=None).update(revoked_at=timezone.now())
    made.update(made_by=None)


def _invited(person: Person) -> QuerySet[Invitation]:
    same = Q()
    for address in addresses_of(person):
        same |= Q(email__iexact=address)
    found = Invitation.objects.filter(same) if same else Invitation.objects.none()
    return found.order_by("pk")


def _invitations_to(person: Person) -> Iterable[Row]:
    """Neither by whom nor where to: that is told by the invitation itself."""
    return _invited(person).values("email", "made_at", "expires_at")


def _forget_invitations_to(person: Person) -> None:
    _invited(person).delete()


def _places(person: Person) -> Iterator[Row]:
    for one in Place.objects.filter(person=person).select_related("invitation__cohort"):
        cohort = cohort_name(one.invitation.cohort, person)
        yield {"cohort": cohort, "role": one.invitation.role, "kept_at": one.kept_at}


def _forget_places(person: Person) -> None:
    Place.objects.filter(person=person).delete()


def _request_mails(person: Person) -> Iterable[Row]:
    return RequestMails.objects.filter(person=person).values("are_wanted", "posted_at")


def _forget_request_mails(person: Person) -> None:
    RequestMails.objects.filter(person=person).delete()


def _requests(person: Person) -> Iterator[Row]:
    asked = JoinRequest.objects.filter(person=person).order_by("pk")
    for one in asked.select_related("cohort"):
        yield {
            "cohort": cohort_name(one.cohort, person),
            "message": one.message,
            "asked_at": one.asked_at,
            "answer": one.answer,
            "answered_at": one.answered_at,
        }


def _forget_requests(person: Person) -> None:
    asked = JoinRequest.objects.filter(person=person)
    for one in asked.filter(answer="").select_related("cohort"):
        withdrawn = JoinAnswered(
            cohort=one.cohort_id, request=one.pk, person=person.pk, answer="withdrawn"
        )
        publish(withdrawn, audience=one.cohort.stewards)
    asked.delete()


def _answers(person: Person) -> Iterator[Row]:
    """Not whom they answered: that is the other's."""
    answered = JoinRequest.objects.filter(answered_by=person).exclude(person=person)
    for one in answered.order_by("pk").select_related("cohort"):
        yield {
            "cohort": cohort_name(one.cohort, person),
            "answer": one.answer,
            "answered_at": one.answered_at,
        }


def _forget_answers(person: Person) -> None:
    JoinRequest.objects.filter(answered_by=person).update(answered_by=None)


BELONGINGS = (
    Belonging(
        what="cohorts.Membership.person",
        section="memberships",
        rows=_memberships,
        fate=Fate.ERASED,
        becomes="Ended at once. Whoever is the only owner of a cohort with other members hands it "
        "on first; one without other members is left to whoever runs the hub.",
        hindrances=_left_without_owner,
        at_once=_leave_all,
        afterwards=_leave_late,
    ),
    Belonging(
        what="cohorts.Invitation.made_by",
        section="invitations",
        rows=_invitations,
        fate=Fate.NAMELESS,
        becomes="Revoked at once, and no longer said to be theirs.",
        at_once=_end_invitations,
    ),
    Belonging(
        what="cohorts.Invitation",
        section="invitations_received",
        rows=_invitations_to,
        fate=Fate.ERASED,
        becomes="Those sent to an address of theirs are erased at once.",
        at_once=_forget_invitations_to,
    ),
    Belonging(
        what="cohorts.Place.person",
        section="places",
        rows=_places,
        fate=Fate.ERASED,
        becomes="Given up at once.",
        at_once=_forget_places,
    ),
    Belonging(
        what="cohorts.RequestMails.person",
        section="mails_about_requests",
        rows=_request_mails,
        fate=Fate.ERASED,
        becomes="Erased at once: no more of them are sent.",
        at_once=_forget_request_mails,
    ),
    Belonging(
        what="cohorts.JoinRequest.person",
        section="requests",
        rows=_requests,
        fate=Fate.ERASED,
        becomes="Withdrawn and erased at once.",
        at_once=_forget_requests,
    ),
    Belonging(
        what="cohorts.JoinRequest.answered_by",
        section="answers",
        rows=_answers,
        fate=Fate.NAMELESS,
        becomes="The answer stays, and no longer says who gave it.",
        at_once=_forget_answers,
    ),
)
