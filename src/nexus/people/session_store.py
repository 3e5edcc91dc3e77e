"""Where sessions are kept: Django's table, in step with the page that lists them."""

from typing import Any

from allauth.usersessions.models import UserSession
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

    is_of_cookie = False

    def load(self) -> dict[str, Any]:
        """What is in the session: nothing when there is none of this key, which is never taken on.

        That a browser showed such a key stands in the audit log: the session ended, or somebody
        planted the key to know it after a sign-in (session fixation).
        """
        found: dict[str, Any] = super().load()
        if self.is_of_cookie and self.session_key is None:
            record_refusal(SESSION_UNKNOWN, by=None)
        return found

    @transaction.atomic
    def cycle_key(self) -> None:
        """Go on under another key, with everything that is in it."""
        before = self.session_key
        super().cycle_key()
        if before:
            self.save()  # whoever only looked at it does not
            UserSession.objects.filter(session_key=before).update(session_key=self.session_key)


class SessionsOfCookies(SessionMiddleware):
    """Gives each request its session, which knows that a browser named it."""

    def process_request(self, request: HttpRequest) -> None:
        """The session of the request's cookie; it is looked at when somebody asks for it."""
        super().process_request(request)
        request.session.is_of_cookie = True  # type: ignore[attr-defined]
