"""Reads of projects that look for a counterpart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nexus.library.counterparts.fit import SIDES, Project
from nexus.library.counterparts.ideas import idea_words
from nexus.library.facts.fact import FactName
from nexus.library.models import Entry, Fact
from nexus.library.selectors.kept import kept

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person

_ASKED = (FactName.TRACK, FactName.LOOKING_FOR, FactName.TECHNOLOGY, FactName.IDEA)
MOST_OWN = 50


def seeking_projects(cohorts: Iterable[Cohort]) -> tuple[Project, ...]:
    """The projects of these cohorts that look for a backend or a frontend, newest first; kept."""
    keys = tuple(sorted(cohort.pk for cohort in cohorts))

    def read() -> tuple[Project, ...]:
        seeking = Fact.objects.filter(
            name=FactName.LOOKING_FOR, value__in=SIDES, is_overruled=False
        )
        return _read(
            Entry.objects.filter(cohort__in=keys, kind="project", path="", withdrawn_at=None)
            .filter(pk__in=seeking.values("entry"))
            .order_by("-changed_at", "pk")
        )

    return kept(("seeking projects", keys), read)


def own_projects(person: Person, cohorts: Iterable[Cohort]) -> tuple[Project, ...]:
    """The projects of a person in these cohorts, newest first; two queries."""
    found = Entry.objects.filter(kind="project", path="", part="", withdrawn_at=None)
    mine = found.filter(repository__owner=person, cohort__in=list(cohorts))
    return _read(mine.order_by("-changed_at", "pk"), limit=MOST_OWN)


def _read(entries: QuerySet[Entry], limit: int | None = None) -> tuple[Project, ...]:
    rows = list(entries.values_list("pk", "repository__owner", "title")[:limit])
    facts = Fact.objects.filter(name__in=_ASKED, is_overruled=False)
    if limit is None:
        facts = facts.filter(entry__in=entries.order_by().values("pk"))
    else:
        facts = facts.filter(entry__in=[key for key, _, _ in rows])
    known: dict[int, dict[str, list[str]]] = {}
    for entry, name, value in facts.order_by("pk").values_list("entry", "name", "value"):
        known.setdefault(entry, {}).setdefault(name, []).append(value)
    return tuple(_project(*row, known.get(row[0], {})) for row in rows)


def _project(key: int, owner: int, title: str, facts: dict[str, list[str]]) -> Project:
    return Project(
        key,
        owner,
        title,
        track=next(iter(facts.get(FactName.TRACK, ())), ""),
        sought=frozenset(facts.get(FactName.LOOKING_FOR, ())),
        topics=frozenset(facts.get(FactName.TECHNOLOGY, ())),
        idea=idea_words(title, next(iter(facts.get(FactName.IDEA, ())), "")),
    )
