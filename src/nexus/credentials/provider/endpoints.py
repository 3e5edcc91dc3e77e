"""What apps ask the hub, by HTTP: tokens, who somebody is, and where all that is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from allauth.core.internal.httpkit import extract_basic_auth
from allauth.idp.oidc.views import jwks
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from oauthlib.oauth2.rfc6749.errors import (
    OAuth2Error,
    TemporarilyUnavailableError,
    UnauthorizedClientError,
)

from nexus.credentials.identifying import Unauthorised, identify
from nexus.credentials.provider.adapter import ProviderAdapter, issuer, whole_address
from nexus.credentials.provider.selectors import app_by_id
from nexus.credentials.provider.server import device_server, server
from nexus.credentials.provider.services import devices
from nexus.credentials.provider.telling import tell_of_error
from nexus.credentials.provider.validator import PKCE_METHOD
from nexus.credentials.provider.ways import REFRESH, Way
from nexus.credentials.rest.answers import ScopeWanted, for_programs
from nexus.credentials.scopes import APP_SCOPES, Claim

__all__ = ["configuration", "device_code", "keys", "revoke", "token", "userinfo"]

Answered = tuple[dict[str, str], Any, int]
#: What an app may learn (OpenID Connect Discovery 1.0, section 3), by ``ProviderAdapter``.
CLAIMS = ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash"]
CLAIMS += ["preferred_username", "name", "zoneinfo", "email", "email_verified"]
_NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}


def asked(request: HttpRequest) -> tuple[str, str, str, dict[str, str]]:
    """A request in oauthlib's words: address, method, form and headers.

    Address and form are written anew, so that what is odd in them is read in one way only.
    """
    headers = {
        name: request.headers[name]
        for name in ("Authorization", "Content-Type")
        if name in request.headers
    }
    query = request.GET.urlencode()
    uri = f"{request.path}?{query}" if query else request.path
    return uri, str(request.method), request.POST.urlencode(), headers


def _answer(endpoint: Callable[..., Answered], request: HttpRequest) -> HttpResponse:
    """What ``endpoint`` answers; a refusal is an answer too, so what it ended stays ended."""
    try:
        headers, body, status = endpoint(*asked(request))
    except OAuth2Error as error:
        headers, body, status = {**error.headers, **_NOT_KEPT}, error.json, error.status_code
    response = HttpResponse(body, status=status, content_type="application/json")
    for name, value in {**_NOT_KEPT, **headers}.items():
        response.headers[name] = value
    if status == HTTPStatus.UNAUTHORIZED:  # an app shows a secret, whatever oauthlib says here
        response.headers["WWW-Authenticate"] = 'Basic realm="Nexus"'
    return response


@csrf_exempt
@require_POST
@transaction.atomic
def token(request: HttpRequest) -> HttpResponse:
    """Tokens for a code, a refresh token, a device's code or an app's own secret (RFC 6749)."""
    return _told(request, _answer(server().create_token_response, request))


def _told(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """``answer``; that an app showed what is not good, or asked for too much, is written down."""
    if answer.status_code == HTTPStatus.BAD_REQUEST:
        name, _ = extract_basic_auth(request.headers)
        tell_of_error(
            json.loads(answer.content)["error"],
            app=name or request.POST.get("client_id"),
            by=None,
            way=request.POST.get("grant_type", "device"),
        )
    return answer


@csrf_exempt
@require_POST
@transaction.atomic
def revoke(request: HttpRequest) -> HttpResponse:
    """End a token, at once (RFC 7009)."""
    return _answer(server().create_revocation_response, request)


@csrf_exempt
@require_POST
@transaction.atomic
def device_code(request: HttpRequest) -> HttpResponse:
    """The two codes of a device that waits to be let in (RFC 8628, section 3.1)."""
    return _told(request, _answer(partial(_begun, request.POST.get("client_id")), request))


def _begun(name: str | None, *question: Any) -> Answered:
    """Codes for a device of the app ``name``, which is let in like that; raises ``OAuth2Error``."""
    headers, data, status = device_server().create_device_authorization_response(*question)
    app = app_by_id(name)
    if app is None or Way.DEVICE not in app.get_grant_types():
        raise UnauthorizedClientError(description="This app is not let in by a device's code.")
    codes = {"device_code": data["device_code"], "user_code": data["user_code"]}
    try:
        devices.begin(app=app, scopes=data["scope"].split(), **codes)
    except devices.Slow as error:
        raise TemporarilyUnavailableError(description=error.title) from error
    return headers, json.dumps(data), status


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_programs
def userinfo(request: HttpRequest) -> HttpResponse:
    """Who let the app in, as far as it may know (OpenID Connect Core 1.0, section 5.3)."""
    identity = identify(request)
    if not identity.kind or identity.person is None:
        raise Unauthorised(
            "credential-wanted",
            "This needs the access token of an app.",
            remedy="Show it in the header Authorization, as a bearer.",
        )
    if Claim.OPENID not in identity.scopes:
        raise ScopeWanted(Claim.OPENID)
    claims = ProviderAdapter().get_claims("userinfo", identity.person, None, identity.scopes)
    return JsonResponse(claims)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public halves of the keys that sign who somebody is (RFC 7517, section 5)."""
    found: HttpResponse = jwks(request)
    return found


@require_safe
def configuration(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Where everything is (OpenID Connect Discovery 1.0, section 3, and RFC 8414)."""
    ways_to_show = ["client_secret_basic", "client_secret_post", "none"]
    response = JsonResponse(
        {
            "issuer": issuer(),
            "authorization_endpoint": whole_address("authorize"),
            "token_endpoint": whole_address("oauth-token"),
            "revocation_endpoint": whole_address("oauth-revoke"),
            "device_authorization_endpoint": whole_address("oauth-device-code"),
            "userinfo_endpoint": whole_address("oauth-userinfo"),
            "jwks_uri": whole_address("oauth-keys"),
            "scopes_supported": list(APP_SCOPES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": [*Way, REFRESH],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": [PKCE_METHOD],
            "token_endpoint_auth_methods_supported": ways_to_show,
            "revocation_endpoint_auth_methods_supported": ways_to_show,
            "authorization_response_iss_parameter_supported": True,
            "claims_supported": CLAIMS,
            "claims_parameter_supported": False,
            "request_parameter_supported": False,
            "request_uri_parameter_supported": False,
        }
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "max-age=300"
    return response
