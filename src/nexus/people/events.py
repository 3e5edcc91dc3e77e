"""What happens to people.

All but those of people who come, go and change are for the person alone: their audience is
``person:<id>``, or ``owner``, who runs the hub, when nobody is known by what was typed.
"""

from dataclasses import dataclass

from nexus.kernel.events import Event, event


@event("people.person_added")
@dataclass(frozen=True, slots=True)
class PersonAdded(Event):
    """A person got an account, or a page because a repository of theirs was added."""

    person: int
    handle: str


@event("people.person_changed")
@dataclass(frozen=True, slots=True)
class PersonChanged(Event):
    """A person's page says something else.

    `changed` says what: `name`, `profile`, `pins`. What of a profile it was is not told, as some
    of it is not for everybody.
    """

    person: int
    changed: tuple[str, ...]


@event("people.signed_up")
@dataclass(frozen=True, slots=True)
class SignedUp(Event):
    """A person made an account of their own, with an e-mail address that is yet to be verified."""

    person: int


@event("people.sign_up_forgotten")
@dataclass(frozen=True, slots=True)
class SignUpForgotten(Event):
    """Nobody verified the address of an account within a week: it is gone, its handle is free."""

    person: int
    handle: str


@event("people.email_verified")
@dataclass(frozen=True, slots=True)
class EmailVerified(Event):
    """A person showed that their mailbox is theirs; it is the account's address from now on."""

    person: int


@event("people.signed_in")
@dataclass(frozen=True, slots=True)
class SignedIn(Event):
    """A session was opened.

    `how` names each step: `link`, `password`, `passkey`, `code`, or who vouched (`github` …).
    `address` is the network address it came from.
    """

    person: int
    how: tuple[str, ...]
    address: str


@event("people.sign_in_failed")
@dataclass(frozen=True, slots=True)
class SignInFailed(Event):
    """Something wrong was given where a password, a code or a passkey was asked for.

    `person` is 0 when nobody is known by what was typed. `how` is what was wrong.
    """

    person: int
    how: str
    address: str


@event("people.locked_out")
@dataclass(frozen=True, slots=True)
class LockedOut(Event):
    """Too many attempts failed: passwords for this account are not looked at for a while."""

    person: int
    address: str


@event("people.password_changed")
@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """A person has another password; `how` is `changed` or `reset`. Other sessions have ended."""

    person: int
    how: str


@event("people.factor_added")
@dataclass(frozen=True, slots=True)
class FactorAdded(Event):
    """There is one more way to show who one is.

    `factor` is `totp`, `webauthn`, `recovery_codes`, or an account elsewhere: `github` ….
    """

    person: int
    factor: str


@event("people.factor_removed")
@dataclass(frozen=True, slots=True)
class FactorRemoved(Event):
    """One way to show who one is was taken away; `factor` is as in `people.factor_added`."""

    person: int
    factor: str


@event("people.session_ended")
@dataclass(frozen=True, slots=True)
class SessionEnded(Event):
    """A session was ended; `why` is `signed-out`, `revoked`, `password` or `replayed`.

    The last: somebody showed a token of a client that had been used up, so there is a copy of it.
    """

    person: int
    why: str


#: These change no page: whoever makes them happen, as anybody can, outdates nothing by it.
UNSEEN = tuple(
    kind.type
    for kind in (
        *(SignedUp, EmailVerified, SignedIn, SignInFailed, LockedOut),
        *(PasswordChanged, FactorAdded, FactorRemoved, SessionEnded),
    )
)
