"""A person's pages about apps: those they registered, and those they let in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nexus.credentials.provider.adapter import issuer
from nexus.credentials.provider.pages import way_in
from nexus.credentials.provider.selectors import app_let_in, app_of, apps_let_in, apps_of
from nexus.credentials.provider.services.granting import end_grants
from nexus.credentials.provider.services.registering import (
    Draft,
    change_secret,
    delete_app,
    register_app,
)
from nexus.credentials.provider.ways import KIND_WORDS, WAY_WORDS, Kind, Way
from nexus.credentials.scopes import APP_SCOPES
from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.people.requests import ask_once_more, person_of

if TYPE_CHECKING:
    from allauth.idp.oidc.models import Client

    from nexus.people.models import Person


class AppForm(forms.Form):
    """An app as its owner describes it."""

    name = forms.CharField(label="What is it called?", max_length=80)
    kind = forms.ChoiceField(
        label="Where does it run?",
        choices=list(KIND_WORDS.items()),
        initial=Kind.CONFIDENTIAL.value,
        widget=forms.RadioSelect,
    )
    ways = forms.MultipleChoiceField(
        label="How does it come to act for somebody?",
        choices=[(way.value, words) for way, words in WAY_WORDS.items()],
        initial=[Way.CODE.value],
        widget=forms.CheckboxSelectMultiple,
    )
    redirects = forms.CharField(
        label="Where are people sent back to?",
        required=False,
        max_length=6_000,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3, "spellcheck": "false"}),
    )
    scopes = forms.MultipleChoiceField(
        label="What may it ask for?",
        choices=[(scope, f"{scope}: {words}") for scope, words in APP_SCOPES.items()],
        initial=["openid", "profile"],
        widget=forms.CheckboxSelectMultiple,
    )

    def draft(self) -> Draft:
        """What was filled in; each line is an address."""
        given = self.cleaned_data
        lines = (line.strip() for line in given["redirects"].splitlines())
        return Draft(
            name=given["name"],
            kind=given["kind"],
            ways=given["ways"],
            scopes=given["scopes"],
            redirects=tuple(line for line in lines if line),
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apps(request: HttpRequest) -> HttpResponse:
    """The apps that one registered; a new one is shown with its secret, once.

    Its secret may act for its owner for ever, so who finds a browser open gets none: the password
    is asked for once more.
    """
    reader = person_of(request)
    if reader is None:
        return way_in(request)
    form = AppForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ask_once_more(request)
        if made := _register(reader, form):
            return _shown(request, *made)
    context = {"apps": apps_of(reader), "form": form, "crumbs": []}
    return render(request, "oauth/apps.html", context, status=422 if form.errors else 200)


def _register(person: Person, form: AppForm) -> tuple[Client, str] | None:
    """The new app and its secret; None, with a word in the form, when it is refused."""
    try:
        return register_app(by=person, draft=form.draft())
    except (Conflict, Forbidden, Invalid) as error:
        form.add_error(None, str(error))
        return None


def _shown(request: HttpRequest, app: Client, secret: str = "") -> HttpResponse:
    """The page of one app; with its secret when that was just made."""
    context: dict[str, Any] = {
        "app": app,
        "secret": secret,
        "is_confidential": app.type == Kind.CONFIDENTIAL,
        "ways": [WAY_WORDS[Way(way)] for way in app.get_grant_types() if way in set(Way)],
        "discovery": f"{issuer()}/.well-known/openid-configuration",
        "crumbs": [],
    }
    response = render(request, "oauth/app.html", context)
    response.headers["Cache-Control"] = "no-store, private"
    return response


@never_cache
@require_safe
def app(request: HttpRequest, name: str) -> HttpResponse:
    """An app of one's own."""
    reader = person_of(request)
    return way_in(request) if reader is None else _shown(request, app_of(reader, name))


@never_cache
@require_POST
def secret(request: HttpRequest, name: str) -> HttpResponse:
    """Give an app of one's own another secret, shown once, after asking for the password."""
    reader = person_of(request)
    if reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    found = app_of(reader, name)
    ask_once_more(request)
    return _shown(request, found, change_secret(by=reader, app=found))


@require_POST
def delete(request: HttpRequest, name: str) -> HttpResponse:
    """Delete an app of one's own; its tokens end."""
    reader = person_of(request)
    if reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    found = app_of(reader, name)
    delete_app(by=reader, app=found)
    messages.success(request, f"“{found.name}” is gone, and its tokens with it.")
    return HttpResponseRedirect(reverse("apps"))


@never_cache
@require_safe
def let_in(request: HttpRequest) -> HttpResponse:
    """The apps that one let in, and what they may do."""
    reader = person_of(request)
    if reader is None:
        return way_in(request)
    return render(request, "oauth/let_in.html", {"apps": apps_let_in(reader), "crumbs": []})


@require_POST
def end(request: HttpRequest, name: str) -> HttpResponse:
    """Take back what one let an app do; its tokens end."""
    reader = person_of(request)
    if reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    found = app_let_in(reader, name)
    end_grants(by=reader, app=found, person=reader)
    messages.success(request, f"“{found.name}” may not act for you any more.")
    return HttpResponseRedirect(reverse("apps-let-in"))
