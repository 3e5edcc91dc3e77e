"""The first page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nexus.cohorts.selectors import visible_cohorts, waiting_for
from nexus.library import presenting, selectors
from nexus.people.requests import person_of
from nexus.web.pages.listing import first_entries
from nexus.web.rights import may_add

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort

NEWEST_SHOWN = 10


def home(request: HttpRequest) -> HttpResponse:
    """What this hub has, and where to begin."""
    reader = person_of(request)
    cohorts = list(visible_cohorts(reader).order_by("name"))
    entries = first_entries(selectors.visible_entries(reader), NEWEST_SHOWN)
    context = {
        "totals": presenting.counts_of(selectors.total_counts(reader)),
        "cohorts": _cohort_cards(cohorts),
        "entries": presenting.told_apart(map(presenting.card_of, entries)),
        "may_add": may_add(reader),
        "waiting": waiting_for(reader) if reader else [],
    }
    return render(request, "home.html", context)


def _cohort_cards(cohorts: list[Cohort]) -> list[SimpleNamespace]:
    counts = selectors.kind_counts_by_cohort(cohorts)
    changed = selectors.newest_change(cohorts)
    return [
        SimpleNamespace(
            name=cohort.name,
            description=cohort.description,
            address=presenting.crumbs_of(cohort)[0].address,
            counts=presenting.counts_of(counts.get(cohort.pk, {}), cohort=cohort.slug),
            updated_at=changed.get(cohort.pk),
            weeks=presenting.weeks_from(selectors.weeks_of(cohort)),
        )
        for cohort in cohorts
    ]
