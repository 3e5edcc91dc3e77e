"""Proposing a change to somebody else's file, and changing what one proposed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nexus.kernel.errors import NexusError
from nexus.library.pages.context import Visit, visit
from nexus.library.pages.paths import of_path
from nexus.library.pages.writing import EditForm, EditorWords, editor
from nexus.library.selectors import proposals as selectors
from nexus.library.services import proposals
from nexus.library.services.changing import Edit, join_with
from nexus.repositories.cloning import public_origin
from nexus.repositories.git.forges import edit_page
from nexus.repositories.policies import can_write_repository

if TYPE_CHECKING:
    from nexus.library.models import Proposal
    from nexus.people.models import Person

_HINT = "Tells its owner why, and goes into the history when they accept."
PROPOSE = EditorWords(
    "Propose a change",
    "Propose it",
    _HINT,
    "Change the text as you would have it. Its owner sees the difference, and accepts or declines.",
)
ELSEWHERE = EditorWords(
    "Propose a change",
    "Download it as a patch",
    "The subject of the patch.",
    "This is a mirror: it is changed where it comes from, not here.",
)
_AGAIN = EditorWords("Change your proposal", "Save it", _HINT)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_path
def propose(request: HttpRequest, cohort: str, repository: str, path: str) -> HttpResponse:
    """Write what a file of somebody else's should be. What somebody typed is never thrown away.

    Whoever may change it is led to the editor, whoever proposed a change to it to their proposal.
    """
    found = visit(request, cohort, repository)
    if found.reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    if can_write_repository(found.reader, found.repository):
        return HttpResponseRedirect(found.room("edit", path))
    if found.repository.kind == "mirror":
        return _at_its_origin(found, found.reader, path)
    mine = selectors.open_proposals(found.repository, reader=found.reader, path=path).first()
    if mine is not None and request.method != "POST":
        return HttpResponseRedirect(found.room(f"proposals/{mine.pk}"))
    if request.method == "POST":
        form = EditForm(request.POST)
    else:
        file = proposals.original(found.reader, found.repository, path)
        form = EditForm(initial={"text": file.text, "made_from": file.commit})
    if form.is_valid():
        made: list[Proposal] = []
        form = form.sent_to(lambda edit: made.append(_made(found, form, edit)), path)
        if made:
            messages.success(request, "It is proposed. Its owner sees it now.")
            return HttpResponseRedirect(found.room(f"proposals/{made[0].pk}"))
    return editor(found, path, form, PROPOSE)


def _at_its_origin(found: Visit, reader: Person, path: str) -> HttpResponse:
    """The way to where a mirror is changed, and the change as a patch to take there."""
    file = proposals.original(reader, found.repository, path)
    form = EditForm(initial={"text": file.text, "made_from": file.commit})
    if found.request.method == "POST":
        form = EditForm(found.request.POST)
    if form.is_valid():
        made: list[bytes] = []
        form = form.sent_to(lambda edit: made.append(_patch(found, reader, form, edit)), path)
        if made:
            answer = HttpResponse(made[0], content_type="application/octet-stream")
            answer["Content-Disposition"] = 'attachment; filename="change.patch"'
            return answer
    origin = public_origin(found.repository)
    there = edit_page(origin, branch=found.repository.branch, path=path)
    return editor(found, path, form, ELSEWHERE, origin=origin, origin_editor=there)


def _patch(found: Visit, reader: Person, form: EditForm, edit: Edit) -> bytes:
    return proposals.patch_for(
        reader,
        found.repository,
        path=edit.path,
        text=edit.text,
        base_commit=edit.made_from,
        message=form.cleaned_data["message"],
    )


def _made(found: Visit, form: EditForm, edit: Edit) -> Proposal:
    return proposals.propose(
        by=_reader(found),
        repository=found.repository,
        path=edit.path,
        text=edit.text,
        base_commit=edit.made_from or "0",
        message=form.cleaned_data["message"],
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, cohort: str, repository: str, number: int) -> HttpResponse:
    """Give one's open proposal another text; it begins from what the file is now."""
    found = visit(request, cohort, repository)
    if found.reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    proposal = selectors.proposal_by_number(found.repository, number, reader=found.reader)
    address = found.room(f"proposals/{number}")
    if proposal.by_id != found.reader.pk or proposal.state != proposal.State.OPEN:
        return HttpResponseRedirect(address)
    form = EditForm(request.POST) if request.method == "POST" else _form_of(found, proposal)
    edition = edition_in(request, proposal)
    if form.is_valid():
        save = partial(_save, found, proposal, edition, form)
        form = form.sent_to(save, proposal.path)
        if not form.errors:
            messages.success(request, "Your proposal was changed.")
            return HttpResponseRedirect(address)
    more = {"edition": edition, "address": address}
    return editor(found, proposal.path, form, _AGAIN, **more)


def edition_in(request: HttpRequest, proposal: Proposal) -> int:
    """Which edition the reader had before them; the present one when nothing was sent."""
    given = request.POST.get("edition", "")
    if request.method != "POST":
        return proposal.edition
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _save(found: Visit, proposal: Proposal, edition: int, form: EditForm, edit: Edit) -> None:
    proposals.change_proposal(
        by=_reader(found),
        proposal=proposal,
        edition=edition,
        text=edit.text,
        base_commit=edit.made_from,
        message=form.cleaned_data["message"],
    )


def _form_of(found: Visit, proposal: Proposal) -> EditForm:
    """The text as it is proposed, with what changed in the file since then where that goes."""
    text, commit = proposal.text, proposal.base_commit
    path = proposals.path_now(proposal)
    try:
        now = proposals.original(_reader(found), found.repository, path)
    except NexusError:  # it is gone, or hides something now: what was proposed stays as it was
        now = None
    if now is not None:
        edit = Edit(path=path, text=text, made_from=proposal.base_blob)
        text, commit = join_with(now, found.repository, edit).text, now.commit
    return EditForm(initial={"text": text, "message": proposal.message, "made_from": commit})


def _reader(found: Visit) -> Person:
    assert found.reader is not None, "whoever proposes is somebody"  # noqa: S101
    return found.reader
