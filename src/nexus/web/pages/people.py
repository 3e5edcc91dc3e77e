"""The people of a cohort, by what they published."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nexus.cohorts.selectors import cohort_by_slug
from nexus.library import presenting, selectors
from nexus.library.topics.catalogue import catalogue
from nexus.people.requests import person_of
from nexus.web.pages.cohorts import people_rows
from nexus.web.pages.frames import cohort_frame
from nexus.web.pages.listing import (
    Asked,
    active_filters,
    filter_group,
    pager_of,
    sort_links,
)

if TYPE_CHECKING:
    from datetime import datetime

    from nexus.cohorts.models import Cohort

PAGE = 48
#: Topics named of each person in a list.
TOPICS_NAMED = 5
SORTS = {"most": "Most", "newest": "Newest", "name": "By name"}


def people(request: HttpRequest, slug: str) -> HttpResponse:
    """The people of a cohort: what they published, and which topics they know."""
    reader = person_of(request)
    found = cohort_by_slug(slug, reader=reader)
    asked = Asked.of(request)
    names = {one.slug: one.name for one in catalogue().topics.values()}
    topic = asked.value("topic") if asked.value("topic") in names else ""
    changed = selectors.newest_change_by_owner(found)
    rows = _sorted(_knowing(found, topic), asked.chosen("sort", SORTS), changed)
    page = pager_of(len(rows), asked, size=PAGE)
    shown = rows[page.start : page.end]
    _describe(shown, found, changed)
    group = filter_group(asked, "topic", "Topic", selectors.survey_of(found).knowers, names)
    context = {
        **cohort_frame(found, reader, "people"),
        "people": shown,
        "total": len(rows),
        "pager": page.pager,
        "filters": [group] if group else [],
        "active": active_filters(asked, {"topic": names[topic]} if topic else {}),
        "sorts": sort_links(asked, SORTS),
        "everything": asked.path,
    }
    return render(request, "people.html", context)


def _knowing(found: Cohort, topic: str) -> list[SimpleNamespace]:
    """Everybody; or those who published on a topic, who weigh most first."""
    rows = people_rows(found)
    if not topic:
        return rows
    known = selectors.people_on(topic, cohorts=[found], limit=len(rows))
    by_key = {row.key: row for row in rows}
    return [by_key[owner] for owner, _ in known if owner in by_key]


def _sorted(
    rows: list[SimpleNamespace], sort: str, changed: dict[int, datetime]
) -> list[SimpleNamespace]:
    if sort == "name":
        return sorted(rows, key=lambda row: (row.name.casefold(), row.key))
    if sort == "newest":
        with_news = [row for row in rows if row.key in changed]
        with_news.sort(key=lambda row: changed[row.key], reverse=True)
        return with_news + [row for row in rows if row.key not in changed]
    return rows


def _describe(rows: Sequence[SimpleNamespace], found: Cohort, changed: dict[int, datetime]) -> None:
    """What each of these people published, about what, and when the last of it: two queries."""
    owners = [row.key for row in rows]
    kinds = selectors.kind_counts_by_owner(found, owners)
    topics = selectors.topics_by_owner(owners, cohorts=[found])
    for row in rows:
        row.counts = presenting.counts_of(
            kinds.get(row.key, {}), cohort=found.slug, person=row.handle
        )
        row.topics = presenting.topic_links(list(topics.get(row.key, {}))[:TOPICS_NAMED], found)
        row.updated_at = changed.get(row.key)
