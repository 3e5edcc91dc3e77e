"""The last mail to somebody whose account is gone."""

from __future__ import annotations

from django.conf import settings

from nexus.people.mails import post_mail

SUBJECT = "Your account is deleted"
BODY = """\
Hello {handle},

your account at {hub} is deleted, as you asked. You are signed out everywhere, and nothing that
you signed in with works any more. What is left of it is erased within minutes, and this address
within three days.

If it was not you, tell whoever runs the hub. The account cannot be brought back.
"""


def post_farewell(*, to: str, handle: str) -> None:
    """Keep the mail that confirms a deletion."""
    hub = settings.PUBLIC_URL or "the hub"
    post_mail(to=to, subject=SUBJECT, body=BODY.format(handle=handle, hub=hub))
