"""Registering an app, giving it another secret, deleting it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.idp.oidc.models import Client
from django.db import transaction

from nexus.credentials.audit import APP_DELETED, APP_REGISTERED, APP_SECRET_CHANGED
from nexus.credentials.events import AppDeleted, AppRegistered, AppSecretChanged
from nexus.credentials.policies import can_change_app, can_delete_app, can_register_app
from nexus.credentials.provider.redirects import check_redirect
from nexus.credentials.provider.ways import Kind, Way, grant_types
from nexus.credentials.scopes import APP_SCOPES, OWN_SCOPES
from nexus.credentials.tokens import APP_SECRET, make_token
from nexus.kernel.audit import record
from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.events import publish
from nexus.people.handles import is_reserved_name
from nexus.people.imitating import tells_of_imitations
from nexus.people.names import clean_name, name_skeleton, same_letters

if TYPE_CHECKING:
    from nexus.people.models import Person

MOST_APPS = 20
MOST_REDIRECTS = 10
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Draft:
    """An app as its owner describes it."""

    name: str
    kind: str
    ways: Collection[str]
    scopes: Collection[str]
    redirects: tuple[str, ...] = ()

    def checked(self) -> Draft:
        """The same, cleaned; raises ``Invalid`` with what is missing or too much."""
        name = clean_name(self.name)
        if len(name) > _LONGEST_NAME:
            raise Invalid("app-name", f"The name of an app has {_LONGEST_NAME} letters at most.")
        _check_ways(self.kind, set(self.ways))
        _check_scopes(set(self.scopes), set(self.ways))
        return Draft(name, self.kind, self.ways, self.scopes, self._checked_redirects())

    def _checked_redirects(self) -> tuple[str, ...]:
        addresses = tuple(dict.fromkeys(map(check_redirect, self.redirects)))
        if (Way.CODE in self.ways) != bool(addresses) or len(addresses) > MOST_REDIRECTS:
            raise Invalid(
                "app-redirects",
                "An app that people let in in their browser needs an address to send them back "
                f"to, {MOST_REDIRECTS} at most; other apps need none.",
            )
        return addresses


def _check_ways(kind: str, ways: set[str]) -> None:
    if not ways or not ways <= set(Way) or kind not in Kind.values:
        raise Invalid("app-ways", "Say where the app runs, and how it comes to act for people.")
    if Way.OWN in ways and kind != Kind.CONFIDENTIAL:
        raise Invalid(
            "app-ways",
            "An app that acts on its own has to keep a secret.",
            remedy="Choose a confidential app, or another way.",
        )


def _check_scopes(scopes: set[str], ways: set[str]) -> None:
    if not scopes or not scopes <= set(APP_SCOPES):
        raise Invalid(
            "app-scopes",
            "An app needs at least one scope that there is.",
            remedy=f"Choose from {', '.join(APP_SCOPES)}.",
        )
    if Way.OWN in ways and not scopes & OWN_SCOPES:
        raise Invalid(
            "app-scopes",
            f"An app that acts on its own does so with the scope {', '.join(OWN_SCOPES)}.",
        )


def _refuse_imitation(by: Person, name: str) -> None:
    """Two apps may have one name: whose one is stands beside it, when a person is asked."""
    if is_reserved_name(name) and not by.is_owner:
        raise Conflict(
            "name-reserved", f"“{name}” is kept for the hub.", remedy="Choose another name."
        )
    others = Client.objects.exclude(owner_id=by.pk).values_list("name", flat=True)
    same = [other for other in others if name_skeleton(other) == name_skeleton(name)]
    if any(not same_letters(name, other) for other in same):
        raise Conflict(
            "name-alike",
            "That name is written to look like that of another app.",
            remedy="Write it in the letters of one language.",
        )


@tells_of_imitations
@transaction.atomic
def register_app(*, by: Person, draft: Draft) -> tuple[Client, str]:
    """A new app of ``by``, and its secret: nobody sees it again. A public app has none.

    Raises ``Invalid`` when something is missing, ``Conflict`` when there are too many, or its
    name speaks for the hub, or is written to look like that of another's app.
    """
    if not can_register_app(by):
        raise Forbidden("not-active", "This account is closed.")
    wanted = draft.checked()
    _refuse_imitation(by, wanted.name)
    if Client.objects.filter(owner_id=by.pk).count() >= MOST_APPS:
        raise Conflict(
            "too-many-apps", f"Nobody has more than {MOST_APPS} apps.", remedy="Delete one."
        )
    app = Client(name=wanted.name, type=wanted.kind, owner_id=by.pk, secret="")
    app.set_grant_types(grant_types({Way(way) for way in wanted.ways}))
    app.set_scopes([scope for scope in APP_SCOPES if scope in wanted.scopes])
    app.set_redirect_uris(list(wanted.redirects))
    secret = _set_secret(app) if wanted.kind == Kind.CONFIDENTIAL else ""
    app.save(force_insert=True)
    happened = AppRegistered(person=by.pk, app=app.pk, scopes=tuple(app.get_scopes()))
    publish(happened, audience=f"person:{by.pk}")
    details = {"app": app.name, "id": app.pk, "kind": app.type, "scopes": app.get_scopes()}
    record(APP_REGISTERED, by=by, details={**details, "redirects": list(wanted.redirects)})
    return app, secret


def _set_secret(app: Client) -> str:
    """Give ``app`` a new secret, of which it keeps a digest; the secret itself."""
    made = make_token(APP_SECRET)
    app.secret = made.digest
    return made.text


@transaction.atomic
def change_secret(*, by: Person, app: Client) -> str:
    """Another secret for a confidential app; the one before does not work from now on.

    What people let the app do goes on. Raises ``Forbidden`` when it is not ``by``'s app.
    """
    if not can_change_app(by, app):
        raise Forbidden("not-yours", "That app is not yours.")
    if app.type != Kind.CONFIDENTIAL:
        raise Conflict("no-secret", "A public app has no secret, as it could not keep one.")
    secret = _set_secret(app)
    app.save(update_fields=["secret"])
    publish(AppSecretChanged(person=by.pk, app=app.pk), audience=f"person:{by.pk}")
    record(APP_SECRET_CHANGED, by=by, details={"app": app.name, "id": app.pk})
    return secret


@transaction.atomic
def delete_app(*, by: Person, app: Client) -> None:
    """Take an app out of the hub; all its tokens end with it.

    Raises ``Forbidden`` when it is not ``by``'s, and they do not run the hub.
    """
    if not can_delete_app(by, app):
        raise Forbidden("not-yours", "That app is not yours.")
    happened = AppDeleted(person=app.owner_id, app=app.pk)
    publish(happened, audience=f"person:{app.owner_id}")
    record(APP_DELETED, by=by, subject=app.owner, details={"app": app.name, "id": app.pk})
    app.delete()
