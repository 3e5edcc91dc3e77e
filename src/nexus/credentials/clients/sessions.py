"""The session behind the tokens of a client: it is asked at every use, so what ends it ends them.

A session of a client is one as browsers have, on the page of sessions. Beside it stands the number
of the one refresh token that is good; the others that were handed out tell of a copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from allauth.core.internal.sessionkit import get_session_user
from allauth.headless.internal.sessionkit import lookup_session
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from nexus.credentials.audit import CLIENT_REPLAYED
from nexus.credentials.clients.jwts import Claims, Use, new_number, read, refused, written
from nexus.kernel.audit import record_refusal, whence
from nexus.people.devices import device_words
from nexus.people.letters import COPIED
from nexus.people.mails import post_mail
from nexus.people.recording import end_sessions
from nexus.people.selectors import CLIENT

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase
    from django.http import HttpRequest

    from nexus.people.models import Person


@dataclass(frozen=True, slots=True)
class Pair:
    """What a client is handed."""

    access: str
    refresh: str


def begin(request: HttpRequest) -> Pair:
    """The first tokens of whoever has just signed in by this request."""
    # Before django-allauth does, which answers first: what it does not find, it clears away.
    request.session.save()
    UserSession.objects.create_from_request(request)
    row = UserSession.objects.get(session_key=request.session.session_key)
    number = new_number()
    UserSession.objects.filter(pk=row.pk).update(data={**row.data, CLIENT: number})
    return _pair(Claims(row.user_id, row.pk, number))


def renew(token: str) -> Pair:
    """A new pair for a refresh token, which is good once.

    Raises ``Unauthorised``. One that was used before ends its session: somebody has a copy, and
    nobody can tell who is who (RFC 9700, section 4.14.2).
    """
    claims = read(token, Use.REFRESH)
    opened = open_session(claims)
    number = new_number()
    # One statement, so that of two who come at once one is late.
    good = UserSession.objects.filter(pk=claims.session, **{f"data__{CLIENT}": claims.number})
    if not good.update(data={**opened.data, CLIENT: number}):
        _end_copied(opened, claims)
        raise refused()
    return _pair(Claims(claims.person, claims.session, number))


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that is open: whose it is, on which device, and what is kept beside it."""

    person: Person
    session: SessionBase
    device: str
    data: dict[str, object]


def open_session(claims: Claims) -> Opened:
    """The session that a token belongs to; raises ``Unauthorised`` once it has ended."""
    row = UserSession.objects.filter(pk=claims.session, user_id=claims.person).first()
    session = lookup_session(row.session_key) if row and CLIENT in row.data else None
    if row is None or session is None:
        raise refused()
    person = cast("Person | None", get_session_user(session))
    if person is None or person.pk != claims.person:
        raise refused()
    if session.modified:  # the hub has another key, and now the session knows it
        session.save()
    return Opened(person, session, device_words(row.user_agent), row.data)


@transaction.atomic
def _end_copied(opened: Opened, claims: Claims) -> None:
    """End a session of which there is a copy; the log tells it, and a mail."""
    person = opened.person
    end_sessions(person, number=claims.session, why="replayed")
    details = {"session": claims.session}
    record_refusal(CLIENT_REPLAYED, by=None, subject=person, details=details)
    if person.email:
        hub = settings.PUBLIC_URL or "the hub"
        facts = {"handle": person.handle, "device": opened.device, "hub": hub}
        subject, body = COPIED.written(**facts, ip=whence().address)
        post_mail(to=person.email, subject=subject, body=body)


def _pair(claims: Claims) -> Pair:
    """Both tokens of a session; only the number of the refresh token is remembered."""
    access = Claims(claims.person, claims.session, new_number())
    return Pair(written(access, Use.ACCESS), written(claims, Use.REFRESH))
