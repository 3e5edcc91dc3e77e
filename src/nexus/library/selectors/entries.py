"""Reads of entries: one at an address, those of a repository, those that a reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from nexus.cohorts.selectors import visible_cohorts
from nexus.kernel.prepared import Prepared
from nexus.library.models import Entry, EntryTopic, OldPath, Version

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person
    from nexus.repositories.models import Repository


def _there(part: str, path: str, repository: int) -> QuerySet[Entry]:
    found = Entry.objects.filter(part=part, path=path, repository=repository)
    return found.select_related("current", "rendering")


_LIVING = Prepared(lambda *asked: _there(*asked).filter(withdrawn_at=None)[:1])
_WITHDRAWN = Prepared(lambda *asked: _there(*asked).order_by("-withdrawn_at")[:1])
_LIVING_AMONG = Prepared(
    lambda keys: Entry.objects.filter(pk__among=keys, withdrawn_at=None).select_related(
        "repository__cohort", "repository__owner"
    )
)


def visible_entries(reader: Person | None) -> QuerySet[Entry]:
    """The living entries that ``reader`` may see, newest change first.

    Of what one commit brought, a project stands before its parts.
    """
    return (
        Entry.objects.filter(cohort__in=visible_cohorts(reader), withdrawn_at=None)
        .select_related("repository__cohort", "repository__owner")
        .order_by("-changed_at", "pk")
    )


def living_entries(keys: Sequence[int]) -> dict[int, Entry]:
    """Those of these entries that live, by key, loaded with what a card shows; one query.

    Only for keys that were found among what the reader may see.
    """
    return {entry.pk: entry for entry in _LIVING_AMONG(keys)} if keys else {}


def entry_at(repository: Repository, path: str, part: str = "") -> Entry | None:
    """The entry at a path of a repository, or a part of it, with its page.

    A withdrawn one if none lives.
    """
    asked = (part, path, repository.pk)
    entry = _LIVING.first(*asked) or _WITHDRAWN.first(*asked)
    if entry is not None:
        entry.repository = repository  # with its cohort and its owner, which are loaded
    return entry


def entry_of_source(repository: Repository, path: str) -> Entry | None:
    """The entry whose file is at ``path``: the project's for its README, or for no path."""
    found = entry_at(repository, path)
    if found is not None:
        return found
    project = entry_at(repository, "")
    is_readme = project is not None and project.current and project.current.path == path
    return project if is_readme else None


def moved_to(repository: Repository, path: str) -> str | None:
    """Where the entry that used to be at ``path`` is now; None when nothing was."""
    old = OldPath.objects.filter(repository=repository, path=path).select_related("entry").first()
    return old.entry.path if old else None


def remembered_paths(repository: Repository, *, before: str, after: str) -> list[str]:
    """Paths of entries, living or not, that begin and end so; the names they had before, too."""
    of_entries = Entry.objects.filter(repository=repository)
    of_old = OldPath.objects.filter(repository=repository)
    named = {"path__startswith": before, "path__endswith": after}
    found = (each.filter(**named).values_list("path", flat=True) for each in (of_entries, of_old))
    return sorted({path for paths in found for path in paths})


def versions_of(entry: Entry, limit: int = 500) -> list[Version]:
    """The versions of an entry, newest first."""
    return list(entry.versions.order_by("-committed_at", "-pk")[:limit])


def entries_of(repository: Repository, kinds: Iterable[str] = ()) -> QuerySet[Entry]:
    """The living entries of one repository, by path."""
    found = Entry.objects.filter(repository=repository, withdrawn_at=None).exclude(path="", part="")
    return (found.filter(kind__in=list(kinds)) if kinds else found).order_by("path", "line")


def same_elsewhere(entry: Entry, limit: int = 20) -> list[Entry]:
    """The living entries of the same cohort that hold the same as this one, the first first."""
    if not entry.digest:
        return []
    found = Entry.objects.filter(
        digest=entry.digest, withdrawn_at=None, cohort=entry.cohort_id
    ).exclude(pk=entry.pk)
    wanted = found.select_related("current", "repository__cohort", "repository__owner")
    return list(wanted.order_by("pk")[:limit])


def entries_in(cohort: Cohort, kind: str = "") -> QuerySet[Entry]:
    """The living entries of a cohort (of a kind), newest change first."""
    found = Entry.objects.filter(cohort=cohort, withdrawn_at=None)
    return (
        (found.filter(kind=kind) if kind else found)
        .select_related("repository__cohort", "repository__owner")
        .order_by("-changed_at", "pk")
    )


def challenges_of(cohort: Cohort) -> QuerySet[Entry]:
    """The challenges of a cohort, newest first; copies left out."""
    return entries_in(cohort, "challenge").filter(original=None)


def challenges_on(topic: str, cohort: Cohort) -> QuerySet[EntryTopic]:
    """The same on one topic, a row for each ``entry``: an index has all that they are sorted by."""
    about = EntryTopic.objects.filter(cohort=cohort, topic=topic, kind="challenge", is_listed=True)
    return about.order_by("-changed_at", "entry")


def newest_of(cohort: Cohort) -> QuerySet[Entry]:
    """The living entries of a cohort, newest change first; copies left out."""
    return entries_in(cohort).filter(original=None)
