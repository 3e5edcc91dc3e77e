"""How much there is: by kind, by person, by week. One query for each answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from nexus.cohorts.selectors import visible_cohorts
from nexus.kernel.once import rows as answered
from nexus.library.models import Entry
from nexus.library.selectors.kept import kept, kept_rows

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person

WEEKS_SHOWN = 26


def kind_counts(repositories: Iterable[int]) -> dict[str, int]:
    """How many living entries of each kind these repositories have."""
    keys = list(repositories)
    places = ", ".join(["%s"] * len(keys))
    asked = (
        "SELECT kind, COUNT(*) FROM library_entry WHERE withdrawn_at IS NULL"  # noqa: S608
        f" AND repository_id IN ({places}) GROUP BY kind ORDER BY kind"
    )
    return dict(answered(asked, keys)) if keys else {}


def kind_counts_by_cohort(cohorts: Iterable[Cohort]) -> dict[int, dict[str, int]]:
    """The same for several cohorts, in one query: cohort key → kind → entries."""
    keys = tuple(cohort.pk for cohort in cohorts)
    return kept(("kinds", keys), partial(_kinds_by_cohort, keys))


def _kinds_by_cohort(keys: Sequence[int]) -> dict[int, dict[str, int]]:
    rows = (
        Entry.objects.filter(cohort__in=keys, withdrawn_at=None)
        .values_list("cohort", "kind")
        .annotate(entries=Count("*"))
        .order_by("cohort", "kind")
    )
    counts: dict[int, dict[str, int]] = {}
    for cohort, kind, entries in rows:
        counts.setdefault(cohort, {})[kind] = entries
    return counts


def kind_counts_of(entries: QuerySet[Entry]) -> dict[str, int]:
    """How many of these entries are of each kind."""
    rows = entries.order_by().values_list("kind").annotate(entries=Count("*"))
    return dict(kept_rows(rows))


def kind_counts_by_owner(cohort: Cohort, owners: Sequence[int]) -> dict[int, dict[str, int]]:
    """What these people published in a cohort: person key → kind → entries, in one query."""
    rows = (
        Entry.objects.filter(cohort=cohort, repository__owner__in=owners, withdrawn_at=None)
        .values_list("repository__owner", "kind")
        .annotate(entries=Count("*"))
        .order_by()
    )
    counts: dict[int, dict[str, int]] = {}
    for owner, kind, entries in rows:
        counts.setdefault(owner, {})[kind] = entries
    return counts


def total_counts(reader: Person | None) -> dict[str, int]:
    """How many entries of each kind ``reader`` may see."""
    totals: Counter[str] = Counter()
    for kinds in kind_counts_by_cohort(visible_cohorts(reader)).values():
        totals.update(kinds)
    return dict(sorted(totals.items()))


def entry_counts(repositories: Iterable[int]) -> dict[int, int]:
    """How many living entries each repository has, in one query."""
    keys = tuple(repositories)

    def count() -> dict[int, int]:
        rows = (
            Entry.objects.filter(repository__in=keys, withdrawn_at=None)
            .values_list("repository")
            .annotate(entries=Count("*"))
            .order_by()
        )
        return dict(rows)

    return kept(("entries of repositories", keys), count)


def entries_by_owner(cohort: Cohort) -> dict[int, int]:
    """Who owns repositories in a cohort, by how many living entries: person key → entries.

    By its repositories, of which an index has the entries; those of the cohort are read whole.
    """

    def count() -> dict[int, int]:
        rows = (
            Entry.objects.filter(repository__cohort=cohort, withdrawn_at=None)
            .values_list("repository__owner")
            .annotate(entries=Count("*"))
            .order_by("-entries", "repository__owner")
        )
        return dict(rows)

    return kept(("entries by owner", cohort.pk), count)


def newest_change(cohorts: Iterable[Cohort]) -> dict[int, datetime]:
    """When something changed last in each cohort, in one query."""
    rows = (
        Entry.objects.filter(cohort__in=list(cohorts), withdrawn_at=None)
        .values_list("cohort")
        .annotate(changed=Max("changed_at"))
        .order_by()
    )
    return dict(kept_rows(rows))


def newest_change_by_owner(cohort: Cohort) -> dict[int, datetime]:
    """When each person changed something last in a cohort, in one query."""
    rows = (
        Entry.objects.filter(cohort=cohort, withdrawn_at=None)
        .values_list("repository__owner")
        .annotate(changed=Max("changed_at"))
        .order_by()
    )
    return dict(rows)


#: By days, as their moments begin in UTC: for weeks SQLite would call Python with every version.
_DAYS = """
    SELECT SUBSTR(CAST(version.committed_at AS TEXT), 1, 10), COUNT(*)
    FROM repositories_repository repository
    JOIN library_entry entry ON entry.repository_id = repository.id
    JOIN library_version version ON version.entry_id = entry.id
    WHERE repository.cohort_id {among} AND version.committed_at >= %s
"""


def weekly_versions(*, cohorts: Iterable[int], owner: int | None = None) -> dict[date, int]:
    """How many versions these cohorts committed a week, by the Monday it begins; half a year."""
    since = timezone.now().date() - timedelta(weeks=WEEKS_SHOWN)
    keys = tuple(cohorts)
    theirs, of = ("", []) if owner is None else (" AND repository.owner_id = %s", [owner])

    def count() -> dict[date, int]:
        found = answered(f"{_DAYS}{theirs} GROUP BY 1", [keys, since.isoformat(), *of])
        weeks: Counter[date] = Counter()
        for day, versions in found:
            at = date.fromisoformat(day)
            weeks[at - timedelta(days=at.weekday())] += versions
        return weeks

    return kept(("weeks", keys, owner, since), count) if keys else {}
