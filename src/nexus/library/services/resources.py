"""Gathering what a cohort recommends: one resource for each address, with who and where."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db.models import Count, Q

from nexus.kernel.events import publish
from nexus.library.events import ResourcesChanged
from nexus.library.models import Recommendation, Resource, ResourceTopic
from nexus.library.topics.matching import topics_named_in

if TYPE_CHECKING:
    from nexus.library.extraction.resources import FoundResource
    from nexus.repositories.models import Repository

_EVENT_KEYS = 500
#: A resource is about so many topics at most, for each word said about it.
MAX_TOPICS = 4

#: What each entry recommends: entry key → what was found in it.
Found = Mapping[int, Sequence["FoundResource"]]


def write_recommendations(repository: Repository, found: Found) -> None:
    """Make the recommendations of these entries those that were ``found`` in them.

    An entry with nothing found takes its recommendations back. Runs inside the transaction
    that writes the entries.
    """
    known = {
        (row.entry_id, row.resource_id): row
        for row in Recommendation.objects.filter(entry__in=list(found))
    }
    if not known and not any(found.values()):
        return
    resources = _resources(
        repository.cohort_id, [link for links in found.values() for link in links]
    )
    rows = (
        _row(entry, resources[key_of(link)], link)
        for entry, links in found.items()
        for link in reversed(links)  # of several in one entry, the first stays
    )
    wanted = {(row.entry_id, row.resource_id): row for row in rows}
    gone = [row.pk for key, row in known.items() if not _same(row, wanted.get(key))]
    came = [row for key, row in wanted.items() if not _same(row, known.get(key))]
    if not gone and not came:
        return
    Recommendation.objects.filter(pk__in=gone).delete()
    Recommendation.objects.bulk_create(came, batch_size=300)
    touched = {key for _, key in known} | {key for _, key in wanted}
    _retell(came)
    recount(touched)
    _announce(repository, sorted(touched))


def key_of(link: FoundResource) -> str:
    """A digest of the normal form of the address: addresses may be longer than an index takes."""
    return hashlib.sha256(link.key.encode()).hexdigest()


def _resources(cohort: int, links: Iterable[FoundResource]) -> dict[str, int]:
    """The keys of the rows for these links, made where there is none: digest → row."""
    by_key = {key_of(link): link for link in links}
    known = _rows(cohort, by_key)
    missing = [
        Resource(
            cohort_id=cohort,
            key=key,
            address=link.address[:2000],
            title=(link.text or link.address)[:300],
            host=(urlsplit(link.key).hostname or "")[:253],
        )
        for key, link in by_key.items()
        if key not in known
    ]
    if not missing:
        return known
    Resource.objects.bulk_create(missing, ignore_conflicts=True, batch_size=200)
    return known | _rows(cohort, [row.key for row in missing])


def _rows(cohort: int, keys: Iterable[str]) -> dict[str, int]:
    chosen = list(keys)
    rows: dict[str, int] = {}
    for start in range(0, len(chosen), 500):
        found = Resource.objects.filter(cohort=cohort, key__in=chosen[start : start + 500])
        rows.update(found.values_list("key", "pk"))
    return rows


def _row(entry: int, resource: int, link: FoundResource) -> Recommendation:
    return Recommendation(
        entry_id=entry,
        resource_id=resource,
        text=link.text[:300],
        context=link.context[:400],
        section=link.section[:200],
        line=link.line,
    )


def _same(row: Recommendation, other: Recommendation | None) -> bool:
    return other is not None and _said(row) == _said(other)


def _said(row: Recommendation) -> tuple[str, str, str, int]:
    return row.text, row.context, row.section, row.line


def _retell(came: Iterable[Recommendation]) -> None:
    """What the new words say the resources are about."""
    rows = [
        ResourceTopic(resource_id=row.resource_id, topic=topic)
        for row in came
        for topic in topics_named_in(f"{row.text}\n{row.context}\n{row.section}")[:MAX_TOPICS]
    ]
    ResourceTopic.objects.bulk_create(rows, ignore_conflicts=True, batch_size=300)


def recount(resources: Iterable[int]) -> None:
    """Count anew by how many repositories these resources are recommended."""
    chosen = sorted(resources)
    for start in range(0, len(chosen), 500):
        part = Resource.objects.filter(pk__in=chosen[start : start + 500]).annotate(
            times=Count(
                "recommendations__entry__repository",
                filter=Q(recommendations__entry__withdrawn_at=None),
                distinct=True,
            )
        )
        changed: dict[int, list[int]] = {}
        for key, before, times in part.values_list("pk", "recommended", "times"):
            if before != times:
                changed.setdefault(times, []).append(key)
        for times, keys in changed.items():
            Resource.objects.filter(pk__in=keys).update(recommended=times)


def _announce(repository: Repository, resources: Sequence[int]) -> None:
    for start in range(0, len(resources), _EVENT_KEYS):
        publish(
            ResourcesChanged(
                cohort=repository.cohort_id,
                resources=tuple(resources[start : start + _EVENT_KEYS]),
            ),
            audience=repository.cohort.audience,
        )
