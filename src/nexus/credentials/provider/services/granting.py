"""Letting an app in, and taking that back."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nexus.credentials.audit import APP_ENDED, APP_LET_IN, APP_REPLAYED
from nexus.credentials.events import AppGrantEnded, AppLetIn
from nexus.credentials.models import AppGrant
from nexus.credentials.policies import can_end_grant
from nexus.credentials.provider.lifetimes import KNOWN_AFTER
from nexus.credentials.scopes import APP_SCOPES
from nexus.kernel.audit import record, record_refusal
from nexus.kernel.errors import Forbidden
from nexus.kernel.events import publish

if TYPE_CHECKING:
    from allauth.idp.oidc.models import Client

    from nexus.people.models import Person


@transaction.atomic
def let_in(*, by: Person, app: Client, scopes: Collection[str], how: str) -> AppGrant:
    """The leave of ``by`` for ``app`` to act for them with ``scopes``.

    Raises ``Forbidden`` when the account is closed, or the app may not ask for so much.
    """
    allowed = set(app.get_scopes())
    if not by.is_active or not scopes or not set(scopes) <= allowed:
        raise Forbidden("too-much", "The app may not be let in for that.")
    _forget_unused(by, app)
    kept = [scope for scope in APP_SCOPES if scope in scopes]
    grant = AppGrant.objects.create(app_id=app.pk, person=by, how=how, scopes=kept)
    happened = AppLetIn(person=by.pk, app=app.pk, grant=grant.pk, how=how, scopes=tuple(kept))
    publish(happened, audience=f"person:{by.pk}")
    details = {"app": app.name, "id": app.pk, "how": how, "scopes": kept}
    record(APP_LET_IN, by=by, details=details)
    return grant


def own_grant(*, app: Client, scopes: Collection[str]) -> AppGrant:
    """The grant under which ``app`` acts on its own: one, made when it first does."""
    known = AppGrant.objects.filter(app_id=app.pk, how=AppGrant.How.OWN).first()
    return known or let_in(by=app.owner, app=app, scopes=scopes, how=AppGrant.How.OWN)


def _forget_unused(person: Person, app: Client) -> None:
    """Grants of which nothing works any more, and none waits for its device, are of no use.

    Unless something of it worked a moment ago: what was begun with that may be ended with it.
    """
    now = timezone.now()
    mine = AppGrant.objects.filter(person=person, app_id=app.pk)
    mine = mine.exclude(tokens__expires_at__gt=now - KNOWN_AFTER)
    mine.exclude(devicerequest__expires_at__gt=now).delete()


@transaction.atomic
def end_grants(*, by: Person, app: Client, person: Person) -> int:
    """Take back all that ``person`` let ``app`` do; its tokens end at once. How many there were.

    Raises ``Forbidden`` when it is not ``by``'s to take back.
    """
    if not can_end_grant(by, person):
        raise Forbidden("not-yours", "Only they can take that back.")
    grants = list(AppGrant.objects.filter(person=person, app_id=app.pk).select_related("app"))
    for grant in grants:
        _end(grant, why="person")
        record(APP_ENDED, by=by, subject=person, details=_details(grant))
    return len(grants)


@transaction.atomic
def give_back(*, grant: AppGrant) -> None:
    """The app itself needs its grant no more (RFC 7009, section 2.1)."""
    _end(grant, why="app")
    record(APP_ENDED, by=None, subject=grant.person, details={**_details(grant), "by": "the app"})


@transaction.atomic
def end_replayed(*, grant: AppGrant, shown: str) -> None:
    """Somebody showed a code or a refresh token that was used before: one of two has a copy.

    Which of them is the app cannot be told, so neither goes on (RFC 9700, section 4.14.2).
    """
    _end(grant, why="replayed")
    details = {**_details(grant), "shown": shown}
    record_refusal(APP_REPLAYED, by=None, subject=grant.person, details=details)


def _end(grant: AppGrant, *, why: str) -> None:
    happened = AppGrantEnded(person=grant.person_id, app=grant.app_id, grant=grant.pk, why=why)
    publish(happened, audience=f"person:{grant.person_id}")
    AppGrant.objects.filter(pk=grant.pk).delete()


def _details(grant: AppGrant) -> dict[str, str | int]:
    return {"app": grant.app.name, "id": grant.app_id, "grant": grant.pk}
