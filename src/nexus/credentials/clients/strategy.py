"""Where django-allauth asks for the tokens of clients: ``HEADLESS_TOKEN_STRATEGY``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.headless.internal.sessionkit import lookup_session
from allauth.headless.tokens.strategies.base import AbstractTokenStrategy
from django.contrib.auth import SESSION_KEY

from nexus.credentials.audit import TOKEN_REFUSED
from nexus.credentials.clients import sessions
from nexus.credentials.clients.jwts import Use, read
from nexus.credentials.identity import Unauthorised
from nexus.kernel.audit import record_refusal

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase
    from django.http import HttpRequest

    from nexus.people.models import Person

#: What the key of a session looks like (``SessionBase._get_new_session_key``).
_KEY = re.compile(r"[a-z0-9]{32}")


class TokenStrategy(AbstractTokenStrategy):
    """Access and refresh tokens for whoever is signed in; for who is about to be, a session token.

    A session token is shown between the steps of signing in, in ``X-Session-Token``. It is the key
    of a session in which nobody is signed in, and works no more once somebody is: the session
    goes on under another key, which is told to nobody.
    """

    def get_session_token(self, request: HttpRequest) -> str | None:
        """The key of the session that a request belongs to, or says that it does."""
        if "Authorization" in request.headers:
            return _key_of(request.headers["Authorization"])
        given = request.headers.get("X-Session-Token", "")
        if not _KEY.fullmatch(given):
            return None
        session = lookup_session(given)
        return None if session is not None and SESSION_KEY in session else given

    def lookup_session(self, session_token: str) -> SessionBase | None:
        """The session with this key; that there is none stands in the audit log."""
        found: SessionBase | None = lookup_session(session_token)
        if found is None:
            record_refusal(TOKEN_REFUSED, by=None, details={"token": "a session token"})
        return found

    def create_session_token(self, request: HttpRequest) -> str:
        """What to show at the next step of signing in; nothing when there is none."""
        if request.user.is_authenticated:
            return ""
        if not request.session.session_key:
            request.session.save()
        return str(request.session.session_key)

    def create_access_token_payload(self, request: HttpRequest) -> dict[str, Any]:
        """Both tokens, for somebody who has just signed in."""
        return described(sessions.begin(request))


def _key_of(header: str) -> str | None:
    """The key of the session of a bearer. Whether it is good, the door has asked before."""
    try:
        claims = read(header.partition(" ")[2].strip(), Use.ACCESS)
        return sessions.open_session(claims).session.session_key
    except Unauthorised:  # signed out by this very request
        return None


class Adapter(DefaultHeadlessAdapter):
    """How people are described to clients."""

    def serialize_user(self, user: Person) -> dict[str, Any]:
        """As in ``/api/v1/me``; it is told also to who has not shown everything yet."""
        return {"handle": user.handle, "name": user.name}


def described(pair: sessions.Pair) -> dict[str, Any]:
    """Tokens in the words of RFC 6749, section 5.1."""
    return {
        "access_token": pair.access,
        "refresh_token": pair.refresh,
        "token_type": "Bearer",
        "expires_in": int(Use.ACCESS.lifetime.total_seconds()),
    }
