"""Search, for whoever asks: the audiences come from cohorts, the newest from the library."""

from django.http import HttpRequest, HttpResponse

from nexus.cohorts.selectors import audiences
from nexus.library import presenting, selectors
from nexus.people.requests import person_of
from nexus.search.pages import search_page, suggest_answer

NEWEST_SHOWN = 12


def search(request: HttpRequest) -> HttpResponse:
    """The search page."""
    reader = person_of(request)
    entries = selectors.visible_entries(reader)[:NEWEST_SHOWN] if not request.GET else []
    newest = [presenting.card_of(entry) for entry in entries]
    return search_page(request, audiences=audiences(reader), newest=newest)


def suggest(request: HttpRequest) -> HttpResponse:
    """Suggestions as one types."""
    return suggest_answer(request, audiences=audiences(person_of(request)))
