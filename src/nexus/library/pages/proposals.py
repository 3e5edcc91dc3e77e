"""Proposals to a repository, and one of them: read, accepted, declined, withdrawn."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nexus.kernel.errors import Conflict, Invalid
from nexus.library.addresses import repository_base
from nexus.library.models import Proposal
from nexus.library.pages.context import Visit, visit
from nexus.library.pages.proposing import edition_in
from nexus.library.pages.writing import EditForm, EditorWords, editor
from nexus.library.policies import can_answer_proposal
from nexus.library.rendering.diffing import diff_html
from nexus.library.selectors import proposals as selectors
from nexus.library.selectors.texts import text_of
from nexus.library.services import proposals
from nexus.library.services.changing import Joined
from nexus.people.requests import person_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from nexus.library.services.changing import Edit
    from nexus.people.models import Person

_OPEN = Proposal.State.OPEN
JOIN = EditorWords(
    "Join the two changes",
    "Accept it so",
    "Goes into the history.",
    "Nothing is lost: what is between the marks comes from both sides. Make one text of it.",
)
CHANGE_FIRST = EditorWords("Change it first", "Accept it so", "Goes into the history.")


@never_cache
def listing(request: HttpRequest, cohort: str, repository: str) -> HttpResponse:
    """What is proposed to a repository; those who do not own it see what they proposed."""
    found = visit(request, cohort, repository)
    if found.reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    all_of_them = selectors.proposals_of(found.repository, reader=found.reader).defer("text")
    rows = [_row(found.base, one, found.words) for one in all_of_them[: selectors.MOST_LISTED]]
    context = {
        **found.context(current="proposals"),
        "waiting": [row for row in rows if row.state == _OPEN],
        "answered": [row for row in rows if row.state != _OPEN],
        "is_owner": found.reader.pk == found.repository.owner_id,
    }
    return render(request, "proposals.html", context)


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for one's answer, and what became of what one proposed."""
    reader = person_of(request)
    assert reader is not None, "login_required saw to it"  # noqa: S101
    around = selectors.proposals_around(reader)
    rows = [(_row(_base_of(one), one, str), one) for one in around]
    context = {
        "waiting": [row for row, one in rows if one.by_id != reader.pk],
        "proposed": [row for row, one in rows if one.by_id == reader.pk],
        "returned": selectors.returned_to(reader),
    }
    return render(request, "account/proposals.html", context)


def _base_of(proposal: Proposal) -> str:
    return repository_base(proposal.repository.cohort.slug, proposal.repository.slug)


def _row(base: str, proposal: Proposal, words: Callable[[str], str]) -> SimpleNamespace:
    return SimpleNamespace(
        title=words(proposal.message) or "A change",
        path=words(proposal.path),
        address=f"{base}/-/proposals/{proposal.pk}",
        person=proposal.by,
        made_at=proposal.made_at,
        state=proposal.state,
        answer=proposal.answer,
        answered_at=proposal.answered_at,
        repository=base.removeprefix("/c/"),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, cohort: str, repository: str, number: int) -> HttpResponse:
    """One proposal with its difference; its owner accepts or declines, its author withdraws."""
    found = visit(request, cohort, repository)
    if found.reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    one = selectors.proposal_by_number(found.repository, number, reader=found.reader)
    fault = ""
    if request.method == "POST":
        try:
            return _answered(found, found.reader, one)
        except (Conflict, Invalid) as error:
            fault = str(error)
            one = selectors.proposal_by_number(found.repository, number, reader=found.reader)
    context = {**_context(found, one), "fault": fault}
    return render(request, "proposal.html", context, status=409 if fault else 200)


def _answered(found: Visit, by: Person, one: Proposal) -> HttpResponse:
    """Do what a button says; a word that is none leaves everything as it is."""
    here = found.room(f"proposals/{one.pk}")
    edition, word = edition_in(found.request, one), found.request.POST.get("do")
    if word == "accept":
        proposals.accept_proposal(by=by, proposal=one, edition=edition)
        messages.success(found.request, f"Accepted. It is a commit by {one.by.name} now.")
        return HttpResponseRedirect(found.address(proposals.path_now(one)))
    if word == "decline":
        answer = found.request.POST.get("answer", "")
        proposals.decline_proposal(by=by, proposal=one, edition=edition, answer=answer)
        messages.success(found.request, "Declined. Whoever proposed it reads your answer.")
    if word == "withdraw":
        proposals.withdraw_proposal(by=by, proposal=one)
        messages.success(found.request, "Withdrawn.")
    return HttpResponseRedirect(here)


def _context(found: Visit, one: Proposal) -> dict[str, Any]:
    is_open = one.state == _OPEN
    path = proposals.path_now(one)
    before, after, joined = _two_sides(found, one)
    here = found.room(f"proposals/{one.pk}")
    return {
        **found.context(path, current="proposals"),
        "proposal": _row(found.base, one, found.words),
        "answered_by": one.answered_by,
        "commit_address": found.room(f"at/{one.commit}", path) if one.commit else "",
        "path_address": found.address(path),
        "edition": one.edition,
        "was_edited": one.edition > 1,
        "diff": diff_html(found.text(before), found.text(after)),
        "standing": _standing(one, joined) if joined else "",
        "may_answer": is_open and can_answer_proposal(found.reader, one),
        "is_mine": _is_mine(found, one),
        "change_address": f"{here}/change",
        "join_address": f"{here}/join",
        "list_address": found.room("proposals"),
    }


def _is_mine(found: Visit, one: Proposal) -> bool:
    """Whether the reader may still change it, or take it back."""
    is_theirs = found.reader is not None and one.by_id == found.reader.pk
    return is_theirs and one.state == _OPEN and not found.repository.cohort.is_archived


def _two_sides(found: Visit, one: Proposal) -> tuple[str, str, Joined | None]:
    """What is compared: what accepting it would change; of an answered one what it would have."""
    base = text_of(found.repository, one.base_blob, one.path) or ""
    if one.state != _OPEN:
        return base, one.text, None
    joined = proposals.joined_now(one)
    if joined.is_clean and joined.file is not None:
        return joined.file.text, joined.text, joined
    return joined.file.text if joined.file else base, one.text, joined


def _standing(one: Proposal, joined: Joined) -> str:
    """How an open proposal fits what the file is now."""
    if joined.file is None:
        return "gone"
    if not joined.is_clean:
        return "clash"
    return "fits" if joined.file.oid == one.base_blob else "moved"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, cohort: str, repository: str, number: int) -> HttpResponse:
    """Make one text of what is proposed and what is there, and accept that."""
    found = visit(request, cohort, repository)
    if found.reader is None:
        return HttpResponseRedirect(reverse("sign-in"))
    one = selectors.proposal_by_number(found.repository, number, reader=found.reader)
    address = found.room(f"proposals/{number}")
    if one.state != _OPEN or not can_answer_proposal(found.reader, one):
        return HttpResponseRedirect(address)
    path = proposals.path_now(one)
    form = EditForm(request.POST) if request.method == "POST" else _form_of(one)
    edition = edition_in(request, one)
    if form.is_valid():
        form = form.sent_to(partial(_accept, found.reader, one, edition), path)
        if not form.errors:
            messages.success(request, f"Accepted. It is a commit by {one.by.name} now.")
            return HttpResponseRedirect(found.address(path))
    words = CHANGE_FIRST if form.now is None and not form.errors else JOIN
    return editor(found, path, form, words, edition=edition, address=address, is_wordless=True)


def _accept(by: Person, one: Proposal, edition: int, edit: Edit) -> None:
    proposals.accept_proposal(
        by=by, proposal=one, edition=edition, text=edit.text, made_from=edit.made_from
    )


def _form_of(one: Proposal) -> EditForm:
    joined = proposals.joined_now(one)
    made_from = joined.file.oid if joined.file else ""
    form = EditForm(initial={"text": joined.text, "made_from": made_from})
    if not joined.is_clean:
        form.sent, form.now = one.text, joined.file.text if joined.file else None
    return form
