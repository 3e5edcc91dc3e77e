"""Reads of what came and changed in a cohort lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import Greatest, RowNumber, TruncDate

from nexus.library.models import Entry

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort

#: What readers want to hear of first.
FIRST = ("challenge", "resource", "snippet", "project", "contract")
#: Entries named of what one person did on a day, and in all.
NAMED, MOST_NAMED = 5, 300
#: How many counts are read: more people a day are not told apart.
MOST_COUNTS = 3000


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many entries of a kind came new, or changed, on a day in a person's repositories."""

    day: date
    owner: int
    kind: str
    is_new: bool
    entries: int


def changed_since(cohort: Cohort, since: datetime) -> QuerySet[Entry]:
    """The living entries that came or changed since a moment; no copies."""
    return Entry.objects.filter(
        Q(changed_at__gte=since) | Q(published_at__gte=since),
        cohort=cohort,
        withdrawn_at=None,
        original=None,
    ).order_by("pk")


def day_counts(cohort: Cohort, since: datetime) -> list[DayCount]:
    """What came and changed on each day, by person and kind; the latest day first, one query."""
    rows = (
        changed_since(cohort, since)
        .annotate(day=_day(), is_new=_is_new(since))
        .values_list("day", "repository__owner", "kind", "is_new")
        .annotate(entries=Count("*"))
        .order_by("-day", "repository__owner", "kind", "is_new")
    )
    return [DayCount(*row) for row in rows[:MOST_COUNTS]]


def named_changes(cohort: Cohort, since: datetime) -> list[tuple[date, Entry]]:
    """A few of the entries of each day and person, what is most telling first; two queries."""
    found = changed_since(cohort, since).annotate(
        day=_day(), moment=_moment(), is_new=_is_new(since), rank=_rank()
    )
    place = Window(
        RowNumber(),
        partition_by=[F("day"), F("repository__owner")],
        order_by=[F("rank").asc(), F("is_new").desc(), F("moment").desc(), F("pk").asc()],
    )
    chosen = found.annotate(place=place).filter(place__lte=NAMED).order_by("-day", "rank", "pk")
    days = dict(chosen.values_list("pk", "day")[:MOST_NAMED])
    entries = Entry.objects.select_related("repository__cohort", "repository__owner").in_bulk(days)
    return [(day, entries[pk]) for pk, day in days.items()]


def _moment() -> Greatest:
    """When an entry was committed or came here, whichever was later."""
    return Greatest("changed_at", "published_at")


def _day() -> TruncDate:
    return TruncDate(_moment(), tzinfo=UTC)


def _is_new(since: datetime) -> Case:
    return Case(
        When(published_at__gte=since, then=Value(1)), default=Value(0), output_field=IntegerField()
    )


def _rank() -> Case:
    ranks = [When(kind=kind, then=Value(at)) for at, kind in enumerate(FIRST)]
    return Case(*ranks, default=Value(len(FIRST)), output_field=IntegerField())
