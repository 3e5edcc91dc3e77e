"""Search, for whoever asks: the audiences come from cohorts, the newest from the library."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from nexus.cohorts.selectors import audiences
from nexus.library import presenting, selectors
from nexus.people.requests import person_of
from nexus.search.presenting import Asked, results_context
from nexus.search.services import current_engine

NEWEST_SHOWN = 12


def search(request: HttpRequest) -> HttpResponse:
    """What was found; the newest entries while nothing is asked."""
    asked = Asked(request.GET)
    reader = person_of(request)
    if asked.words or asked.has_filters:
        results = current_engine().search(asked.request(audiences(reader)))
        return render(request, "search.html", results_context(asked, results))
    entries = selectors.visible_entries(reader)[:NEWEST_SHOWN]
    newest = [presenting.card_of(entry) for entry in entries]
    return render(request, "search.html", {"search_words": "", "newest": newest})


def suggest(request: HttpRequest) -> HttpResponse:
    """Titles that go on from what was typed."""
    typed = " ".join(request.GET.get("q", "").split())[:100]
    allowed = audiences(person_of(request))
    found = current_engine().suggest(typed, allowed) if len(typed) > 1 else []
    rows = [{"title": one.title, "kind": one.kind, "address": one.address} for one in found]
    return JsonResponse({"suggestions": rows})
