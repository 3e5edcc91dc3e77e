"""The pages on which a person is asked whether an app may act for them.

A page says which app it is, whose, what it may do and where one is sent back to. Nobody is sent
anywhere before they have signed in, and never to an address that the app has not registered
(RFC 9700, section 4.11.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from oauthlib.common import add_params_to_uri
from oauthlib.oauth2.rfc6749.errors import AccessDeniedError, FatalClientError, OAuth2Error
from oauthlib.openid.connect.core.exceptions import LoginRequired

from nexus.credentials.audit import APP_ADDRESS_REFUSED
from nexus.credentials.provider.adapter import issuer
from nexus.credentials.provider.redirects import origin_of
from nexus.credentials.provider.selectors import app_by_id
from nexus.credentials.provider.server import server
from nexus.credentials.provider.services import devices
from nexus.credentials.provider.showing import is_stale, shown_at
from nexus.credentials.provider.telling import tell_of_error
from nexus.credentials.scopes import APP_SCOPES
from nexus.kernel.audit import record_refusal
from nexus.kernel.errors import NexusError
from nexus.kernel.http.leading import let_form_lead_to
from nexus.people.afterwards import leading_to
from nexus.people.requests import person_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allauth.idp.oidc.models import Client

    from nexus.people.models import Person

#: What a person reads when an app's request is so wrong that nobody is sent back with it.
FAULTS = {
    "InvalidClientIdError": "The hub knows no such app.",
    "MissingClientIdError": "The request does not say which app it comes from.",
    "MismatchingRedirectURIError": "The app wants you sent to an address it has not registered.",
    "InvalidRedirectURIError": "The app wants you sent to what is no address.",
    "MissingRedirectURIError": "The request does not say where you would be sent back to.",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What an app asks a person for."""

    app: Client
    scopes: list[str]
    redirect: str
    state: str | None
    max_age: int | None


def way_in(request: HttpRequest) -> HttpResponse:
    """To signing in, and back here."""
    return HttpResponseRedirect(leading_to(request.get_full_path(), by=reverse("sign-in")))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Let an app in, or not (RFC 6749, section 4.1; OpenID Connect Core 1.0, section 3.1.2)."""
    reader = person_of(request)
    try:
        ask = _understood(request)
    except FatalClientError as error:
        return _refused(request, reader, error)
    except OAuth2Error as error:
        return _given_up(request, reader, error) if reader else way_in(request)
    if reader is None:
        return way_in(request)
    if ask.max_age is not None and is_stale(request, reader, max_age=ask.max_age):
        return _asked_once_more(reader, ask)
    if request.method == "POST":
        return _answered(request, reader, ask)
    let_form_lead_to(request, origin_of(ask.redirect))
    context = _described(ask.app, ask.scopes) | {
        "reader": reader,
        "redirect": ask.redirect,
        "here": request.get_full_path(),
    }
    return render(request, "oauth/authorize.html", context)


def _question(request: HttpRequest) -> tuple[str, str, None, dict[str, str]]:
    """The app's request, which stands in the address alone, whatever form it comes with.

    Without ``claims``, which the hub does not support and oauthlib stumbles over.
    """
    query = request.GET.copy()
    query.pop("claims", None)
    return f"{request.path}?{query.urlencode()}", "GET", None, {}


def _understood(request: HttpRequest) -> Ask:
    """What the app asks for; raises ``OAuth2Error`` when the hub does not give that."""
    scopes, info = server().validate_authorization_request(*_question(request))
    prompts, max_age = request.GET.get("prompt", "").split(), request.GET.get("max_age")
    return Ask(
        app=info["request"].client,
        scopes=[scope for scope in APP_SCOPES if scope in scopes],
        redirect=info["redirect_uri"],
        state=info["state"],
        # Both ask for the same (OpenID Connect Core 1.0, section 3.1.2.1).
        max_age=0 if "login" in prompts else int(max_age) if max_age else None,
    )


def _described(app: Client, scopes: Iterable[str]) -> dict[str, object]:
    """An app, whose it is and what it would do, in words."""
    return {
        "app": app,
        "owner": app.owner,
        "words": [(scope, APP_SCOPES[scope]) for scope in scopes],
        "crumbs": [],
    }


def _asked_once_more(reader: Person, ask: Ask) -> HttpResponse:
    """Let them show once more who they are, or tell the app that they have nothing to show."""
    if not get_reauthentication_flows(reader):
        return _sent_back(ask.redirect, LoginRequired(state=ask.state))
    raise ReauthenticationRequired


@transaction.atomic
def _answered(request: HttpRequest, reader: Person, ask: Ask) -> HttpResponse:
    """Send the person back to the app, with a code or with their refusal."""
    if request.POST.get("answer") != "yes":
        return _sent_back(ask.redirect, AccessDeniedError(state=ask.state))
    credentials = {"user": reader, "auth_time": shown_at(request, reader)}
    headers, _, _ = server().create_authorization_response(
        *_question(request), scopes=ask.scopes, credentials=credentials
    )
    return _redirect(headers["Location"])


def _given_up(request: HttpRequest, reader: Person, error: OAuth2Error) -> HttpResponse:
    """Send the person back to an app that asks for what the hub does not give; the log tells it."""
    tell_of_error(str(error.error), app=request.GET.get("client_id"), by=reader, way="page")
    return _sent_back(error.redirect_uri, error)


def _sent_back(address: str, error: OAuth2Error) -> HttpResponse:
    return _redirect(add_params_to_uri(address, error.twotuples))


def _redirect(address: str) -> HttpResponse:
    """Lead to the app, saying who answers, so that no other's answer is mixed up (RFC 9207).

    By 303, so that no browser sends the form on to the app (RFC 9700, section 4.12).
    """
    response = HttpResponseRedirect(add_params_to_uri(address, [("iss", issuer())]))
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _refused(request: HttpRequest, reader: Person | None, error: OAuth2Error) -> HttpResponse:
    """What is wrong with an app's request, for the person: nobody is sent anywhere."""
    app = app_by_id(request.GET.get("client_id"))
    if app is not None:
        details = {"app": app.name, "id": app.pk, "error": type(error).__name__}
        record_refusal(APP_ADDRESS_REFUSED, by=reader, subject=app.owner, details=details)
    title = FAULTS.get(type(error).__name__, "The hub does not understand what the app asks.")
    context = {"title": title, "crumbs": []}
    return render(request, "oauth/refused.html", context, status=HTTPStatus.BAD_REQUEST)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """Type the code that a device shows, and let it in (RFC 8628, section 3.3).

    Looking a code up is a form as well, so no other site can use up somebody's guesses.
    """
    reader = person_of(request)
    if reader is None:
        return way_in(request)
    if request.method != "POST":
        code = request.GET.get("code", "")
        context = {"code": devices.tidy(code) if code else "", "crumbs": []}
        return render(request, "oauth/device.html", context)
    try:
        return _device_answered(request, reader, request.POST.get("code", ""))
    except NexusError as fault:
        typed = {"code": request.POST.get("code", "")[:20], "crumbs": []}
        told = {**typed, "fault": fault}
        return render(request, "oauth/device.html", told, status=int(fault.status))


def _device_answered(request: HttpRequest, reader: Person, code: str) -> HttpResponse:
    given = request.POST.get("answer", "")
    if given not in ("yes", "no"):
        found = devices.waiting(by=reader, code=code)
        context = _described(found.app, found.scopes) | {
            "reader": reader,
            "code": found.user_code,
        }
        return render(request, "oauth/device_confirm.html", context)
    found = devices.answer(by=reader, code=code, yes=given == "yes")
    context = {"app": found.app, "yes": given == "yes", "crumbs": []}
    return render(request, "oauth/device_done.html", context)
