"""The desk of access tokens."""

from __future__ import annotations

from typing import ClassVar

from nexus.credentials import services
from nexus.credentials.models import AccessToken
from nexus.kernel.administration.acts import Act
from nexus.kernel.administration.columns import linked, moment, words
from nexus.kernel.administration.desk import Desk
from nexus.kernel.administration.filters import filled


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
