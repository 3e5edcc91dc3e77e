"""Adding a repository from a page."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from nexus.cohorts.selectors import cohort_by_slug, cohorts_for
from nexus.kernel.errors import NexusError
from nexus.library.addresses import repository_base
from nexus.library.services import add_and_request
from nexus.people.requests import person_of
from nexus.repositories.git.origins import Origin, parse_origin

if TYPE_CHECKING:
    from nexus.people.models import Person

ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar")


class AddForm(forms.Form):
    """An address or an archive, and where it belongs."""

    origin = forms.CharField(label="Address", max_length=2000, required=False)
    archive = forms.FileField(label="Archive", required=False)
    cohort = forms.ChoiceField(label="Cohort")
    name = forms.CharField(label="Name", max_length=100, required=False)

    def __init__(self, *arguments: Any, reader: Person, **options: Any) -> None:
        super().__init__(*arguments, **options)
        cohorts = cohorts_for(reader, "add_repository")
        choices = [(cohort.slug, cohort.name) for cohort in cohorts]
        self.fields["cohort"].choices = choices  # type: ignore[attr-defined]

    def clean_archive(self) -> UploadedFile[Any] | None:
        """An archive must be one by its name, and not larger than this hub takes."""
        archive: UploadedFile[Any] | None = self.cleaned_data["archive"]
        if archive is None:
            return None
        if not (archive.name or "").lower().endswith(ARCHIVES):
            raise forms.ValidationError("Choose a .zip, .tar, .tar.gz or .tgz file.")
        if (archive.size or 0) > settings.UPLOAD_LIMIT_BYTES:
            most = settings.UPLOAD_LIMIT_BYTES // 1_000_000
            raise forms.ValidationError(f"The file is larger than {most} MB.")
        return archive

    def clean(self) -> dict[str, Any]:
        """One of the two is needed, not both."""
        given = super().clean() or {}
        if self.errors:
            return given
        if bool(given.get("origin")) == bool(given.get("archive")):
            raise forms.ValidationError("Give an address or choose an archive, one of the two.")
        return given


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it."""
    reader = person_of(request)
    if reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    if request.method != "POST":
        form = AddForm(reader=reader, initial={"cohort": request.GET.get("cohort", "")})
        return _form_page(request, form)
    form = AddForm(request.POST, request.FILES, reader=reader)
    if form.is_valid():
        try:
            return HttpResponseRedirect(_add(reader, form.cleaned_data))
        except NexusError as error:
            form.add_error("archive" if form.cleaned_data["archive"] else "origin", str(error))
    return _form_page(request, form, status=422)


def _form_page(request: HttpRequest, form: AddForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "may_local": settings.ALLOW_LOCAL_PATHS_FROM_PAGES}
    return render(request, "repository_add.html", context, status=status)


def _add(reader: Person, given: dict[str, Any]) -> str:
    """Add what was given; returns the address of its state."""
    cohort = cohort_by_slug(given["cohort"], reader=reader)
    upload = given["archive"]
    origin = _kept(upload) if upload else _parsed(given["origin"])
    run = add_and_request(by=reader, cohort=cohort, origin=origin, name=given["name"])
    return f"{repository_base(cohort.slug, run.repository.slug)}/-/status"


def _parsed(text: str) -> Origin:
    return parse_origin(
        text,
        allow_local=settings.ALLOW_LOCAL_PATHS_FROM_PAGES,
        allow_http=settings.ALLOW_PRIVATE_NETWORKS,
    )


def _kept(upload: UploadedFile[Any]) -> Origin:
    """Keep an uploaded archive under its own name in a folder that nobody can guess."""
    folder = Path(settings.NEXUS_HOME) / "uploads" / secrets.token_hex(8)
    folder.mkdir(parents=True)
    path = folder / Path(upload.name or "archive.zip").name
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return parse_origin(str(path))
