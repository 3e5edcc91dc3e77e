"""Where sessions are kept: Django's table, in step with the page that lists them."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from nexus.kernel.audit import record_refusal
from nexus.kernel.once import rows
from nexus.people.audit import SESSION_UNKNOWN

#: Django's own question, written out: every page of somebody asks it.
_ASKED = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """A session whose place on the page of sessions goes with it when it gets another key.

    It does when the hub has another key, when a password is changed, and at signing in. Otherwise
    it would go on where nobody sees it and can end it.
    """

    def load(self) -> dict[str, Any]:
        """What is in it: nothing when there is none of this key, or its time is over.

        A key is letters and digits. A cookie may write what no database takes, such as NUL.
        """
        key, now = self.session_key or "", connection.ops.adapt_datetimefield_value(timezone.now())
        asked: Any = [key, now]
        found = rows(_ASKED, asked) if key.isalnum() else []
        if not found:
            self._session_key = None
            return {}
        known: dict[str, Any] = self.decode(found[0][0])
        return known

    @transaction.atomic
    def cycle_key(self) -> None:
        """Go on under another key, with everything that is in it."""
        before = self.session_key
        super().cycle_key()
        if before:
            self.save()  # whoever only looked at it does not
            UserSession.objects.filter(session_key=before).update(session_key=self.session_key)


class SessionOfCookie(SessionStore):
    """A session that a browser names."""

    #: Django's, by which the others are signed: it has the name of the class in it.
    key_salt = "django.contrib.sessions.SessionStore"

    def load(self) -> dict[str, Any]:
        """What is in it: nothing when there is none of this key, which is never taken on.

        That somebody showed such a key stands in the audit log: the session ended, or the key was
        planted by who wants to know it after a sign-in (session fixation).
        """
        found: dict[str, Any] = super().load()
        if self.session_key is None:
            record_refusal(SESSION_UNKNOWN, by=None)
        return found


class SessionsOfCookies(SessionMiddleware):
    """Gives each request the session that its cookie names, or a new one."""

    def process_request(self, request: HttpRequest) -> None:
        """The session is looked at when somebody asks for it."""
        request.session = SessionOfCookie(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
