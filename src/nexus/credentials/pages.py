"""A person's access tokens: listed, made, shown once, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nexus.credentials.scopes import SCOPE_WORDS, Scope
from nexus.credentials.selectors import token_of, tokens_of
from nexus.credentials.services import make_access_token, revoke_access_token
from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.people.requests import ask_once_more, person_of

if TYPE_CHECKING:
    from nexus.people.models import Person

#: For how many days a token can be made on the page.
LIFETIMES = {7: "a week", 30: "a month", 90: "three months", 365: "a year"}


class TokenForm(forms.Form):
    """What a token is for, what it may do, and for how long."""

    name = forms.CharField(label="What is it for?", max_length=80)
    scopes = forms.MultipleChoiceField(
        label="What may it do?",
        choices=[(scope.value, f"{scope}: {SCOPE_WORDS[scope]}") for scope in Scope],
        initial=[Scope.GIT.value],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label="How long does it work?", choices=list(LIFETIMES.items()), initial=90, coerce=int
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's access tokens. A new one is shown in the answer to its form, and never again.

    Who finds a browser open makes none: the password is asked for once more.
    """
    reader = person_of(request)
    if reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    form = TokenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ask_once_more(request)
    secret = _make(reader, form) if form.is_valid() else ""
    context = {
        "tokens": [{"token": token, "words": _words(token.scopes)} for token in tokens_of(reader)],
        "form": TokenForm() if secret else form,
        "secret": secret,
        "crumbs": [],
    }
    response = render(request, "tokens.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _make(person: Person, form: TokenForm) -> str:
    """The text of a new token; empty, with a word in the form, when it is refused."""
    given = form.cleaned_data
    try:
        _, secret = make_access_token(
            by=person,
            person=person,
            name=given["name"],
            scopes=given["scopes"],
            days=given["days"],
        )
    except (Conflict, Forbidden, Invalid) as error:
        form.add_error(None, str(error))
        return ""
    return secret


def _words(scopes: list[Any]) -> str:
    return ", ".join(map(str, scopes))


@require_POST
def revoke(request: HttpRequest, prefix: str) -> HttpResponse:
    """Let one of one's tokens work no more."""
    reader = person_of(request)
    if reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    token = token_of(reader, prefix)
    revoke_access_token(by=reader, token=token)
    messages.success(request, f"“{token.name}” does not work any more.")
    return HttpResponseRedirect(reverse("tokens"))
