"""The protocol itself, by oauthlib, with the hub's answers and the hub's form of tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oauthlib.oauth2.rfc8628.endpoints import DeviceAuthorizationEndpoint
from oauthlib.openid import Server

from nexus.credentials.provider import lifetimes
from nexus.credentials.provider.adapter import whole_address
from nexus.credentials.provider.services.devices import new_user_code
from nexus.credentials.provider.validator import Validator, refuse_weak_request
from nexus.credentials.tokens import APP_ACCESS, APP_REFRESH, make_token

if TYPE_CHECKING:
    from oauthlib.common import Request


def server() -> Server:
    """The endpoints of one request."""
    made = Server(
        Validator(),
        token_expires_in=int(lifetimes.ACCESS.total_seconds()),
        token_generator=_access_token,
        refresh_token_generator=_refresh_token,
    )
    for grant in (made.auth_grant, made.openid_connect_auth):
        grant.custom_validators.pre_auth.append(refuse_weak_request)
    return made


def device_server() -> DeviceAuthorizationEndpoint:
    """The endpoint at which a device asks for its codes."""
    page = whole_address("device")
    return DeviceAuthorizationEndpoint(
        Validator(),
        page,
        expires_in=int(lifetimes.DEVICE.total_seconds()),
        interval=lifetimes.DEVICE_INTERVAL_SECONDS,
        verification_uri_complete=f"{page}?code={{user_code}}",
        user_code_generator=new_user_code,
    )


def _access_token(request: Request) -> str:  # noqa: ARG001
    return make_token(APP_ACCESS).text


def _refresh_token(request: Request) -> str:  # noqa: ARG001
    return make_token(APP_REFRESH).text
