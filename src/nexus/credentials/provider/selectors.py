"""Reads of apps and of what people let them do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.idp.oidc.models import Client
from django.db.models import Q
from django.utils import timezone

from nexus.credentials.models import AppGrant, AppToken
from nexus.credentials.scopes import APP_SCOPES
from nexus.credentials.tokens import APP_ACCESS, digest_of, is_token
from nexus.kernel.errors import NotFound

if TYPE_CHECKING:
    from nexus.people.models import Person

_LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class LetIn:
    """An app that a person let in, however often: what it may do, since when, used when."""

    app: Client
    scopes: tuple[str, ...]
    since: datetime
    last_used_at: datetime | None


def apps_of(person: Person) -> list[Client]:
    """The apps that ``person`` registered, the newest first."""
    return list(Client.objects.filter(owner_id=person.pk).order_by("-created_at", "pk"))


def app_of(person: Person, name: str) -> Client:
    """The app of ``person`` with this id; raises ``NotFound``."""
    found = Client.objects.filter(pk=name[:_LONGEST_ID], owner_id=person.pk).first()
    if found is None:
        raise NotFound(
            "app-unknown", "There is no such app of yours.", remedy="Look at the list of your apps."
        )
    return found


def app_by_id(name: str | None) -> Client | None:
    """The app with this id, with its owner; None when there is none, or nobody answers for it."""
    if not isinstance(name, str) or "\0" in name:
        return None
    found = Client.objects.select_related("owner").filter(pk=name[:_LONGEST_ID]).first()
    return found if found is not None and found.owner and found.owner.is_active else None


def _living(person: Person) -> Q:
    """Grants of ``person`` under which an app still holds something, or a device is waiting."""
    now = timezone.now()
    holds = Q(tokens__expires_at__gt=now, tokens__spent_at=None)
    return Q(person=person) & (holds | Q(devicerequest__expires_at__gt=now))


def apps_let_in(person: Person) -> list[LetIn]:
    """The apps that ``person`` let in and that may still act, the one used last first."""
    given: dict[str, list[AppGrant]] = {}
    living = AppGrant.objects.filter(_living(person)).exclude(how=AppGrant.How.OWN)
    for grant in living.select_related("app__owner").distinct():
        given.setdefault(grant.app_id, []).append(grant)
    found = [_summed(grants) for grants in given.values()]
    return sorted(found, key=lambda one: one.last_used_at or one.since, reverse=True)


def _summed(grants: list[AppGrant]) -> LetIn:
    scopes = {scope for grant in grants for scope in grant.scopes}
    return LetIn(
        app=grants[0].app,
        scopes=tuple(scope for scope in APP_SCOPES if scope in scopes),
        since=min(grant.given_at for grant in grants),
        last_used_at=max((one.last_used_at for one in grants if one.last_used_at), default=None),
    )


def app_let_in(person: Person, name: str) -> Client:
    """The app with this id, when ``person`` let it in; raises ``NotFound``."""
    granted = AppGrant.objects.filter(person=person, app_id=name[:_LONGEST_ID])
    found = granted.exclude(how=AppGrant.How.OWN).select_related("app").first()
    if found is None:
        raise NotFound("app-unknown", "You did not let such an app in, or not any more.")
    app: Client = found.app
    return app


def access_token(text: str) -> AppToken | None:
    """The access token that is ``text``, ended or not, with its grant; None when there is none."""
    if not is_token(text, APP_ACCESS):
        return None
    known = AppToken.objects.select_related("grant__person", "grant__app__owner")
    return known.filter(kind=AppToken.Kind.ACCESS, digest=digest_of(text)).first()


def scopes_of_code(text: str) -> list[str]:
    """What was asked for with a code, good or not; nothing when there is no such code."""
    found = AppToken.objects.filter(kind=AppToken.Kind.CODE, digest=digest_of(text)).first()
    return list(found.scopes) if found is not None else []
