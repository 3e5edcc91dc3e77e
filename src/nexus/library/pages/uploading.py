"""Uploading files into one's own repository that lives in the hub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nexus.kernel.errors import Conflict, Invalid
from nexus.library.pages.context import visit
from nexus.library.pages.writing import MAX_MESSAGE, check_may_write
from nexus.library.services.uploading import MOST_FILES, upload_files

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from nexus.people.models import Person
    from nexus.repositories.models import Repository


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each of them, checked; at most ``MOST_FILES``."""
        given = data if isinstance(data, (list, tuple)) else [data]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(f"Choose at most {MOST_FILES} files.")
        return [super(FilesField, self).clean(one, initial) for one in given]


class UploadForm(forms.Form):
    """Files, where they go, and a word for the history."""

    chosen = FilesField(label="Files")
    folder = forms.CharField(label="Folder", max_length=400, required=False)
    message = forms.CharField(label="What is it?", max_length=MAX_MESSAGE, required=False)
    replaces = forms.BooleanField(label="Replace files of the same name", required=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, cohort: str, repository: str) -> HttpResponse:
    """The form for files; what is given is published as one commit."""
    found = visit(request, cohort, repository)
    if found.reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    check_may_write(found)
    is_sent = request.method == "POST"
    initial = {"folder": request.GET.get("folder", "")[:400]}
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm(initial=initial)
    if is_sent and form.is_valid() and (count := _publish(found.reader, found.repository, form)):
        messages.success(request, f"{count} file{'s' if count > 1 else ''} published.")
        return HttpResponseRedirect(found.address())
    context = {**found.context(""), "form": form, "address": found.address()}
    return render(request, "upload.html", context, status=422 if form.errors else 200)


def _publish(by: Person, repository: Repository, form: UploadForm) -> int:
    """How many files were published; 0, with a word in the form, when they are refused."""
    given = form.cleaned_data
    files: list[UploadedFile[bytes]] = given["chosen"]
    try:
        paths = upload_files(
            by=by,
            repository=repository,
            folder=given["folder"],
            files=((file.name or "", file.read()) for file in files),
            message=given["message"],
            replaces=given["replaces"],
        )
    except (Conflict, Invalid) as error:
        form.add_error(None, str(error))
        return 0
    return len(paths)
