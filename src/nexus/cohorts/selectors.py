"""Reads of cohorts, filtered by what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from nexus.cohorts.models import (
    Cohort,
    Invitation,
    JoinRequest,
    Membership,
    RequestMails,
    Role,
    Visibility,
)
from nexus.cohorts.policies import can_read, can_use, roles_of
from nexus.cohorts.roles import LEFT_IN_ARCHIVE, OPEN_TO_PEOPLE, ROLE_TABLE
from nexus.kernel.errors import NotFound
from nexus.kernel.once import rows as answered
from nexus.kernel.prepared import Prepared
from nexus.people.selectors import proven_addresses

if TYPE_CHECKING:
    from nexus.people.models import Person

#: So long somebody who asked to join finds the answer among what they asked for.
TOLD_FOR = timedelta(days=30)
_BY_SLUG = Prepared(lambda slug: Cohort.objects.filter(slug=slug))


def visible_cohorts(reader: Person | None) -> QuerySet[Cohort]:
    """The cohorts that ``reader`` may see; ``None`` is a guest."""
    if reader is None:
        return Cohort.objects.filter(visibility=Visibility.PUBLIC)
    if reader.is_owner:
        return Cohort.objects.all()
    mine = list(roles_of(reader.pk))
    return Cohort.objects.filter(Q(visibility=Visibility.PUBLIC) | Q(pk__in=mine))


def cohort_by_slug(slug: str, *, reader: Person | None) -> Cohort:
    """The cohort, if ``reader`` may see it; raises ``NotFound`` either way otherwise."""
    cohort = _BY_SLUG.first(slug)
    if cohort is None or not can_read(reader, cohort):
        raise unknown_cohort(slug)
    return cohort


def unknown_cohort(slug: str) -> NotFound:
    """The error for a cohort that there is not, or that a reader may not know of."""
    return NotFound(
        "cohort-unknown",
        f"There is no cohort “{slug}” here.",
        remedy="Check the address, or begin at the home page.",
    )


def cohort_by_id(cohort: int) -> Cohort:
    """The cohort with this key, for work that no reader asked for."""
    return Cohort.objects.get(pk=cohort)


def audiences(reader: Person | None) -> frozenset[str]:
    """What ``reader`` may see, for search and events: ``public``, ``cohort:<id>``, …

    Every cohort that they may see is named, public ones too (``Cohort.readers``).
    """
    own = () if reader is None else (f"person:{reader.pk}",)
    cohorts = visible_cohorts(reader).only("pk")
    return frozenset({"public", *own, *(cohort.readers for cohort in cohorts)})


def has_role_anywhere(person: Person, roles: Iterable[str]) -> bool:
    """Whether ``person`` is one of these in any cohort."""
    return not set(roles).isdisjoint(roles_of(person.pk).values())


def roles_in(cohort: Cohort) -> dict[int, str]:
    """Who is what in a cohort: person key → role."""
    asked = "SELECT person_id, role FROM cohorts_membership WHERE cohort_id = %s"
    return dict(answered(asked, [cohort.pk]))


def cohorts_for(person: Person, action: str) -> QuerySet[Cohort]:
    """The cohorts in which ``person`` may do ``action`` (a key of ``ROLE_TABLE``), by name."""
    found = Cohort.objects.order_by("name")
    if action not in LEFT_IN_ARCHIVE:
        found = found.filter(archived_at=None)
    if person.is_owner:
        return found
    roles = list(ROLE_TABLE[action])
    return found.filter(memberships__person=person, memberships__role__in=roles)


def role_of(person: Person | None, cohort: Cohort) -> str:
    """What a person is in a cohort; empty when they are not in it."""
    found = Membership.objects.filter(cohort=cohort, person=person).values_list("role", flat=True)
    return next(iter(found), "") if person is not None else ""


def rights_in(cohort: Cohort, reader: Person | None) -> frozenset[str]:
    """Everything that a member, or the hub's owner, may do in a cohort; one query at most.

    As if it were not archived: see ``left_of``.
    """
    if reader is None or not reader.is_active:
        return frozenset()
    if reader.is_owner:
        return frozenset(ROLE_TABLE)
    role = role_of(reader, cohort)
    return frozenset(action for action, roles in ROLE_TABLE.items() if role in roles)


def left_of(rights: frozenset[str], cohort: Cohort) -> frozenset[str]:
    """What is left of somebody's rights: in an archived cohort those to read."""
    return rights & LEFT_IN_ARCHIVE if cohort.is_archived else rights


def members_of(cohort: Cohort) -> list[Membership]:
    """Who is in a cohort, owners first, then by name; in one query."""
    found = Membership.objects.filter(cohort=cohort).select_related("person")
    rank = {role: place for place, role in enumerate(Role.values)}
    return sorted(found, key=lambda one: (rank[one.role], one.person.name.casefold(), one.pk))


def invitations_of(cohort: Cohort, *, limit: int) -> list[Invitation]:
    """The newest invitations of a cohort with who made them, open or not."""
    found = Invitation.objects.filter(cohort=cohort).select_related("made_by")
    return list(found.prefetch_related("places").order_by("-pk")[:limit])


def invitations_to(person: Person) -> list[Invitation]:
    """The invitations to addresses that are known to be a person's, as far as they work."""
    found = _addressed_to(proven_addresses(person)).exclude(cohort__memberships__person=person)
    return [one for one in found if can_use(person, one)]


def invitation_to(emails: Iterable[str]) -> Invitation | None:
    """An invitation to one of these addresses for somebody new, if one works; the oldest."""
    return next((one for one in _addressed_to(emails) if can_use(None, one)), None)


def _addressed_to(emails: Iterable[str]) -> QuerySet[Invitation]:
    found = Invitation.objects.annotate(address=Lower("email")).filter(
        kind=Invitation.Kind.EMAIL, address__in=[email.lower() for email in emails]
    )
    found = found.select_related("cohort", "made_by").prefetch_related("places")
    return found.filter(revoked_at=None).order_by("pk")


def open_requests(cohort: Cohort) -> list[JoinRequest]:
    """Who waits to be let in, the one who waits longest first."""
    found = JoinRequest.objects.filter(cohort=cohort, answer=JoinRequest.Answer.OPEN)
    return list(found.select_related("person").order_by("pk"))


def waiting_in(cohort: Cohort) -> int:
    """How many wait to be let into a cohort."""
    return JoinRequest.objects.filter(cohort=cohort, answer=JoinRequest.Answer.OPEN).count()


def waiting_for(person: Person) -> list[tuple[Cohort, int]]:
    """The cohorts in which ``person`` answers people who wait, and how many; in one query."""
    is_open = Q(requests__answer=JoinRequest.Answer.OPEN)
    found = cohorts_for(person, "answer_requests").annotate(
        waiting=Count("requests", filter=is_open, distinct=True)
    )
    return [(cohort, cohort.waiting) for cohort in found.filter(waiting__gt=0)]


def requests_of(person: Person) -> list[JoinRequest]:
    """What a person asked for and what became of it, the newest first, a line a cohort.

    What they withdrew is left out, and what they were told a month ago; and cohorts whose name
    they may not see any more.
    """
    late = timezone.now() - TOLD_FOR
    named = Q(cohort__visibility__in=list(OPEN_TO_PEOPLE["ask_to_join"]))
    named |= Q(cohort__in=visible_cohorts(person))
    found = JoinRequest.objects.filter(named, person=person).select_related("cohort")
    found = found.order_by("-pk")
    shown = found.filter(Q(answer=JoinRequest.Answer.OPEN) | Q(answered_at__gt=late))
    newest = {one.cohort_id: one for one in reversed(shown)}
    return [one for one in reversed(newest.values()) if one.answer != "withdrawn"]


def wants_request_mails(person: Person) -> bool:
    """Whether a person who lets people in wants a mail when somebody waits."""
    return not RequestMails.objects.filter(person=person, are_wanted=False).exists()


def asks_to_join(person: Person, cohort: Cohort) -> bool:
    """Whether a person waits to be let into a cohort."""
    open_ones = JoinRequest.objects.filter(answer=JoinRequest.Answer.OPEN)
    return open_ones.filter(cohort=cohort, person=person).exists()


def joinable_cohorts(reader: Person | None) -> QuerySet[Cohort]:
    """The cohorts whose name and description ``reader`` may see to ask for, by name.

    Public ones and those of members; decision 0022 says why.
    """
    if reader is None or not reader.is_active:
        return Cohort.objects.none()
    found = Cohort.objects.filter(
        visibility__in=list(OPEN_TO_PEOPLE["ask_to_join"]), archived_at=None
    )
    mine = Membership.objects.filter(person=reader).values("cohort")
    return found.exclude(pk__in=mine).order_by("name")


def names_known_to(person: Person | None, *, but: Cohort | None = None) -> list[str]:
    """The names of cohorts that somebody may see; ``None`` is the hub's command line.

    Of others there is no word: a name that is refused would tell that there is one like it.
    """
    seen = Q(pk__in=visible_cohorts(person).values("pk"))
    seen |= Q(pk__in=joinable_cohorts(person).values("pk"))
    found = Cohort.objects.filter(seen) if person else Cohort.objects.all()
    others = found.exclude(pk=but.pk) if but else found
    return list(others.values_list("name", flat=True))


def joinable_cohort(slug: str, *, reader: Person | None) -> Cohort:
    """A cohort that ``reader`` is in, sees, or may ask for; raises ``NotFound`` otherwise."""
    found = visible_cohorts(reader).filter(slug=slug).first()
    found = found or joinable_cohorts(reader).filter(slug=slug).first()
    if found is None:
        raise unknown_cohort(slug)
    return found


def moved_to(slug: str, *, reader: Person | None) -> str:
    """The present address of a cohort that had this one; empty when there is none to see."""
    found = visible_cohorts(reader).filter(former_slugs__slug=slug)
    return next(iter(found.values_list("slug", flat=True)), "")


def scope_at(slug: str) -> str:
    """Whose matter in the audit log is what somebody tries at this cohort; empty: the hub's.

    For the log alone: it tells nobody whether there is such a cohort.
    """
    found = Cohort.objects.filter(slug=slug).first() if slug else None
    return found.readers if found else ""


def cohorts_of_scopes(scopes: Iterable[str]) -> dict[str, Cohort]:
    """The cohorts that the audit log means by ``cohort:<id>``, in one query."""
    numbers = [int(scope.removeprefix("cohort:")) for scope in scopes if scope]
    return {cohort.readers: cohort for cohort in Cohort.objects.filter(pk__in=numbers)}
