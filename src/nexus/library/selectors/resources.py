"""Reads of what cohorts recommend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q, QuerySet

from nexus.kernel.once import rows as answered
from nexus.kernel.prepared import Prepared
from nexus.library.models import Resource, ResourceTopic

if TYPE_CHECKING:
    from datetime import datetime

    from nexus.cohorts.models import Cohort

#: Recommendations shown of each resource.
TOLD = 3
_AMONG = Prepared(lambda keys: Resource.objects.filter(pk__among=keys))
#: The first recommendations of each resource by living entries, and where they are.
_FIRST_TOLD = """
    SELECT first.resource_id, first.context, first.line,
           person.name, person.handle, entry.title, entry.path, entry.part,
           COALESCE(current.path, entry.path), repository.slug, cohort.slug
    FROM (
        SELECT one.id, one.resource_id, one.entry_id, one.context, one.line,
               ROW_NUMBER() OVER (PARTITION BY one.resource_id ORDER BY one.id) AS place
        FROM library_recommendation one JOIN library_entry living ON living.id = one.entry_id
        WHERE living.withdrawn_at IS NULL AND one.resource_id {among}
    ) AS first
    JOIN library_entry entry ON entry.id = first.entry_id
    LEFT JOIN library_version current ON current.id = entry.current_id
    JOIN repositories_repository repository ON repository.id = entry.repository_id
    JOIN cohorts_cohort cohort ON cohort.id = repository.cohort_id
    JOIN people_person person ON person.id = repository.owner_id
    WHERE first.place <= %s ORDER BY first.id
"""


class Told(NamedTuple):
    """A recommendation: its words, whose it is, and where it stands.

    ``source`` is the path of the file in which ``line`` is, ``path`` and ``part`` those of the
    entry.
    """

    words: str
    line: int
    person: str
    handle: str
    title: str
    path: str
    part: str
    source: str
    repository: str
    cohort: str


def resources_of(
    cohorts: Iterable[Cohort], *, topic: str = "", host: str = "", words: str = ""
) -> QuerySet[Resource]:
    """What cohorts recommend, the most recommended first.

    ``words`` must all be in its title, its address or its host.
    """
    found = Resource.objects.filter(cohort__in=[cohort.pk for cohort in cohorts], recommended__gt=0)
    if topic:
        found = found.filter(topics__topic=topic)
    if host:
        found = found.filter(host=host)
    for word in words.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(address__icontains=word))
    return found.order_by("-recommended", "pk")


#: The most recommended about a topic, each with how many there are.
_ABOUT = """
    SELECT resource.id, COUNT(*) OVER ()
    FROM library_resource resource
    JOIN library_resourcetopic about ON about.resource_id = resource.id AND about.topic = %s
    WHERE resource.recommended > 0 AND resource.cohort_id {among}
    ORDER BY resource.recommended DESC, resource.id LIMIT %s
"""


def first_recommended(
    topic: str, *, cohorts: Iterable[Cohort], most: int
) -> tuple[tuple[int, ...], int]:
    """Keys of what ``resources_of`` gives first on a topic, and how much it gives; one query."""
    cohort_keys = tuple(cohort.pk for cohort in cohorts)
    found = answered(_ABOUT, [topic, cohort_keys, most]) if cohort_keys else []
    return tuple(key for key, _ in found), found[0][1] if found else 0


def recommended(keys: Sequence[int]) -> dict[int, Resource]:
    """Those of these resources that somebody recommends still, by key; one query."""
    return {one.pk: one for one in _AMONG(keys) if one.recommended} if keys else {}


def told_of(resources: Sequence[int]) -> dict[int, list[Told]]:
    """The first words for each of these resources, by its key, the oldest first; one query."""
    found: dict[int, list[Told]] = {}
    for resource, *told in answered(_FIRST_TOLD, [resources, TOLD]) if resources else ():
        found.setdefault(resource, []).append(Told(*told))
    return found


def new_resources(cohort: Cohort, *, since: datetime) -> QuerySet[Resource]:
    """What was recommended for the first time since a moment, the most recommended first."""
    return resources_of([cohort]).filter(added_at__gte=since)


def resource_topics(resources: QuerySet[Resource]) -> dict[str, int]:
    """How many of these resources are about each topic, the most first."""
    rows = (
        ResourceTopic.objects.filter(resource__in=resources.order_by().values("pk"))
        .values_list("topic")
        .annotate(resources=Count("*"))
        .order_by("-resources", "topic")
    )
    return dict(rows)


def resource_hosts(resources: QuerySet[Resource], limit: int = 16) -> dict[str, int]:
    """How many of these resources lie on each host, the most first."""
    rows = (
        resources.order_by()
        .values_list("host")
        .annotate(resources=Count("*"))
        .order_by("-resources", "host")
    )
    return dict(rows[:limit])
