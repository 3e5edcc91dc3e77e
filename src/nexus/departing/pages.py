"""The pages on which people take their account along, and delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from nexus.departing import selectors, services
from nexus.departing.places import archive_of
from nexus.kernel.errors import Conflict, Invalid, NotFound
from nexus.people.requests import person_of
from nexus.repositories.belongings import has_no_other_home, repositories_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from nexus.departing.models import Export
    from nexus.people.models import Person
    from nexus.repositories.models import Repository

#: What asks who it is once more before it goes on.
APP = "nexus.departing"
RUNNING = ("queued", "running")


class DepartureForm(forms.Form):
    """Which repositories go too, and one's handle, typed."""

    take = forms.TypedMultipleChoiceField(
        label="Which of your repositories go with you?",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    handle = forms.CharField(
        label="Your handle",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(self, repositories: list[Repository], data: Any = None) -> None:
        super().__init__(data)
        field = cast("forms.TypedMultipleChoiceField", self.fields["take"])
        field.choices = [(one.pk, _words(one)) for one in repositories]


def _words(repository: Repository) -> str:
    place = f"{repository.cohort.slug}/{repository.slug}"
    if has_no_other_home(repository):
        return f"{place}: lives here alone"
    return f"{place}: a copy of {repository.origin}"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True, app=APP)
def export(request: HttpRequest) -> HttpResponse:
    """How it stands with one's archive; asking for a new one, after a look who it is."""
    person = cast("Person", request.user)
    if request.method == "POST":
        try:
            services.ask_for_export(by=person, person=person)
        except Conflict as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("account-export"))
    newest = selectors.latest_export(person)
    context = {
        "export": newest,
        "is_running": newest is not None and newest.state in RUNNING,
        "download": _download_of(newest),
        "status_address": reverse("account-export-status"),
    }
    return render(request, "account/export.html", context)


def _download_of(newest: Export | None) -> str:
    if newest is None or newest.state != "done":
        return ""
    return reverse("account-export-file", args=[newest.key])


@never_cache
@require_safe
def export_status(request: HttpRequest) -> JsonResponse:
    """How far one's archive is, for the bar on the page."""
    person = person_of(request)
    newest = selectors.latest_export(person) if person else None
    if newest is None:
        raise NotFound("export-unknown", "There is no such archive of yours.")
    facts = {"stage": newest.stage, "done": newest.done, "total": newest.total}
    return JsonResponse({"running": newest.state in RUNNING, **facts})


@never_cache
@login_required
@require_safe
@reauthentication_required(app=APP)
def download(request: HttpRequest, key: str) -> HttpResponseBase:
    """One's archive. For anybody else there is none at this address."""
    person = cast("Person", request.user)
    found = selectors.finished_export(person, key)
    try:
        file = archive_of(found.key).open("rb")
    except FileNotFoundError:
        raise NotFound(
            "export-gone", "This archive is not kept any more.", remedy="Ask for a new one."
        ) from None
    name = f"{person.handle}-{found.asked_at:%Y-%m-%d}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "no-store, private"
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """What deleting one's account comes to; done when the handle is typed and it is really they."""
    if is_reauthentication_required(request, app=APP):
        if request.method == "POST":  # nothing that was typed waits in a session
            return HttpResponseRedirect(request.path)
        raise ReauthenticationRequired
    person = cast("Person", request.user)
    repositories = list(repositories_of(person.pk))
    form = DepartureForm(repositories, request.POST if request.method == "POST" else None)
    if form.is_valid() and _begin(person, form):
        logout(request)
        response = HttpResponseRedirect(reverse("account-deleted"))
        response.headers["Clear-Site-Data"] = '"cache"'
        return response
    context = {
        "person": person,
        "form": form,
        "hindrances": selectors.hindrances_of(person),
        "has_repositories": bool(repositories),
    }
    return render(request, "account/delete.html", context, status=422 if form.errors else 200)


def _begin(person: Person, form: DepartureForm) -> bool:
    """Whether the account is closed now; if not, the form says why."""
    given = form.cleaned_data
    try:
        services.begin_departure(
            by=person, person=person, handle=given["handle"], take=given["take"]
        )
    except Invalid as refused:
        form.add_error("handle", str(refused))
        return False
    except Conflict as refused:
        form.add_error(None, str(refused))
        return False
    return True


@never_cache
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """The account is gone: goodbye."""
    return render(request, "account/deleted.html")
