"""What happens to credentials. The audience is the person alone: ``person:<id>``."""

from dataclasses import dataclass

from nexus.kernel.events import Event, event


@event("credentials.token_made")
@dataclass(frozen=True, slots=True)
class TokenMade(Event):
    """A person made an access token for a program; `scopes` say what it is good for."""

    person: int
    token: int
    scopes: tuple[str, ...]


@event("credentials.token_revoked")
@dataclass(frozen=True, slots=True)
class TokenRevoked(Event):
    """An access token does not work any more."""

    person: int
    token: int
