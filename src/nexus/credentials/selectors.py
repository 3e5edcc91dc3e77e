"""Reads of credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from nexus.credentials.models import AccessToken
from nexus.credentials.tokens import is_same, is_token, prefix_of
from nexus.kernel.errors import NotFound

if TYPE_CHECKING:
    from nexus.people.models import Person


def tokens_of(person: Person) -> list[AccessToken]:
    """The tokens of ``person`` that work, the newest first."""
    return list(
        AccessToken.objects.filter(person=person, revoked_at=None, expires_at__gt=timezone.now())
    )


def token_of(person: Person, prefix: str) -> AccessToken:
    """The token of ``person`` that begins with ``prefix``; raises ``NotFound``."""
    found = AccessToken.objects.filter(person=person, prefix=prefix, revoked_at=None).first()
    if found is None:
        raise NotFound(
            "token-unknown",
            f"There is no access token “{prefix}” here.",
            remedy="Look at the list of tokens; one that was revoked is gone.",
        )
    return found


def token_by_secret(text: str) -> AccessToken | None:
    """The token that is ``text``, working or not, with its person; None when there is none."""
    if not is_token(text):
        return None
    tokens = AccessToken.objects.select_related("person")
    found = tokens.filter(prefix=prefix_of(text)).first()
    return found if found is not None and is_same(text, found.digest) else None
