"""Adding a repository from a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from nexus.cohorts.selectors import cohort_by_slug, cohorts_for, unknown_cohort
from nexus.kernel.errors import NexusError
from nexus.library.addresses import repository_base
from nexus.library.services import add_and_request, replace_unread
from nexus.people.requests import person_of
from nexus.repositories.git.origins import Origin, OriginKind, parse_origin
from nexus.repositories.selectors import repository_by_address, repository_of_origin
from nexus.repositories.uploads import forget_upload, keep_upload
from nexus.web.refusals import tell_of_refusal

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person
    from nexus.repositories.models import Repository, Sync

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
        if given.get("archive") and given.get("origin") == self.initial.get("origin"):
            given["origin"] = ""  # it stood there before anything was chosen
        if bool(given.get("origin")) == bool(given.get("archive")):
            raise forms.ValidationError("Give an address or choose an archive, one of the two.")
        return given


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it; ``instead`` names a repository that it is to replace."""
    reader = person_of(request)
    if reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    instead = _instead(request, reader)
    initial = _initial(request, instead)
    if request.method != "POST":
        return _form_page(request, AddForm(reader=reader, initial=initial), instead)
    form = AddForm(request.POST, request.FILES, reader=reader, initial=initial)
    if form.is_valid():
        try:
            return HttpResponseRedirect(_add(request, reader, form.cleaned_data, instead))
        except NexusError as error:
            tell_of_refusal(request, error, cohort=form.cleaned_data["cohort"])
            form.add_error("archive" if form.cleaned_data["archive"] else "origin", str(error))
    elif form.has_error("cohort", "invalid_choice"):
        slug = request.POST["cohort"]
        tell_of_refusal(request, unknown_cohort(slug), cohort=slug)
    return _form_page(request, form, instead, status=422)


def _instead(request: HttpRequest, reader: Person) -> Repository | None:
    """The repository that could not be read and is to be read from elsewhere."""
    cohort, _, slug = request.GET.get("instead", "").partition("/")
    return repository_by_address(cohort, slug, reader=reader) if slug else None


def _initial(request: HttpRequest, instead: Repository | None) -> dict[str, str]:
    """What stands in the form at first."""
    if instead is None:
        return {"cohort": request.GET.get("cohort", "")}
    is_remote = instead.origin_kind == OriginKind.REMOTE
    own_name = _parsed(instead.origin).suggested_name if is_remote else ""
    return {
        "cohort": instead.cohort.slug,
        "origin": instead.origin if is_remote else "",
        "name": "" if instead.name == own_name else instead.name,
    }


def _form_page(
    request: HttpRequest, form: AddForm, instead: Repository | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "instead": instead,
        "may_local": settings.ALLOW_LOCAL_PATHS_FROM_PAGES,
    }
    return render(request, "repository_add.html", context, status=status)


def _add(
    request: HttpRequest, reader: Person, given: dict[str, Any], instead: Repository | None
) -> str:
    """Add what was given; returns the address of its state."""
    cohort = cohort_by_slug(given["cohort"], reader=reader)
    upload: UploadedFile[Any] | None = given["archive"]
    if upload is None:
        origin = _parsed(given["origin"])
    else:
        origin = parse_origin(str(keep_upload(upload.name or "archive.zip", upload.chunks())))
    known = repository_of_origin(cohort, origin.location)
    try:
        run = _run(reader, cohort, origin, given["name"], instead)
    except NexusError:
        forget_upload(origin.location)
        raise
    if known is not None and known != instead:
        messages.info(request, f"It is here already as “{known.name}”, and is brought up to date.")
    return f"{repository_base(cohort.slug, run.repository.slug)}/-/status"


def _run(
    reader: Person, cohort: Cohort, origin: Origin, name: str, instead: Repository | None
) -> Sync:
    if instead is None:
        return add_and_request(by=reader, cohort=cohort, origin=origin, name=name)
    return replace_unread(by=reader, repository=instead, cohort=cohort, origin=origin, name=name)


def _parsed(text: str) -> Origin:
    return parse_origin(
        text,
        allow_local=settings.ALLOW_LOCAL_PATHS_FROM_PAGES,
        allow_http=settings.ALLOW_PRIVATE_NETWORKS,
    )
