"""What happens to people."""

from dataclasses import dataclass

from nexus.kernel.events import Event, event


@event("people.person_added")
@dataclass(frozen=True, slots=True)
class PersonAdded(Event):
    """A person got an account, or a page because a repository of theirs was added."""

    person: int
    handle: str


@event("people.signed_in")
@dataclass(frozen=True, slots=True)
class SignedIn(Event):
    """A person used a sign-in link."""

    person: int
