"""Reads of projects by what is known of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from nexus.kernel.once import rows as answered
from nexus.library.facts.fact import FactName
from nexus.library.models import Entry, Fact
from nexus.library.selectors.entries import entries_in

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort

#: What a card of the gallery says of a project.
SHOWN = (FactName.TRACK, FactName.TECHNOLOGY, FactName.LOOKING_FOR, FactName.LIVE_ADDRESS)
#: Those that are "corrected" and "fact" before each "guess".
_SHOWN = f"""
    SELECT entry_id, name, value FROM library_fact
    WHERE entry_id {{among}} AND name IN ({", ".join(["%s"] * len(SHOWN))}) AND NOT is_overruled
    ORDER BY certainty, id
"""  # noqa: S608 (places)


def projects_of(cohort: Cohort, *, known: Mapping[str, str]) -> QuerySet[Entry]:
    """The projects of a cohort, newest first, of which all of this is known: fact → value."""
    found = entries_in(cohort, "project")
    for name, value in known.items():
        facts = Fact.objects.filter(name=name, value=value, is_overruled=False)
        found = found.filter(pk__in=facts.values("entry"))
    return found


def values_known(
    projects: QuerySet[Entry], names: Collection[FactName]
) -> dict[str, dict[str, int]]:
    """How many of these projects have each value of some facts, the commonest first; one query.

    By the name of the fact; one that is known of none is left out.
    """
    rows = (
        Fact.objects.filter(entry__in=projects.order_by().values("pk"))
        .filter(name__in=names, is_overruled=False)
        .values_list("name", "value")
        .annotate(projects=Count("entry", distinct=True))
        .order_by("-projects", "value")
    )
    found: dict[str, dict[str, int]] = {}
    for name, value, count in rows:
        found.setdefault(name, {})[value] = count
    return found


def facts_shown(projects: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """What the gallery says of projects: entry key → (fact, value), those from files first.

    One query.
    """
    found: dict[int, list[tuple[str, str]]] = {}
    for entry, name, value in answered(_SHOWN, [projects, *SHOWN]) if projects else ():
        found.setdefault(entry, []).append((name, value))
    return found
