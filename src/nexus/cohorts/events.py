"""What happens to cohorts, and who comes and goes.

What is said of members is for those who see the cohort. Invitations and requests are the
business of those who let people in: their audience is ``cohort:<id>:stewards``.
"""

from dataclasses import dataclass

from nexus.kernel.events import Event, event


@event("cohorts.cohort_created")
@dataclass(frozen=True, slots=True)
class CohortCreated(Event):
    """A cohort was made."""

    cohort: int
    slug: str


@event("cohorts.cohort_changed")
@dataclass(frozen=True, slots=True)
class CohortChanged(Event):
    """A cohort is not what it was; ``changed`` names its fields: ``visibility``, ``slug`` …"""

    cohort: int
    changed: tuple[str, ...]


@event("cohorts.cohort_archived")
@dataclass(frozen=True, slots=True)
class CohortArchived(Event):
    """A cohort can be read, but not changed from now on."""

    cohort: int


@event("cohorts.cohort_restored")
@dataclass(frozen=True, slots=True)
class CohortRestored(Event):
    """An archived cohort was brought back."""

    cohort: int


@event("cohorts.member_joined")
@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    """A person is in a cohort; ``how`` is `created`, `invitation`, `request` or `added`."""

    cohort: int
    person: int
    role: str
    how: str


@event("cohorts.role_changed")
@dataclass(frozen=True, slots=True)
class RoleChanged(Event):
    """A person is something else in a cohort than before."""

    cohort: int
    person: int
    before: str
    after: str


@event("cohorts.member_left")
@dataclass(frozen=True, slots=True)
class MemberLeft(Event):
    """A person is in a cohort no more; ``was_removed`` tells whether others decided it."""

    cohort: int
    person: int
    was_removed: bool


@event("cohorts.invitation_made")
@dataclass(frozen=True, slots=True)
class InvitationMade(Event):
    """There is a way into a cohort; ``kind`` is `link`, `code` or `email`."""

    cohort: int
    invitation: int
    kind: str
    role: str


@event("cohorts.invitation_revoked")
@dataclass(frozen=True, slots=True)
class InvitationRevoked(Event):
    """An invitation works no more."""

    cohort: int
    invitation: int


@event("cohorts.join_requested")
@dataclass(frozen=True, slots=True)
class JoinRequested(Event):
    """Somebody asks to be let into a cohort."""

    cohort: int
    request: int
    person: int


@event("cohorts.join_answered")
@dataclass(frozen=True, slots=True)
class JoinAnswered(Event):
    """A request came to an end; ``answer`` is `accepted`, `declined` or `withdrawn`."""

    cohort: int
    request: int
    person: int
    answer: str
