"""What happens when accounts are looked after. The audience is the person: ``person:<id>``."""

from dataclasses import dataclass

from nexus.kernel.events import Event, event


@event("people.person_suspended")
@dataclass(frozen=True, slots=True)
class PersonSuspended(Event):
    """An account opens nothing until it is restored; its sessions have ended."""

    person: int


@event("people.person_restored")
@dataclass(frozen=True, slots=True)
class PersonRestored(Event):
    """An account that was suspended opens what it opened before."""

    person: int


@event("people.lock_out_ended")
@dataclass(frozen=True, slots=True)
class LockOutEnded(Event):
    """Passwords for an account are looked at again before the time of its lock-out is over."""

    person: int


@event("people.sign_in_link_mailed")
@dataclass(frozen=True, slots=True)
class SignInLinkMailed(Event):
    """A one-time link was mailed to a person by whoever runs the hub."""

    person: int
