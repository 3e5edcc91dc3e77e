"""The one place that tells who stands behind a credential, and what it is good for.

A door asks ``identify`` and knows no kinds of credentials: a session of a browser, or a token as
the password of HTTP Basic (RFC 7617), as Git sends it, or as a bearer (RFC 6750). A new kind is
a module in ``kinds`` and a place in the table here.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.core.cache import cache

from nexus.credentials.audit import TOKEN_REFUSED
from nexus.credentials.identity import Expired, Identity, Kind, TooMany, Unauthorised
from nexus.credentials.kinds import apps, clients, personal, sessions
from nexus.kernel.audit import record_refusal

if TYPE_CHECKING:
    from django.http import HttpRequest

T = TypeVar("T")

__all__ = ["Identity", "TooMany", "Unauthorised", "check_not_revoked", "guarded", "identify"]

#: What programs show. The first kind that recognises a credential judges it.
KINDS: tuple[Kind, ...] = (personal.KIND, clients.KIND, apps.KIND)
#: Wrong tokens from one address within the window; then none is looked at for a while. One is too
#: long to be guessed: this keeps whoever tries from wearing out the database. What has not even
#: the form of a token does not count: thirty learners in one room may all try their passwords; nor
#: do those of clients that have expired, as they do every few minutes.
MOST_WRONG = 30
WINDOW_SECONDS = 300
_LONGEST_HEADER = 4_000


def identify(request: HttpRequest) -> Identity:
    """Who asks. A credential in ``Authorization`` goes before the session.

    Raises ``Unauthorised`` for a credential that is wrong, ended or none of the hub's, and
    ``TooMany`` after too many of them.
    """
    given = request.headers.get("Authorization", "")
    if not given:
        return sessions.identity_of(request)
    kind, secret = _shown(given)
    return guarded(request, kind.called(secret), lambda: kind.identity_of(secret))


def check_not_revoked(request: HttpRequest) -> None:
    """Raise ``Unauthorised`` when the credential of a long request was taken back meanwhile.

    One whose time is over by now was good when the request began, so nobody is told of it.
    """
    given = request.headers.get("Authorization", "")
    if not given:
        sessions.identity_of(request)
        return
    kind, secret = _shown(given)
    guarded(request, kind.called(secret), lambda: kind.identity_of(secret, even_expired=True))


def guarded(request: HttpRequest, called: str, judge: Callable[[], T]) -> T:
    """What ``judge`` says of a credential that the audit log may speak of as ``called``.

    Wrong ones are told of and counted by address. Raises what ``judge`` does, ``Unauthorised``,
    and ``TooMany`` when nothing more is looked at for a while.
    """
    wrong = f"credentials.wrong.{request.META.get('REMOTE_ADDR', '')}"
    if cache.get(wrong, 0) >= MOST_WRONG:
        raise TooMany(
            "too-many-attempts",
            "Too many wrong access tokens came from your address.",
            remedy=f"Wait {WINDOW_SECONDS // 60} minutes, then check the token.",
        )
    try:
        return judge()
    except Unauthorised as error:
        if not isinstance(error, Expired):
            _count(wrong)
        record_refusal(TOKEN_REFUSED, by=None, details={"token": called})
        raise


def _count(key: str) -> None:
    cache.add(key, 0, WINDOW_SECONDS)
    with contextlib.suppress(ValueError):  # its time ran out in this moment
        cache.incr(key)


def _shown(header: str) -> tuple[Kind, str]:
    """The credential in an ``Authorization`` header, and its kind."""
    secret = _secret(header)
    kind = next((one for one in KINDS if one.recognises(secret)), None)
    if kind is None:
        raise Unauthorised(
            "token-wanted",
            "That is no access token of this hub; a password is not taken here.",
            remedy="Make a token on the page “Access tokens”, and give it as the password.",
        )
    return kind, secret


def _secret(header: str) -> str:
    """The token in an ``Authorization`` header; empty when there is none to be read."""
    scheme, _, value = header.partition(" ")
    if len(header) > _LONGEST_HEADER:
        return ""
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
    return password or name
