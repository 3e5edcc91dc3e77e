"""Reads for a person's page: what they know, what stands on top, what of each kind is theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet, Sum

from nexus.library.models import Entry, EntryTopic
from nexus.library.selectors.entries import visible_entries

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person


def entries_by(owner: int, *, reader: Person | None, kind: str = "") -> QuerySet[Entry]:
    """What somebody published (of a kind) and ``reader`` may see, newest change first."""
    found = visible_entries(reader).filter(repository__owner=owner)
    return found.filter(kind=kind) if kind else found


def pinned(owner: int, keys: Sequence[int], *, reader: Person | None) -> list[Entry]:
    """The entries that stand on top of somebody's page, in their order; one query.

    Those that ``reader`` may not see, that were removed, or that are another's do not exist.
    """
    if not keys:
        return []
    found = {entry.pk: entry for entry in entries_by(owner, reader=reader).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def topics_known(owner: int, *, cohorts: Iterable[Cohort], limit: int) -> list[tuple[str, int]]:
    """What somebody publishes about, the weightiest first, with how many entries; one query."""
    # By their entries: by cohort it would be all that everybody publishes about.
    theirs = Entry.objects.filter(repository__owner=owner, cohort__in=list(cohorts))
    rows = (
        EntryTopic.objects.filter(entry__in=theirs.order_by().values("pk"), is_listed=True)
        .values_list("topic")
        .annotate(total=Sum("weight"), entries=Count("*"))
        .order_by("-total", "topic")
    )
    return [(topic, entries) for topic, _, entries in rows[:limit]]
