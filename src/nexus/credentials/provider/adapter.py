"""What django-allauth asks of a provider, answered with the hub's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import PrivateKey
from django.conf import settings
from django.urls import get_script_prefix, reverse

from nexus.credentials.provider.keys import kept_keys
from nexus.credentials.scopes import Claim

if TYPE_CHECKING:
    from allauth.idp.oidc.models import Client

    from nexus.people.models import Person


def issuer() -> str:
    """Who vouches for people: the hub, by its public address, whatever host a request names."""
    if settings.PUBLIC_URL:
        return str(settings.PUBLIC_URL).rstrip("/")
    return str(context.request.build_absolute_uri(get_script_prefix())).rstrip("/")


def whole_address(name: str) -> str:
    """The whole address of the page called ``name``, below the issuer's."""
    return f"{issuer()}/{reverse(name).removeprefix(get_script_prefix())}"


class ProviderAdapter(DefaultOIDCAdapter):
    """Identities are signed with the hub's own keys and tell what the scopes name, no more."""

    def get_issuer(self) -> str:
        """The hub's address."""
        return issuer()

    def get_claims(
        self,
        purpose: Literal["id_token", "userinfo"],
        user: Person,
        client: Client,
        scopes: Iterable[str],
        email: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """What an app with these scopes learns of ``user``."""
        claims: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        if Claim.PROFILE in scopes:
            claims |= {"preferred_username": user.handle, "name": user.name}
            claims["zoneinfo"] = user.time_zone
        if Claim.EMAIL in scopes and user.email:
            proven = EmailAddress.objects.filter(
                user_id=user.pk, email__iexact=user.email, verified=True
            )
            claims |= {"email": user.email, "email_verified": proven.exists()}
        return claims

    def list_private_keys(
        self, *, did_activate: Literal[True] | None = None, is_active: Literal[True] | None = None
    ) -> list[PrivateKey]:
        """The keys of the hub: the first signs, the others are of before."""
        return [PrivateKey(pem=pem) for pem in kept_keys()]
