"""A person and what they published."""

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nexus.cohorts.selectors import visible_cohorts
from nexus.library import presenting, selectors
from nexus.people.requests import person_of
from nexus.people.selectors import person_by_handle
from nexus.web.pages.cohorts import project_cards

NEWEST_SHOWN = 12
PROJECTS_SHOWN = 12


def person(request: HttpRequest, handle: str) -> HttpResponse:
    """A person's page: projects, newest entries, activity."""
    reader = person_of(request)
    found = person_by_handle(handle)
    entries = selectors.visible_entries(reader).filter(repository__owner=found)
    cohorts = visible_cohorts(reader).filter(repositories__owner=found).distinct()
    context = {
        "person": found,
        "crumbs": [presenting.Link(found.name, "")],
        "counts": presenting.counts_of(selectors.kind_counts_of(entries), person=found.handle),
        "projects": project_cards(entries.filter(kind="project")[:PROJECTS_SHOWN]),
        "entries": presenting.told_apart(map(presenting.card_of, entries[:NEWEST_SHOWN])),
        "entries_address": presenting.search_address(person=found.handle, sort="newest"),
        "weeks": presenting.weeks_from(
            selectors.weekly_versions(cohorts=[c.pk for c in cohorts], owner=found.pk)
        ),
        "cohorts": [
            SimpleNamespace(name=one.name, address=presenting.crumbs_of(one)[0].address)
            for one in cohorts
        ],
    }
    return render(request, "person.html", context)
