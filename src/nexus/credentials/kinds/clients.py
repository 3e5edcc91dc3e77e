"""Access tokens of the hub's own clients: good for everything, as the session they belong to."""

from __future__ import annotations

from nexus.credentials.clients.jwts import Use, is_jwt, read
from nexus.credentials.clients.sessions import open_session
from nexus.credentials.identity import Identity, Kind
from nexus.credentials.scopes import EVERYTHING


def identity_of(secret: str, *, even_expired: bool = False) -> Identity:
    """Whose token it is; raises ``Unauthorised`` when it does not work, or not any more."""
    claims = read(secret, Use.ACCESS, even_expired=even_expired)
    person = open_session(claims).person
    return Identity(person, EVERYTHING, kind=KIND.name)


def _called(_: str) -> str:
    """Nothing: what it says of itself may be made up."""
    return "a JWT"


KIND = Kind("client", is_jwt, identity_of, called=_called)
