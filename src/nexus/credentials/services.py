"""Writes to credentials: making, using and revoking access tokens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from nexus.credentials.audit import TOKEN_MADE, TOKEN_REVOKED
from nexus.credentials.events import TokenMade, TokenRevoked
from nexus.credentials.models import AccessToken
from nexus.credentials.policies import can_make_token, can_revoke_token
from nexus.credentials.scopes import Scope
from nexus.credentials.tokens import make_token
from nexus.kernel.audit import record
from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.events import publish

if TYPE_CHECKING:
    from nexus.people.models import Person

LONGEST_DAYS = 366
MOST_TOKENS = 50
_LONGEST_NAME = 80
#: Its last use is written this often at most: a program may ask many times a second.
USE_EVERY = timedelta(minutes=1)
#: What ended this long ago is forgotten.
_FORGOTTEN_AFTER = timedelta(days=90)


@transaction.atomic
def make_access_token(
    *, by: Person | None, person: Person, name: str, scopes: Collection[str], days: int
) -> tuple[AccessToken, str]:
    """Make a token for ``person``; returns what is kept of it, and its text to be shown once.

    ``days`` is how long it works. Raises ``Forbidden`` when ``by`` may not, ``Invalid`` when
    something is missing or too long, ``Conflict`` when there are too many already.
    """
    if not can_make_token(by, person):
        raise Forbidden("not-yours", "Access tokens are made by people for themselves.")
    cleaned = " ".join(name.split())
    _check(cleaned, scopes, days)
    now = timezone.now()
    _forget_ended(person)
    if AccessToken.objects.filter(person=person, revoked_at=None, expires_at__gt=now).count() >= (
        MOST_TOKENS
    ):
        raise Conflict(
            "too-many-tokens",
            f"Nobody needs more than {MOST_TOKENS} access tokens.",
            remedy="Revoke those that no program uses.",
        )
    made = make_token()
    token = AccessToken.objects.create(
        person=person,
        name=cleaned,
        prefix=made.prefix,
        digest=made.digest,
        scopes=sorted(set(scopes)),
        expires_at=now + timedelta(days=days),
    )
    happened = TokenMade(person=person.pk, token=token.pk, scopes=tuple(token.scopes))
    publish(happened, audience=f"person:{person.pk}")
    details = {"token": token.prefix, "scopes": token.scopes, "days": days}
    record(TOKEN_MADE, by=by, subject=person, details=details)
    return token, made.text


def _check(name: str, scopes: Collection[str], days: int) -> None:
    if not name or len(name) > _LONGEST_NAME:
        raise Invalid(
            "token-name", "A token needs a short name.", remedy="Say which program uses it."
        )
    if not scopes or not set(scopes) <= set(Scope):
        raise Invalid(
            "token-scopes",
            "A token needs at least one scope that there is.",
            remedy=f"Choose from {', '.join(Scope)}.",
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid("token-days", f"A token works for 1 to {LONGEST_DAYS} days.")


def _forget_ended(person: Person) -> None:
    """Those that ended long ago are of no use to anybody."""
    past = timezone.now() - _FORGOTTEN_AFTER
    ended = Q(expires_at__lt=past) | Q(revoked_at__lt=past)
    AccessToken.objects.filter(ended, person=person).delete()


@transaction.atomic
def revoke_access_token(*, by: Person | None, token: AccessToken) -> None:
    """Let a token work no more, from now on; one that was revoked stays so.

    Raises ``Forbidden`` when it is not ``by``'s, and they do not run the hub.
    """
    if not can_revoke_token(by, token.person):
        raise Forbidden("not-yours", "That access token is not yours.")
    living = AccessToken.objects.filter(pk=token.pk, revoked_at=None)
    if living.update(revoked_at=timezone.now()):
        happened = TokenRevoked(person=token.person_id, token=token.pk)
        publish(happened, audience=f"person:{token.person_id}")
        record(TOKEN_REVOKED, by=by, subject=token.person, details={"token": token.prefix})


def note_use(token: AccessToken) -> None:
    """Write down that a token was used just now, unless that was done a moment ago."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at >= USE_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
        token.last_used_at = now
