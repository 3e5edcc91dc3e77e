"""Where sessions are kept: Django's table, in step with the page that lists them."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import transaction
from django.http import HttpRequest

from nexus.kernel.audit import record_refusal
from nexus.people.audit import SESSION_UNKNOWN


class SessionStore(db.SessionStore):
    """A session whose place on the page of sessions goes with it when it gets another key.

    It does when the hub has another key, when a password is changed, and at signing in. Otherwise
    it would go on where nobody sees it and can end it.
    """

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
