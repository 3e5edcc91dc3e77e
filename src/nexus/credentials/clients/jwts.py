"""How the tokens of the hub's own clients are written and read.

A token is read as RFC 8725 (best current practice) asks: one algorithm, by a key of the hub's,
with a type that says what it is for, for this hub and this use; nothing else in its header.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

import jwt
from django.conf import settings
from django.utils import timezone

from nexus.credentials.clients.keys import key_called, signing_key
from nexus.credentials.identity import Expired, Unauthorised

ALGORITHM = "EdDSA"
#: What a JWT looks like, without a signature too: an attempt with none is to be noticed.
_FORM = re.compile(r"eyJ[A-Za-z0-9_-]{2,1500}\.[A-Za-z0-9_-]{2,1500}\.[A-Za-z0-9_-]{0,1500}")
_LONGEST = 3_000
_HEADER = {"alg", "kid", "typ"}
_CLAIMS = ["iss", "aud", "exp", "iat", "sub", "sid", "jti"]


class Use(Enum):
    """What a token is for: the type in its header, and how long it works."""

    ACCESS = ("at+jwt", timedelta(minutes=5))  # the type that RFC 9068 gives it
    REFRESH = ("nexus-refresh+jwt", timedelta(days=30))

    @property
    def type(self) -> str:
        """What its header says that it is."""
        return self.value[0]

    @property
    def lifetime(self) -> timedelta:
        """How long it works."""
        return self.value[1]

    @property
    def audience(self) -> str:
        """Where it is to be shown: one kind is never good for the other's."""
        return f"{issuer()}#{self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Claims:
    """Whose a token is, of which session, and its own number."""

    person: int
    session: int
    number: str


def issuer() -> str:
    """How the hub is called in its tokens."""
    return settings.PUBLIC_URL or "urn:nexus:hub"


def new_number() -> str:
    """A number that no other token has."""
    return secrets.token_urlsafe(16)


def is_jwt(text: str) -> bool:
    """Whether ``text`` looks like a JWT, whoever made it."""
    return len(text) <= _LONGEST and _FORM.fullmatch(text) is not None


def written(claims: Claims, use: Use) -> str:
    """A token that says ``claims`` and works from now on."""
    now = timezone.now()
    payload = {
        "iss": issuer(),
        "aud": use.audience,
        "iat": now,
        "exp": now + use.lifetime,
        "sub": str(claims.person),
        "sid": str(claims.session),
        "jti": claims.number,
    }
    key = signing_key()
    headers = {"kid": key.name, "typ": use.type}
    return jwt.encode(payload, key.private, algorithm=ALGORITHM, headers=headers)


def read(text: str, use: Use, *, even_expired: bool = False) -> Claims:
    """What a token of ours says.

    Raises ``Expired`` when its time is over and that was not let pass, ``Unauthorised`` when it is
    not ours, not for this use, or was changed.
    """
    if not is_jwt(text):
        raise refused()
    try:
        payload = _verified(text, use, even_expired=even_expired)
    except jwt.ExpiredSignatureError as error:
        raise Expired(
            "token-expired",
            "This token has expired.",
            remedy="Get a new access token with the refresh token, or sign in again.",
        ) from error
    except jwt.PyJWTError as error:
        raise refused() from error
    return Claims(int(payload["sub"]), int(payload["sid"]), payload["jti"])


def _verified(text: str, use: Use, *, even_expired: bool) -> dict[str, Any]:
    header = jwt.get_unverified_header(text)
    key = key_called(header.get("kid"))
    if key is None or set(header) != _HEADER or header["typ"] != use.type:
        raise jwt.InvalidTokenError
    found: dict[str, Any] = jwt.decode(
        text,
        key.public,
        algorithms=[ALGORITHM],
        issuer=issuer(),
        audience=use.audience,
        # Clocks of several hosts differ a little, so when it was made is not judged.
        options={
            "require": _CLAIMS,
            "strict_aud": True,
            "verify_iat": False,
            "verify_exp": not even_expired,
        },
    )
    return found


def refused() -> Unauthorised:
    """What is said of every token that is not accepted: why is for nobody who made it up."""
    return Unauthorised(
        "token-refused",
        "This token does not work, or not any more.",
        remedy="Sign in again.",
    )
