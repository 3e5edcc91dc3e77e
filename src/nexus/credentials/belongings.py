"""What credentials know of a person, and that they open nothing once it is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from allauth.idp.oidc.models import Client, Token

from nexus.credentials.models import AccessToken, AppGrant
from nexus.credentials.provider.selectors import apps_of
from nexus.people.belonging import Belonging, Fate, Leaver, Row

if TYPE_CHECKING:
    from nexus.people.models import Person


def _tokens(person: Person) -> Iterable[Row]:
    """Without what could open anything: a digest is not given out either."""
    return (
        AccessToken.objects.filter(person=person)
        .order_by("pk")
        .values("name", "prefix", "scopes", "made_at", "expires_at", "last_used_at", "revoked_at")
    )


def _forget_tokens(person: Person) -> None:
    AccessToken.objects.filter(person=person).delete()


def _forget_late_tokens(leaver: Leaver) -> None:
    """One may have been made in the very moment in which they left."""
    AccessToken.objects.filter(person=leaver.person).delete()


def _grants(person: Person) -> Iterator[Row]:
    known = AppGrant.objects.filter(person=person).order_by("pk").select_related("app")
    for one in known:
        yield {
            "app": one.app.name,
            "how": one.how,
            "scopes": one.scopes,
            "given_at": one.given_at,
            "last_used_at": one.last_used_at,
        }


def _forget_grants(person: Person) -> None:
    AppGrant.objects.filter(person=person).delete()


def _apps(person: Person) -> Iterator[Row]:
    """Without the secret: its digest is not given out either."""
    for one in apps_of(person):
        yield {
            "id": one.pk,
            "name": one.name,
            "kind": one.type,
            "scopes": one.get_scopes(),
            "ways": one.grant_types.split(),
            "redirects": one.get_redirect_uris(),
            "registered_at": one.created_at,
        }


def _forget_apps(person: Person) -> None:
    """Whoever let one in has let in nobody any more: its tokens go with it."""
    Client.objects.filter(owner_id=person.pk).delete()


def _forget_library_tokens(person: Person) -> None:
    Token.objects.filter(user_id=person.pk).delete()


BELONGINGS = (
    Belonging(
        what="credentials.AccessToken.person",
        section="access_tokens",
        rows=_tokens,
        fate=Fate.ERASED,
        becomes="Erased at once: they open nothing from that moment on.",
        at_once=_forget_tokens,
        afterwards=_forget_late_tokens,
    ),
    Belonging(
        what="credentials.AppGrant.person",
        section="apps_let_in",
        rows=_grants,
        fate=Fate.ERASED,
        becomes="Taken back at once, with all tokens that came of them.",
        at_once=_forget_grants,
    ),
    Belonging(
        what="allauth_idp_oidc.Client.owner",
        section="apps",
        rows=_apps,
        fate=Fate.ERASED,
        becomes="Deleted at once: whoever let one in has let in nobody any more.",
        at_once=_forget_apps,
    ),
    Belonging(
        what="allauth_idp_oidc.Token.user",
        kept_back="The hub keeps none there: what apps hold is listed with those let in.",
        fate=Fate.ERASED,
        becomes="Erased at once, if there were any.",
        at_once=_forget_library_tokens,
    ),
)
