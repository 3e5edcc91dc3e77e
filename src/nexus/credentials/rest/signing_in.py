"""Signing in by JSON: the hub's own clients get tokens by the steps and rules of the pages.

The steps are django-allauth's (``allauth.headless``, the client it calls ``app``); only those that
sign in and out are here. Accounts are made and changed on the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.account import views as account
from allauth.headless.base import views as base
from allauth.headless.constants import Client
from allauth.headless.internal.restkit.response import APIResponse
from allauth.headless.mfa import views as mfa
from allauth.headless.tokens import views as tokens
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from nexus.credentials.clients.sessions import renew
from nexus.credentials.clients.strategy import described
from nexus.credentials.identifying import guarded, identify
from nexus.credentials.kinds import clients
from nexus.credentials.rest.answers import MethodNotAllowed, for_programs
from nexus.credentials.rest.bodies import check_body
from nexus.credentials.rest.steps import as_problem
from nexus.kernel.errors import Forbidden
from nexus.people.forms import CodeForm

Door = Callable[[HttpRequest], HttpResponse]


class Config(base.ConfigView):
    """What this hub asks for when somebody signs in."""


class SignIn(account.LoginView):
    """The first step of signing in: a handle or an address, and the password."""


class SecondStep(mfa.AuthenticateView):
    """The second step: a code of an authenticator app, or a recovery code."""

    input_class = CodeForm


class Session(account.SessionView):
    """Who is signed in here (GET); sign out, so that every token of the session ends (DELETE)."""

    def delete(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """End the session."""
        if request.user.is_authenticated:
            get_adapter().logout(request)
        return APIResponse(request)


class Refresh(tokens.RefreshTokenView):
    """A new pair of tokens for a refresh token, which works once."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Renew."""
        token = self.input.cleaned_data["refresh_token"]
        pair = guarded(request, "a refresh token", lambda: renew(token))
        return JsonResponse({"status": 200, "data": described(pair)})


def _door(
    view: type[base.APIView],
    *methods: str,
    takes: Collection[str] = (),
    is_renewing: bool = False,
) -> Door:
    """``view`` behind the checks that all of them need; ``takes`` are the fields of its body.

    Where tokens are renewed, the header ``Authorization`` is left alone: what a program has there
    has mostly expired.

    Exempt from CSRF: cookies are not looked at, nor set. Who signs in shows a password or a
    token, which no other site can make a browser send.
    """
    inner = view.as_api_view(client=Client.APP)

    @for_programs
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in methods:
            raise MethodNotAllowed(methods)
        check_body(request, known=takes)
        if not is_renewing:
            _refuse_others(request)
        try:
            return as_problem(inner(request))
        except ImmediateHttpResponse as early:
            return as_problem(early.response)

    answer.__doc__ = view.__doc__
    door: Door = csrf_exempt(answer)
    return door


def _refuse_others(request: HttpRequest) -> None:
    """A token that is shown here is one of a client; scripts and apps have other ways."""
    if request.headers.get("Authorization") and identify(request).kind != clients.KIND.name:
        raise Forbidden(
            "clients-only",
            "Only the hub’s own clients sign in and out here.",
            remedy="Revoke an access token on the page on which it was made.",
        )


_AT = "api/v1/auth"
_NAMES = ("username", "email", "password")
urlpatterns = [
    path(f"{_AT}/config", _door(Config, "GET"), name="api-config"),
    path(f"{_AT}/login", _door(SignIn, "POST", takes=_NAMES), name="api-login"),
    path(
        f"{_AT}/2fa/authenticate",
        _door(SecondStep, "POST", takes=("code",)),
        name="api-second-step",
    ),
    path(f"{_AT}/session", _door(Session, "GET", "DELETE"), name="api-session"),
    path(
        f"{_AT}/tokens/refresh",
        _door(Refresh, "POST", takes=("refresh_token",), is_renewing=True),
        name="api-refresh",
    ),
]
