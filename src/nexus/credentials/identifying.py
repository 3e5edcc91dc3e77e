"""The one place that tells who stands behind a credential, and what it is good for.

A door asks ``identify`` and knows no kinds of credentials: a session of a browser, an access
token as the password of HTTP Basic (RFC 7617), as Git sends it, or as a bearer (RFC 6750).
"""

from __future__ import annotations

import base64
import binascii
import contextlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils import timezone

from nexus.credentials.audit import TOKEN_REFUSED
from nexus.credentials.scopes import EVERYTHING, allows
from nexus.credentials.selectors import token_by_secret
from nexus.credentials.services import note_use
from nexus.credentials.tokens import MARK, is_token, prefix_of
from nexus.kernel.audit import record_refusal
from nexus.kernel.errors import NexusError
from nexus.people.requests import person_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from nexus.credentials.models import AccessToken
    from nexus.people.models import Person

#: Wrong tokens from one address within the window; then none is looked at for a while. One is too
#: long to be guessed: this keeps whoever tries from wearing out the database. What has not even
#: the form of a token does not count: thirty learners in one room may all try their passwords.
MOST_WRONG = 30
WINDOW_SECONDS = 300
_LONGEST_HEADER = 2_000


class Unauthorised(NexusError):
    """A credential is wanted, or the one given is not good."""

    status = HTTPStatus.UNAUTHORIZED


class TooMany(NexusError):
    """Too many wrong credentials came from one address."""

    status = HTTPStatus.TOO_MANY_REQUESTS


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks (None: a guest), with which scopes, and whether by a token."""

    person: Person | None
    scopes: frozenset[str]
    by_token: bool = False

    def allows(self, action: str) -> bool:
        """Whether the credential is good for ``action``, a key of ``SCOPE_TABLE``."""
        return allows(self.scopes, action)


def identify(request: HttpRequest) -> Identity:
    """Who asks. A credential in ``Authorization`` goes before the session.

    Raises ``Unauthorised`` for a credential that is wrong, ended or none of the hub's, and
    ``TooMany`` after too many of them.
    """
    given = request.headers.get("Authorization", "")
    if not given:
        return Identity(person_of(request), EVERYTHING)
    secret = _secret(given)
    if not is_token(secret):
        raise Unauthorised(
            "token-wanted",
            "That is no access token of this hub; a password is not taken here.",
            remedy="Make a token on the page “Access tokens”, and give it as the password.",
        )
    return _identity(secret, f"credentials.wrong.{request.META.get('REMOTE_ADDR', '')}")


def _identity(secret: str, wrong: str) -> Identity:
    """Whose token it is; ``wrong`` is the key under which wrong ones are counted."""
    if cache.get(wrong, 0) >= MOST_WRONG:
        raise TooMany(
            "too-many-attempts",
            "Too many wrong access tokens came from your address.",
            remedy=f"Wait {WINDOW_SECONDS // 60} minutes, then check the token.",
        )
    token = _token(secret)
    if isinstance(token, Unauthorised):
        _count(wrong)
        record_refusal(TOKEN_REFUSED, by=None, details={"token": prefix_of(secret)})
        raise token
    note_use(token)
    return Identity(token.person, frozenset(token.scopes), by_token=True)


def _count(key: str) -> None:
    cache.add(key, 0, WINDOW_SECONDS)
    with contextlib.suppress(ValueError):  # its time ran out in this moment
        cache.incr(key)


def _secret(header: str) -> str:
    """The token in an ``Authorization`` header; empty when there is none to be read."""
    scheme, _, value = header[:_LONGEST_HEADER].partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        decoded = base64.b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    name, _, password = decoded.partition(":")
    # Some programs give a token as the name, and leave the password out.
    return password or (name if name.startswith(MARK) else "")


def _token(secret: str) -> AccessToken | Unauthorised:
    """The working token that is ``secret``, or why it is not accepted."""
    found = token_by_secret(secret)
    if found is None or found.revoked_at is not None or not found.person.is_active:
        return Unauthorised(
            "token-refused",
            "This access token does not work, or not any more.",
            remedy="Make a new one on the page “Access tokens”.",
        )
    if found.expires_at <= timezone.now():
        return Unauthorised(
            "token-expired",
            f"The access token “{found.name}” has expired.",
            remedy="Make a new one on the page “Access tokens”.",
        )
    return found
