"""Making a cohort, changing it, archiving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from nexus.cohorts import services
from nexus.cohorts.naming import (
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_SLUG,
    slug_from,
)
from nexus.cohorts.policies import can_create_cohort
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NexusError
from nexus.web.pages.governing.doors import act, governed, signed_in
from nexus.web.pages.governing.words import VISIBILITY_WORDS

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person


class CohortForm(forms.Form):
    """What a cohort is called, where it is, and who sees it."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME)
    slug = forms.CharField(label="Address", max_length=LONGEST_SLUG, required=False)
    description = forms.CharField(
        label="Description",
        max_length=LONGEST_DESCRIPTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    visibility = forms.ChoiceField(
        label="Who sees it",
        choices=list(VISIBILITY_WORDS.items()),
        widget=forms.RadioSelect,
        initial="public",
    )

    def clean(self) -> dict[str, Any]:
        """Without an address, one is made of the name."""
        given = super().clean() or {}
        given["slug"] = given.get("slug", "").strip() or slug_from(given.get("name", ""))
        if not given["slug"] and not self.errors:
            self.add_error("slug", "Choose one of small letters, digits and hyphens.")
        return given


#: Which field a refusal is about, by its code.
FIELDS = {
    "slug-invalid": "slug",
    "slug-taken": "slug",
    "name-invalid": "name",
    "description-invalid": "description",
}


@signed_in
def new_cohort(request: HttpRequest, by: Person) -> HttpResponse:
    """Make a cohort."""
    if not can_create_cohort(by):
        raise Forbidden(
            "not-owner", "Only the owner of the hub creates cohorts.", remedy="Ask them."
        )
    form = CohortForm(request.POST or None)
    if form.is_valid() and (made := _try(form, lambda: _create(by, form.cleaned_data))):
        messages.success(request, "The cohort is there, and you are its owner. Invite people now.")
        return HttpResponseRedirect(reverse("cohort-invitations", args=[made.slug]))
    context = {"form": form, "crumbs": []}
    return render(request, "cohort_new.html", context, status=_status(form))


def _create(by: Person, given: dict[str, Any]) -> Cohort:
    return services.create_cohort(by=by, **given)


@signed_in
def settings(request: HttpRequest, by: Person, slug: str) -> HttpResponse:
    """Change a cohort; archive it and bring it back."""
    here = governed(request, slug, by, "change_cohort")
    cohort = here.cohort
    do = request.POST.get("do")
    if do in ("archive", "restore"):
        return _archive(request, by, cohort, do)
    initial = {
        "name": cohort.name,
        "slug": cohort.slug,
        "description": cohort.description,
        "visibility": cohort.visibility,
    }
    form = CohortForm(request.POST or None, initial=initial)
    if form.is_valid() and (changed := _try(form, lambda: _change(by, cohort, form.cleaned_data))):
        messages.success(request, "Changed.")
        return HttpResponseRedirect(reverse("cohort-settings", args=[changed.slug]))
    context = {**here.frame("cohort-settings"), "form": form}
    return render(request, "cohort_settings.html", context, status=_status(form))


def _change(by: Person, cohort: Cohort, given: dict[str, Any]) -> Cohort:
    return services.change_cohort(by=by, cohort=cohort, **given)


def _archive(request: HttpRequest, by: Person, cohort: Cohort, do: str) -> HttpResponse:
    service = services.archive_cohort if do == "archive" else services.restore_cohort
    said = "Archived: it can be read, not changed." if do == "archive" else "It is back."
    return act(
        request,
        lambda: service(by=by, cohort=cohort),
        said=said,
        then=reverse("cohort-settings", args=[cohort.slug]),
    )


def _try(form: CohortForm, do: Any) -> Cohort | None:
    """Do it; what is refused stands beside its field."""
    try:
        done: Cohort = do()
    except (Invalid, Conflict) as fault:
        form.add_error(FIELDS.get(fault.code), _words(fault))
        return None
    return done


def _words(fault: NexusError) -> str:
    return str(fault)


def _status(form: CohortForm) -> int:
    return 422 if form.is_bound and form.errors else 200
