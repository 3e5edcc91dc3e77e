"""Personal access tokens: made on a page, with scopes, for scripts and Git."""

from __future__ import annotations

from django.utils import timezone

from nexus.credentials.identity import Expired, Identity, Kind, Unauthorised
from nexus.credentials.selectors import token_by_secret
from nexus.credentials.services import note_use
from nexus.credentials.tokens import is_token, prefix_of


def identity_of(secret: str, *, even_expired: bool = False) -> Identity:
    """Whose token it is; raises ``Unauthorised`` when it does not work, or not any more."""
    found = token_by_secret(secret)
    if found is None or found.revoked_at is not None or not found.person.is_active:
        raise Unauthorised(
            "token-refused",
            "This access token does not work, or not any more.",
            remedy="Make a new one on the page “Access tokens”.",
        )
    if found.expires_at <= timezone.now() and not even_expired:
        raise Expired(
            "token-expired",
            f"The access token “{found.name}” has expired.",
            remedy="Make a new one on the page “Access tokens”.",
        )
    note_use(found)
    return Identity(found.person, frozenset(found.scopes), kind=KIND.name)


KIND = Kind("personal-access-token", is_token, identity_of, called=prefix_of)
