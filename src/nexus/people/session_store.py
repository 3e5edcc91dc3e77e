"""Where sessions are kept: Django's table, in step with the page that lists them."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends import db
from django.db import transaction


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
