"""Search, for whoever asks: the audiences come from cohorts, the newest from the library."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from nexus.cohorts.selectors import audiences
from nexus.library import presenting, selectors
from nexus.library.telling_apart import tell_apart
from nexus.people.requests import person_of
from nexus.search.presenting import Asked, last_page, results_context, word_on_page
from nexus.search.results import Hit, Suggestion
from nexus.search.services import current_engine

if TYPE_CHECKING:
    from nexus.people.models import Person

NEWEST_SHOWN = 12


def search(request: HttpRequest) -> HttpResponse:
    """What was found; the newest entries while nothing is asked."""
    asked = Asked(request.GET)
    unknown = [kind for kind in asked.values("kind") if kind.lower() not in presenting.FINDABLE]
    asked = asked.without("kind", unknown) if unknown else asked
    reader = person_of(request)
    if asked.words or asked.has_filters:
        context = _found(asked, audiences(reader))
    else:
        context = _start(reader)
    notices = [*map(_no_such_kind, unknown), *context.pop("notices", [])]
    return render(request, "search.html", {**context, "notices": notices})


def _no_such_kind(kind: str) -> SimpleNamespace:
    words = "It was left out of this search."
    return SimpleNamespace(title=f"There is no kind “{kind[:40]}”.", words=words)


def _found(asked: Asked, allowed: frozenset[str]) -> dict[str, Any]:
    """The results; past the last page of them, the last page and a word about it."""
    shown = asked
    results = current_engine().search(shown.request(allowed))
    last = last_page(results)
    if asked.page > last:
        shown = asked.on_page(last)
        results = current_engine().search(shown.request(allowed))
    word = word_on_page(asked, shown.page, results) if results.total else None
    context = results_context(shown, results)
    return {**context, "alike": _alike(results.hits), "notices": [word] if word else []}


def _alike(hits: Sequence[Hit]) -> set[str]:
    """Keys of the hits that look the same unless their place is shown as well."""
    marks = tell_apart(
        hits, look=lambda hit: (hit.title.casefold(), hit.person), by=[lambda hit: hit.address]
    )
    return {hit.key for hit, mark in zip(hits, marks, strict=True) if mark}


def _start(reader: Person | None) -> dict[str, Any]:
    """Where to begin while nothing is asked: what there is of each kind, and what is new."""
    entries = selectors.visible_entries(reader)[:NEWEST_SHOWN]
    return {
        "search_words": "",
        "totals": presenting.counts_of(selectors.total_counts(reader)),
        "newest": presenting.told_apart(map(presenting.card_of, entries)),
    }


def suggest(request: HttpRequest) -> HttpResponse:
    """Titles that go on from what was typed."""
    typed = " ".join(request.GET.get("q", "").split())[:100]
    allowed = audiences(person_of(request))
    found = current_engine().suggest(typed, allowed) if len(typed) > 1 else []
    marks = tell_apart(
        found,
        look=lambda one: (one.title.casefold(), one.kind),
        by=[lambda one: unquote(one.address).removeprefix("/c/").rstrip("/")],
    )
    return JsonResponse({"suggestions": [*map(_suggestion, found, marks)]})


def _suggestion(one: Suggestion, mark: str) -> dict[str, str]:
    detail = {"detail": mark} if mark else {}
    return {"title": one.title, "kind": one.kind, "address": one.address, **detail}
