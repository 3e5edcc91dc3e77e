"""Writing an entry on a page, changing one, taking one back: each is a commit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nexus.cohorts.selectors import cohort_by_slug
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from nexus.library.addresses import entry_address
from nexus.library.composing import MAX_TEXT, MAX_TITLE, NewEntry
from nexus.library.discretion import discreet_path
from nexus.library.kinds.registry import KINDS
from nexus.library.pages.context import Visit, visit
from nexus.library.pages.paths import of_path
from nexus.library.presenting import Link, cohort_rooms, crumbs_of
from nexus.library.rendering.diffing import diff_html
from nexus.library.selectors.texts import TextFile, needed, newest_commit, text_file
from nexus.library.services.changing import Clash, Edit, change_text, tidy
from nexus.library.services.writing import publish_files, write_entry
from nexus.people.requests import person_of
from nexus.repositories.policies import can_host_repository, can_write_repository

if TYPE_CHECKING:
    from collections.abc import Callable

    from nexus.cohorts.models import Cohort

MAX_MESSAGE = 200
_ROWS = 8


def _text(label: str, *, rows: int = _ROWS, required: bool = True, hint: str = "") -> Any:
    area = forms.Textarea(attrs={"rows": rows, "dir": "auto", "spellcheck": "true"})
    return forms.CharField(
        label=label, widget=area, required=required, max_length=MAX_TEXT, help_text=hint
    )


class WritingForm(forms.Form):
    """What an entry of any kind has. The fields of ``own`` go into its text."""

    title = forms.CharField(label="Title", max_length=MAX_TITLE)
    topics = forms.CharField(
        label="Topics",
        max_length=400,
        required=False,
        help_text="With commas between: Django, caching. Those that it names are found anyway.",
    )
    own: ClassVar[tuple[str, ...]] = ("text",)
    field_order = ("title", "problem", "solution", "result", "code", "language", "address", "text")
    lead: ClassVar[str] = ""

    def entry(self, kind: str) -> NewEntry:
        """What was filled in."""
        given = self.cleaned_data
        return NewEntry(
            kind=kind,
            title=given["title"],
            topics=[topic.strip() for topic in given["topics"].split(",") if topic.strip()],
            fields={name: given[name] for name in self.own},
        )


class ChallengeForm(WritingForm):
    """A problem, what was done, what came of it."""

    problem = _text("What was the problem?", rows=5)
    solution = _text("What did you do about it?", required=False)
    result = _text("What came of it?", rows=3, required=False)
    own = ("problem", "solution", "result")
    lead = "Somebody will meet it again. Say what was hard, what you did, and whether it helped."


class SnippetForm(WritingForm):
    """Code, its language, what it is for."""

    code = _text("Code", rows=12)
    language = forms.CharField(
        label="Language", max_length=40, required=False, help_text="For example python, or sql."
    )
    text = _text("What is it for?", rows=4, required=False)
    own = ("code", "language", "text")
    lead = "A piece of code that you would want to find again."


class ResourceForm(WritingForm):
    """An address and a word for it."""

    address = forms.URLField(label="Address", max_length=2000, assume_scheme="https")
    text = _text("Why is it worth reading?", rows=4, required=False)
    own = ("address", "text")
    lead = "Something elsewhere that helped you. Those who recommend the same are listed together."


class DocumentForm(WritingForm):
    """A page of prose."""

    text = _text("Text", rows=18, hint="Markdown, as on GitHub.")
    lead = "Notes, an explanation, a guide."


class ProjectForm(WritingForm):
    """A page about something built."""

    text = _text("What is it, and whom does it look for?", rows=14, hint="Markdown, as on GitHub.")
    lead = "Something you build or want to build. Say whether you look for a frontend or a backend."


class ContractForm(WritingForm):
    """An OpenAPI or GraphQL document."""

    source = _text("The document", rows=20, hint="OpenAPI in YAML or JSON, or GraphQL SDL.")
    own = ("source",)
    lead = "What a backend and a frontend agree on. It is shown as a reference."


FORMS: dict[str, type[WritingForm]] = {
    "challenge": ChallengeForm,
    "snippet": SnippetForm,
    "resource": ResourceForm,
    "document": DocumentForm,
    "project": ProjectForm,
    "contract": ContractForm,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str, kind: str = "") -> HttpResponse:
    """The form for an entry of a kind, or the choice of kinds; what is given is published."""
    reader = person_of(request)
    if reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    found = cohort_by_slug(slug, reader=reader)
    if not can_host_repository(reader, found):
        raise Forbidden(
            "not-member",
            "Only members of the cohort write in it.",
            remedy="Ask an owner of the cohort to let you in.",
        )
    if not kind:
        return render(request, "write.html", _choice(found))
    if kind not in FORMS:
        raise NotFound("kind-unknown", f"There is no kind of entry called “{kind}”.")
    form = FORMS[kind](request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            repository, path = write_entry(by=reader, cohort=found, entry=form.entry(kind))
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "It is published, in a repository of yours that lives here.")
            return HttpResponseRedirect(entry_address(slug, repository.slug, path))
    status = 422 if form.errors else 200
    return render(request, "write_entry.html", _form(found, kind, form), status=status)


def _choice(found: Cohort) -> dict[str, Any]:
    kinds = [
        {
            "kind": kind,
            "lead": form.lead,
            "address": reverse("write-entry", args=[found.slug, kind]),
        }
        for kind, form in FORMS.items()
    ]
    return {**_frame(found), "kinds": kinds}


def _form(found: Cohort, kind: str, form: WritingForm) -> dict[str, Any]:
    return {**_frame(found, kind), "kind": KINDS[kind], "form": form, "lead": form.lead}


def _frame(found: Cohort, kind: str = "") -> dict[str, Any]:
    """The cohort, the way to the page and the way around."""
    way = [Link("Write", reverse("write", args=[found.slug]))]
    way += [Link(kind.capitalize(), "")] if kind else []
    return {
        "crumbs": [*crumbs_of(found), *way],
        "rooms": [cohort_rooms(found)],
        "cohort": found,
    }


class EditForm(forms.Form):
    """The whole text of a file, and which object it was made from."""

    text = _text("Text", rows=28, required=False)
    message = forms.CharField(label="What did you change?", max_length=MAX_MESSAGE, required=False)
    made_from = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    #: What was sent, and what is in the file, when the form shows both between marks.
    sent: str = ""
    now: str | None = None

    def edit(self, path: str) -> Edit:
        """What was filled in, for the file at ``path``."""
        given = self.cleaned_data
        return Edit(path=path, text=tidy(given["text"]), made_from=given["made_from"])

    def sent_to(self, service: Callable[[Edit], object], path: str) -> EditForm:
        """Have a service do what was filled in; the form with what it says against it.

        Where two changes clash that is a form with both sides in its text, to be made one of.
        """
        try:
            service(self.edit(path))
        except Clash as error:
            return self._joined(error)
        except (Conflict, Invalid) as error:
            self.add_error(None, str(error))
        return self

    def _joined(self, clash: Clash) -> EditForm:
        file, given = clash.joined.file, self.cleaned_data
        data = {"message": given["message"], "made_from": file.oid if file else ""}
        again = EditForm({**data, "text": clash.joined.text})
        again.add_error(None, str(clash))
        again.sent, again.now = tidy(given["text"]), file.text if file else None
        return again


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_path
def edit(request: HttpRequest, cohort: str, repository: str, path: str) -> HttpResponse:
    """Change a file of one's own hosted repository. What somebody typed is never thrown away."""
    found = visit(request, cohort, repository)
    if found.reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    check_may_write(found)
    if request.method == "POST":
        form = EditForm(request.POST)
    else:
        file = text_to_change(found, path)
        form = EditForm(initial={"text": file.text, "made_from": file.oid})
    if form.is_valid():
        publish = partial(change_text, by=found.reader, repository=found.repository)
        message = form.cleaned_data["message"]
        form = form.sent_to(lambda edit: publish(edit=edit, message=message), path)
        if not form.errors:
            return HttpResponseRedirect(found.address(path))
    words = EditorWords("Edit", "Publish", "Goes into the history.")
    more = {"remove_address": found.room("remove-file", path)}
    return editor(found, path, form, words, **more)


class EditorWords(NamedTuple):
    """What a page with an editor is for: its heading, its button, what the message is for."""

    heading: str
    button: str
    hint: str
    lead: str = ""


def editor(
    found: Visit, path: str, form: EditForm, words: EditorWords, **more: Any
) -> HttpResponse:
    """The page on which the whole text of a file is written."""
    context = {
        **found.context(path),
        "form": form,
        "words": words,
        "path": found.words(path),
        "address": found.address(path),
        "source_address": found.room("source", path),
        "diff": diff_html(form.now, form.sent) if form.now is not None else None,
        **more,
    }
    return render(found.request, "edit.html", context, status=422 if form.errors else 200)


def check_may_write(found: Visit) -> None:
    """Raise ``Forbidden`` unless the reader writes to this repository."""
    if not can_write_repository(found.reader, found.repository):
        raise Forbidden(
            "not-owner",
            "Only its owner changes this repository, and a mirror is changed where it comes from.",
            remedy="Write it into a repository of your own.",
        )


def text_to_change(found: Visit, path: str) -> TextFile:
    """A text file of the newest commit; raises ``NotFound``."""
    return needed(text_file(found.repository, path, newest_commit(found.repository)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_path
def remove_file(request: HttpRequest, cohort: str, repository: str, path: str) -> HttpResponse:
    """Take a file out of one's own hosted repository; its history keeps it."""
    found = visit(request, cohort, repository)
    if found.reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    check_may_write(found)
    file = text_to_change(found, path)
    if request.method == "POST":
        publish_files(
            by=found.reader,
            repository=found.repository,
            files={path: None},
            message=f"Remove {discreet_path(path)}",
            expected={path: file.oid},
        )
        messages.success(request, f"“{path}” was removed. Its history still has it.")
        return HttpResponseRedirect(found.address())
    context = {**found.context(path), "path": path, "address": found.address(path)}
    return render(request, "remove_file.html", context)
