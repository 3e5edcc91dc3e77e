"""The desks of access tokens, of apps, and of what people let apps do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.idp.oidc.models import Client

from nexus.credentials import services
from nexus.credentials.models import AccessToken, AppGrant
from nexus.credentials.provider.services import granting, registering
from nexus.kernel.administration.acts import Act
from nexus.kernel.administration.columns import linked, list_of, moment, words
from nexus.kernel.administration.desk import Desk
from nexus.kernel.administration.filters import filled

if TYPE_CHECKING:
    from nexus.people.models import Person


class TokenDesk(Desk):
    """Tokens with which programs act for people; of each only its first letters are known."""

    table = AccessToken
    name, title, icon = "tokens", "Access tokens", "key"
    lead = "Tokens with which programs act for people. Only their first letters are known here."
    list_display = (
        "prefix",
        "name",
        linked("person", "Person", "people"),
        words("scopes", "Scopes"),
        moment("made_at", "Made"),
        moment("expires_at", "Until"),
        moment("last_used_at", "Last used"),
        moment("revoked_at", "Revoked"),
    )
    list_filter = (
        filled("revoked_at", "Revoked", "Revoked", "Not revoked"),
        filled("last_used_at", "Used", "Used", "Never used"),
    )
    joined = ("person",)
    lookups = frozenset({"person"})
    search_fields = ("prefix", "name", "=person__handle")
    search_help_text = "First letters, name, or handle of a person"
    facts = (
        *("prefix", "name"),
        linked("person", "Person", "people"),
        words("scopes", "Scopes"),
        moment("made_at", "Made"),
        moment("expires_at", "Until"),
        moment("last_used_at", "Last used"),
        moment("revoked_at", "Revoked"),
    )
    secrets = ("digest",)
    acts: ClassVar = (
        Act(
            "revoke",
            "Revoke",
            lambda by, token: services.revoke_access_token(by=by, token=token),
            done="It works no more.",
            question="The program that holds it gets in no more, from now on.",
            fits=lambda token: token.revoked_at is None,
            is_bad=True,
        ),
    )


def _delete_app(by: Person, app: Client) -> None:
    registering.delete_app(by=by, app=app)


class AppDesk(Desk):
    """Apps of others that people may let in; their secrets are not known to the hub."""

    table = Client
    name, title, icon = "apps", "Apps", "branch"
    lead = "Apps that people registered here, and that others may let in."
    ordering = ("-created_at",)
    list_display = (
        "name",
        linked("owner", "Owner", "people"),
        "type",
        moment("created_at", "Registered"),
    )
    list_filter = ("type",)
    joined = ("owner",)
    lookups = frozenset({"owner"})
    search_fields = ("name", "=id", "=owner__handle")
    search_help_text = "Name, id, or handle of its owner"
    facts = (
        *("id", "name"),
        linked("owner", "Owner", "people"),
        *("type", "scopes", "redirect_uris"),
        moment("created_at", "Registered"),
    )
    secrets = ("secret",)
    acts: ClassVar = (
        Act(
            "delete",
            "Delete",
            _delete_app,
            done="It is gone, and every token that it had.",
            question="The app and every token that it has end at once, for everybody who let it "
            "in. It cannot be brought back.",
            is_bad=True,
        ),
    )

    def ways(self, row: Any) -> Sequence[tuple[str, str]]:
        """Who let it in."""
        return (("Who let it in", list_of("grants", app=row.pk)),)


def _end_grant(by: Person, grant: AppGrant) -> None:
    granting.end_grants(by=by, app=grant.app, person=grant.person)


class GrantDesk(Desk):
    """What people let apps do."""

    table = AppGrant
    name, title, icon = "grants", "Apps let in", "lock"
    lead = "What people let apps do for them."
    list_display = (
        "id",
        linked("app", "App", "apps"),
        linked("person", "Person", "people"),
        "how",
        words("scopes", "Scopes"),
        moment("given_at", "Let in"),
        moment("last_used_at", "Last used"),
    )
    list_filter = ("how", filled("last_used_at", "Used", "Used", "Never used"))
    joined = ("app", "person")
    lookups = frozenset({"app", "person"})
    search_fields = ("=person__handle", "app__name")
    search_help_text = "Handle of a person, or name of an app"
    facts = (
        linked("app", "App", "apps"),
        linked("person", "Person", "people"),
        "how",
        words("scopes", "Scopes"),
        moment("given_at", "Let in"),
        moment("last_used_at", "Last used"),
    )
    acts: ClassVar = (
        Act(
            "end",
            "End",
            _end_grant,
            done="The app does nothing for them any more.",
            question="All that they let this app do ends at once, with its tokens. They may let "
            "it in anew.",
            is_bad=True,
        ),
    )
