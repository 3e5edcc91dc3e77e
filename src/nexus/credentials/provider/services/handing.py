"""Handing an app its codes and tokens, and taking them when they are shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from nexus.credentials.models import AppGrant, AppToken
from nexus.credentials.provider.lifetimes import KNOWN_AFTER
from nexus.credentials.provider.services.granting import end_replayed, give_back
from nexus.credentials.services import USE_EVERY
from nexus.credentials.tokens import digest_of

if TYPE_CHECKING:
    from allauth.idp.oidc.models import Client

#: Of one kind, under one grant: an app that asks without end fills no disk. The oldest go, which
#: for refresh tokens are those that were used long ago.
MOST_OF_A_KIND = 1_000


@transaction.atomic
def hand_out(
    *,
    grant: AppGrant,
    kind: AppToken.Kind,
    text: str,
    scopes: Collection[str],
    lasts: timedelta,
    asked: Mapping[str, Any] | None = None,
) -> AppToken:
    """Keep the digest of what an app is handed; what of the grant ended long ago is forgotten."""
    now = timezone.now()
    AppToken.objects.filter(grant=grant, expires_at__lt=now - KNOWN_AFTER).delete()
    known = AppToken.objects.filter(grant=grant, kind=kind)
    newest = known.order_by("-pk").values_list("pk", flat=True)
    if oldest := newest[MOST_OF_A_KIND - 1 : MOST_OF_A_KIND].first():
        known.filter(pk__lte=oldest).delete()
    return AppToken.objects.create(
        grant=grant,
        kind=kind,
        digest=digest_of(text),
        scopes=list(scopes),
        asked=dict(asked or {}),
        expires_at=now + lasts,
    )


@transaction.atomic
def taken(*, app: Client, kind: AppToken.Kind, text: str) -> AppToken | None:
    """The code or refresh token that ``app`` shows; None when it is not good for anything.

    One that is spent ends its grant, however late it is shown again. Until this transaction is
    over nobody else can show it.
    """
    shown = AppToken.objects.select_for_update(of=("self",)).select_related("grant__person")
    found = shown.filter(kind=kind, digest=digest_of(text), grant__app_id=app.pk).first()
    if found is None or not found.grant.person.is_active:
        return None
    if found.spent_at is not None:
        end_replayed(grant=found.grant, shown=found.get_kind_display())
        return None
    return found if found.expires_at > timezone.now() else None


def spend(*, token: AppToken) -> None:
    """A code or refresh token was used; in the transaction that took it."""
    AppToken.objects.filter(pk=token.pk).update(spent_at=timezone.now())


@transaction.atomic
def revoke(*, app: Client, text: str) -> None:
    """End what ``app`` shows: an access token alone, or, with a refresh token, the whole grant.

    What is not this app's is left as it is (RFC 7009, section 2.1).
    """
    living = AppToken.objects.filter(digest=digest_of(text), grant__app_id=app.pk)
    found = living.exclude(kind=AppToken.Kind.CODE).select_related("grant__person").first()
    if found is None:
        return
    if found.kind == AppToken.Kind.REFRESH:
        give_back(grant=found.grant)
    else:
        found.delete()


def note_use(*, grant: AppGrant) -> None:
    """Write down that an app acted just now, unless that was done a moment ago."""
    now = timezone.now()
    if grant.last_used_at is None or now - grant.last_used_at >= USE_EVERY:
        AppGrant.objects.filter(pk=grant.pk).update(last_used_at=now)
        grant.last_used_at = now
