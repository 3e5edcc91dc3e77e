"""Access tokens of apps that people let in (decision 0027)."""

from __future__ import annotations

from django.utils import timezone

from nexus.credentials.identity import Expired, Identity, Kind, Unauthorised
from nexus.credentials.provider.selectors import access_token
from nexus.credentials.provider.services.handing import note_use
from nexus.credentials.tokens import APP_ACCESS, is_token, prefix_of


def recognises(text: str) -> bool:
    """Whether ``text`` has the form of an app's access token."""
    return is_token(text, APP_ACCESS)


def identity_of(secret: str, *, even_expired: bool = False) -> Identity:
    """The person who let the app in, with what they let it do.

    Raises ``Unauthorised`` when the token has ended, they took it back, or an account was closed:
    theirs, or that of whoever answers for the app.
    """
    found = access_token(secret)
    if found is None or not found.grant.person.is_active or not found.grant.app.owner.is_active:
        raise Unauthorised(
            "token-refused",
            "This app may do nothing here, or not any more.",
            remedy="Let the app in anew.",
        )
    if found.expires_at <= timezone.now() and not even_expired:
        raise Expired(
            "token-expired",
            f"The access token of the app “{found.grant.app.name}” has expired.",
            remedy="The app asks for another one with its refresh token.",
        )
    note_use(grant=found.grant)
    return Identity(found.grant.person, frozenset(found.scopes), kind=KIND.name)


KIND = Kind("app", recognises, identity_of, called=prefix_of)
