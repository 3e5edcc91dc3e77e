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


@event("credentials.app_registered")
@dataclass(frozen=True, slots=True)
class AppRegistered(Event):
    """A person registered an app, which may ask people for `scopes`."""

    person: int
    app: str
    scopes: tuple[str, ...]


@event("credentials.app_secret_changed")
@dataclass(frozen=True, slots=True)
class AppSecretChanged(Event):
    """An app has another secret; the one before does not work any more."""

    person: int
    app: str


@event("credentials.app_deleted")
@dataclass(frozen=True, slots=True)
class AppDeleted(Event):
    """An app is gone, with every token it had."""

    person: int
    app: str


@event("credentials.app_let_in")
@dataclass(frozen=True, slots=True)
class AppLetIn(Event):
    """A person let an app in, for `scopes`; `how` is `code`, `device` or `own`."""

    person: int
    app: str
    grant: int
    how: str
    scopes: tuple[str, ...]


@event("credentials.app_grant_ended")
@dataclass(frozen=True, slots=True)
class AppGrantEnded(Event):
    """What a person let an app do ended: taken back by the `person` or the `app`, or `replayed`."""

    person: int
    app: str
    grant: int
    why: str


#: These change no page that is shown to anybody but the person, for whom it is drawn each time.
UNSEEN = tuple(
    kind.type for kind in (TokenMade, TokenRevoked, AppSecretChanged, AppLetIn, AppGrantEnded)
)
