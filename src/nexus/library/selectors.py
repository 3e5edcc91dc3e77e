"""Reads of the library, filtered by what the reader may see, free of N+1."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone

from nexus.library.models import Entry, FileProblem, LeftOut, OldPath, SourceFile, Version
from nexus.repositories.selectors import visible_repositories

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person
    from nexus.repositories.models import Repository

WEEKS_SHOWN = 26
#: Files that hold data or settings; they say nothing of what a project is written in.
NOT_CODE = ("JSON", "YAML", "TOML", "XML", "INI", "CSV", "Text", "Markdown", "Git ignore")


def indexed_paths(repository: int) -> set[str]:
    """Paths of a repository that have an entry or can be searched."""
    entries = Entry.objects.filter(repository=repository, withdrawn_at=None)
    files = SourceFile.objects.filter(repository=repository)
    return {
        *entries.values_list("path", flat=True),
        *files.values_list("path", flat=True),
    }


def binary_paths(repository: int) -> set[str]:
    """Paths whose files turned out not to be text when they were read."""
    left = LeftOut.objects.filter(repository=repository, reason="binary")
    return set(left.values_list("path", flat=True))


def visible_entries(reader: Person | None) -> QuerySet[Entry]:
    """The living entries that ``reader`` may see, newest change first.

    Of what one commit brought, a project stands before its parts.
    """
    return (
        Entry.objects.filter(repository__in=visible_repositories(reader), withdrawn_at=None)
        .select_related("repository__cohort", "repository__owner")
        .order_by("-changed_at", "pk")
    )


def entry_at(repository: Repository, path: str, part: str = "") -> Entry | None:
    """The entry at a path of a repository, or a part of it, with its page.

    A withdrawn one if none lives.
    """
    found = Entry.objects.filter(repository=repository, path=path, part=part).select_related(
        "current", "rendering", "repository__cohort", "repository__owner", "original"
    )
    return found.filter(withdrawn_at=None).first() or found.order_by("-withdrawn_at").first()


def moved_to(repository: Repository, path: str) -> str | None:
    """Where the entry that used to be at ``path`` is now; None when nothing was."""
    old = OldPath.objects.filter(repository=repository, path=path).select_related("entry").first()
    return old.entry.path if old else None


def remembered_paths(repository: Repository, *, before: str, after: str) -> list[str]:
    """Paths of entries, living or not, that begin and end so; the names they had before, too."""
    of_entries = Entry.objects.filter(repository=repository)
    of_old = OldPath.objects.filter(repository=repository)
    named = {"path__startswith": before, "path__endswith": after}
    found = (rows.filter(**named).values_list("path", flat=True) for rows in (of_entries, of_old))
    return sorted({path for paths in found for path in paths})


def versions_of(entry: Entry, limit: int = 500) -> list[Version]:
    """The versions of an entry, newest first."""
    return list(entry.versions.order_by("-committed_at", "-pk")[:limit])


def entries_of(repository: Repository, kinds: Iterable[str] = ()) -> QuerySet[Entry]:
    """The living entries of one repository, by path."""
    found = Entry.objects.filter(repository=repository, withdrawn_at=None).exclude(path="", part="")
    return (found.filter(kind__in=list(kinds)) if kinds else found).order_by("path", "line")


def kind_counts(repositories: Iterable[int]) -> dict[str, int]:
    """How many living entries of each kind these repositories have."""
    rows = (
        Entry.objects.filter(repository__in=list(repositories), withdrawn_at=None)
        .values_list("kind")
        .annotate(entries=Count("pk"))
        .order_by("kind")
    )
    return dict(rows)


def kind_counts_by_cohort(cohorts: Iterable[Cohort]) -> dict[int, dict[str, int]]:
    """The same for several cohorts, in one query: cohort key → kind → entries."""
    rows = (
        Entry.objects.filter(repository__cohort__in=list(cohorts), withdrawn_at=None)
        .values_list("repository__cohort", "kind")
        .annotate(entries=Count("pk"))
    )
    counts: dict[int, dict[str, int]] = {}
    for cohort, kind, entries in rows:
        counts.setdefault(cohort, {})[kind] = entries
    return counts


def left_out_by_reason(repository: int) -> dict[str, int]:
    """How many files each reason keeps out."""
    counts: Counter[str] = Counter()
    for reason, files in LeftOut.objects.filter(repository=repository).values_list(
        "reason", "files"
    ):
        counts[reason] += files
    return dict(sorted(counts.items()))


def left_out(repository: int) -> list[LeftOut]:
    """What is not read, by reason and path."""
    return list(LeftOut.objects.filter(repository=repository).order_by("reason", "path"))


def problems_of(repository: int, *, path: str | None = None) -> list[FileProblem]:
    """What is wrong with the files of a repository, or with one of them."""
    found = FileProblem.objects.filter(repository=repository)
    if path is not None:
        found = found.filter(path=path)
    return list(found.order_by("path", "line", "code"))


def entries_by_owner(cohort: Cohort) -> dict[int, int]:
    """Who owns repositories in a cohort, by how many living entries: person key → entries."""
    rows = (
        Entry.objects.filter(repository__cohort=cohort, withdrawn_at=None)
        .values_list("repository__owner")
        .annotate(entries=Count("pk"))
        .order_by("-entries", "repository__owner")
    )
    return dict(rows)


def source_file_count(repository: int) -> int:
    """How many files of a repository can be found though they are no entries."""
    return SourceFile.objects.filter(repository=repository).count()


def weekly_versions(*, cohorts: Iterable[int], owner: int | None = None) -> dict[date, int]:
    """How many versions these cohorts committed a week, by the Monday it begins; half a year."""
    since = timezone.now() - timedelta(weeks=WEEKS_SHOWN)
    found = Version.objects.filter(
        committed_at__gte=since, entry__repository__cohort__in=list(cohorts)
    )
    if owner is not None:
        found = found.filter(entry__repository__owner=owner)
    rows = (
        found.annotate(week=TruncWeek("committed_at"))
        .values_list("week")
        .annotate(versions=Count("pk"))
        .order_by("week")
    )
    return {week.date(): versions for week, versions in rows if week is not None}


def language_bytes(repositories: Iterable[int]) -> dict[int, dict[str, int]]:
    """Bytes of code by language, for each repository: one query for all."""
    rows = (
        SourceFile.objects.filter(repository__in=list(repositories))
        .exclude(code_language__in=["", *NOT_CODE])
        .values_list("repository", "code_language")
        .annotate(size=Sum("size_bytes"))
        .order_by("repository", "-size")
    )
    sizes: dict[int, dict[str, int]] = {}
    for repository, language, size in rows:
        sizes.setdefault(repository, {})[language] = size
    return sizes


def entry_counts(repositories: Iterable[int]) -> dict[int, int]:
    """How many living entries each repository has, in one query."""
    rows = (
        Entry.objects.filter(repository__in=list(repositories), withdrawn_at=None)
        .values_list("repository")
        .annotate(entries=Count("pk"))
        .order_by()
    )
    return dict(rows)


def newest_change(cohorts: Iterable[Cohort]) -> dict[int, datetime]:
    """When something changed last in each cohort, in one query."""
    rows = (
        Entry.objects.filter(repository__cohort__in=list(cohorts), withdrawn_at=None)
        .values_list("repository__cohort")
        .annotate(changed=Max("changed_at"))
        .order_by()
    )
    return dict(rows)


def total_counts(reader: Person | None) -> dict[str, int]:
    """How many entries of each kind ``reader`` may see."""
    rows = (
        Entry.objects.filter(repository__in=visible_repositories(reader), withdrawn_at=None)
        .values_list("kind")
        .annotate(entries=Count("pk"))
        .order_by("kind")
    )
    return dict(rows)


def version_count(entry: Entry) -> int:
    """How many versions an entry has."""
    return entry.versions.count()


def entry_of_source(repository: Repository, path: str) -> Entry | None:
    """The entry whose file is at ``path``: the project's for its README, or for no path."""
    found = entry_at(repository, path)
    if found is not None:
        return found
    project = entry_at(repository, "")
    is_readme = project is not None and project.current and project.current.path == path
    return project if is_readme else None


def kind_counts_of(entries: QuerySet[Entry]) -> dict[str, int]:
    """How many of these entries are of each kind."""
    return dict(entries.order_by().values_list("kind").annotate(entries=Count("pk")))


def kind_counts_by_owner(cohort: Cohort) -> dict[int, dict[str, int]]:
    """What each person published in a cohort: person key → kind → entries, in one query."""
    rows = (
        Entry.objects.filter(repository__cohort=cohort, withdrawn_at=None)
        .values_list("repository__owner", "kind")
        .annotate(entries=Count("pk"))
        .order_by()
    )
    counts: dict[int, dict[str, int]] = {}
    for owner, kind, entries in rows:
        counts.setdefault(owner, {})[kind] = entries
    return counts


def newest_change_by_owner(cohort: Cohort) -> dict[int, datetime]:
    """When each person changed something last in a cohort, in one query."""
    rows = (
        Entry.objects.filter(repository__cohort=cohort, withdrawn_at=None)
        .values_list("repository__owner")
        .annotate(changed=Max("changed_at"))
        .order_by()
    )
    return dict(rows)


def beside(entry: Entry, limit: int = 40) -> list[Entry]:
    """The living entries of the folder in which an entry lies, itself among them, by path."""
    folder = entry.path.rpartition("/")[0]
    pattern = rf"^{re.escape(folder)}/[^/]+$" if folder else r"^[^/]+$"
    found = Entry.objects.filter(
        repository=entry.repository_id, withdrawn_at=None, path__startswith=folder, part=""
    )
    return list(found.filter(path__regex=pattern).order_by("path")[:limit])


def topics_of_entry(entry: Entry) -> list[str]:
    """The slugs of what an entry is about, the weightiest first."""
    return list(entry.topics.order_by("-weight", "topic").values_list("topic", flat=True))


def same_elsewhere(entry: Entry, limit: int = 20) -> list[Entry]:
    """The living entries of the same cohort that hold the same as this one, the first first."""
    if not entry.digest:
        return []
    found = Entry.objects.filter(
        digest=entry.digest, withdrawn_at=None, repository__cohort=entry.repository.cohort_id
    ).exclude(pk=entry.pk)
    wanted = found.select_related("current", "repository__cohort", "repository__owner")
    return list(wanted.order_by("pk")[:limit])


def entries_about(topic: str, *, cohort: Cohort) -> QuerySet[Entry]:
    """The living entries of a cohort on a topic, those most about it first; copies left out."""
    return (
        Entry.objects.filter(
            topics__topic=topic,
            repository__cohort=cohort,
            withdrawn_at=None,
            original=None,
        )
        .select_related("repository__cohort", "repository__owner")
        .order_by("-topics__weight", "-changed_at", "pk")
    )
