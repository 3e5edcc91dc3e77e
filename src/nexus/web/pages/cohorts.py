"""A cohort and its repositories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nexus.cohorts.selectors import cohort_by_slug, roles_in
from nexus.library import presenting, selectors
from nexus.library.addresses import repository_base
from nexus.library.discretion import hide_in_name
from nexus.library.telling_apart import tell_apart
from nexus.people.requests import person_of
from nexus.people.selectors import names_by_id
from nexus.repositories.selectors import (
    busy_repositories,
    repositories_by_id,
    visible_repositories,
)
from nexus.web.pages.frames import cohort_frame
from nexus.web.pages.listing import first_entries

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person
    from nexus.repositories.models import Repository

PROJECTS_SHOWN = 8
NEWEST_SHOWN = 10
PEOPLE_SHOWN = 12
REPOSITORIES_SHOWN = 12
TOPICS_SHOWN = 14


def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    """What a cohort has, what changed, who is in it."""
    reader = person_of(request)
    found = cohort_by_slug(slug, reader=reader)
    repositories = selectors.kept(
        ("repositories", found.pk, reader is None),
        lambda: tuple(_repositories(found, reader).values_list("pk", flat=True)),
    )
    shown = repositories_by_id(repositories[:REPOSITORIES_SHOWN])
    people = publishers(found, roles_in(found))
    context = {
        **cohort_frame(found, reader, "overview"),
        "counts": presenting.counts_of(
            selectors.kind_counts_by_cohort([found]).get(found.pk, {}), cohort=slug
        ),
        "weeks": presenting.weeks_from(selectors.weeks_of(found)),
        "projects": partial(_projects, found),
        "entries": partial(_newest, found),
        # Cards are the same for whoever may see the cohort.
        "projects_drawn": ("overview, projects", found.pk),
        "entries_drawn": ("overview, newest", found.pk),
        "entries_address": presenting.search_address(cohort=slug, sort="newest"),
        "people": people[:PEOPLE_SHOWN],
        "people_count": len(people),
        "repositories": _repository_rows(shown),
        "repositories_count": len(repositories),
        "topics": presenting.topic_links(
            list(selectors.survey_of(found).sizes)[:TOPICS_SHOWN], found
        ),
    }
    return render(request, "cohort.html", context)


def _projects(found: Cohort) -> list[presenting.Card]:
    return project_cards(first_entries(selectors.entries_in(found, "project"), PROJECTS_SHOWN))


def _newest(found: Cohort) -> list[presenting.Card]:
    rows = first_entries(selectors.entries_in(found), NEWEST_SHOWN)
    return presenting.told_apart(map(presenting.card_of, rows))


def project_cards(entries: Any) -> list[presenting.Card]:
    """Projects with their languages, in two queries."""
    projects = list(entries)
    sizes = selectors.language_bytes([project.repository_id for project in projects])
    return presenting.told_apart(
        presenting.card_of(project, presenting.shares_of(sizes.get(project.repository_id, {})))
        for project in projects
    )


def _repositories(found: Cohort, reader: Person | None) -> QuerySet[Repository]:
    """Guests do not see what could never be read: it may be no more than a typing error."""
    repositories = visible_repositories(reader).filter(cohort=found).order_by("name")
    return repositories if reader is not None else repositories.exclude(indexed="")


def _repository_rows(repositories: list[Repository]) -> list[SimpleNamespace]:
    counts = selectors.entry_counts([repository.pk for repository in repositories])
    busy = busy_repositories([repository.pk for repository in repositories])
    marks = tell_apart(
        repositories,
        look=lambda repository: repository.name.casefold(),
        by=[lambda repository: repository.owner.name, lambda repository: repository.slug],
    )
    return [
        _repository_row(repository, counts.get(repository.pk, 0), repository.pk in busy, mark)
        for repository, mark in zip(repositories, marks, strict=True)
    ]


def _repository_row(
    repository: Repository, count: int, is_busy: bool, apart: str
) -> SimpleNamespace:
    state = "running" if is_busy else repository.state
    origin = repository.origin if repository.origin_kind == "remote" else ""
    return SimpleNamespace(
        name=hide_in_name(repository.name),
        apart=apart,
        address=f"{repository_base(repository.cohort.slug, repository.slug)}/-/status",
        owner=repository.owner,
        state=state,
        state_word=presenting.STATE_WORDS[state],
        updated_at=repository.indexed_at,
        count=count,
        branch=hide_in_name(repository.branch),
        origin=hide_in_name(origin),
    )


@dataclass(frozen=True, slots=True)
class Publisher:
    """Somebody in a cohort, and how many entries of it are theirs."""

    key: int
    name: str
    handle: str
    count: int


def publishers(found: Cohort, members: Iterable[int]) -> Sequence[Publisher]:
    """Who publishes in the cohort, by how much, then who is a member without a repository."""
    keys = tuple(sorted(members))
    return selectors.kept(("publishers", found.pk, keys), lambda: _by_entries(found, keys))


def _by_entries(found: Cohort, members: Sequence[int]) -> tuple[Publisher, ...]:
    counts = {**dict.fromkeys(members, 0), **selectors.entries_by_owner(found)}
    people = names_by_id(counts)
    ordered = sorted(counts, key=lambda key: (-counts[key], people[key].handle.lower()))
    return tuple(
        Publisher(key, people[key].name, people[key].handle, counts[key]) for key in ordered
    )


def people_rows(found: Cohort) -> list[SimpleNamespace]:
    """The same, a row each, with what they are in the cohort."""
    roles = roles_in(found)
    return [
        SimpleNamespace(
            name=one.name,
            handle=one.handle,
            key=one.key,
            count=one.count,
            role=roles.get(one.key, ""),
        )
        for one in publishers(found, roles)
    ]


def repositories(request: HttpRequest, slug: str) -> HttpResponse:
    """Every repository of a cohort, with its state."""
    reader = person_of(request)
    found = cohort_by_slug(slug, reader=reader)
    rows = _repository_rows(list(_repositories(found, reader)))
    context = {**cohort_frame(found, reader, "repositories"), "repositories": rows}
    return render(request, "repositories.html", context)
