"""Reads of what cohorts recommend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet

from nexus.library.models import Recommendation, Resource, ResourceTopic
from nexus.library.selectors.kept import kept_rows

if TYPE_CHECKING:
    from datetime import datetime

    from nexus.cohorts.models import Cohort

#: Recommendations shown of each resource.
TOLD = 3


def resources_of(
    cohorts: Iterable[Cohort], *, topic: str = "", host: str = "", words: str = ""
) -> QuerySet[Resource]:
    """What cohorts recommend, the most recommended first; ``told`` are the first words for each.

    ``words`` must all be in its title, its address or its host.
    """
    found = Resource.objects.filter(cohort__in=[cohort.pk for cohort in cohorts], recommended__gt=0)
    if topic:
        found = found.filter(topics__topic=topic)
    if host:
        found = found.filter(host=host)
    for word in words.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(address__icontains=word))
    return found.order_by("-recommended", "pk").prefetch_related(_told())


def _told() -> Prefetch[str]:
    rows = Recommendation.objects.filter(entry__withdrawn_at=None).select_related(
        "entry__current", "entry__repository__cohort", "entry__repository__owner"
    )
    return Prefetch("recommendations", rows.order_by("pk")[:TOLD], to_attr="told")


def new_resources(cohort: Cohort, *, since: datetime) -> QuerySet[Resource]:
    """What was recommended for the first time since a moment, the most recommended first."""
    return resources_of([cohort]).filter(added_at__gte=since)


def resource_topics(resources: QuerySet[Resource]) -> dict[str, int]:
    """How many of these resources are about each topic, the most first."""
    rows = (
        ResourceTopic.objects.filter(
            resource__in=resources.order_by().prefetch_related(None).values("pk")
        )
        .values_list("topic")
        .annotate(resources=Count("pk"))
        .order_by("-resources", "topic")
    )
    return dict(kept_rows(rows))


def resource_hosts(resources: QuerySet[Resource], limit: int = 16) -> dict[str, int]:
    """How many of these resources lie on each host, the most first."""
    rows = (
        resources.order_by()
        .prefetch_related(None)
        .values_list("host")
        .annotate(resources=Count("pk"))
        .order_by("-resources", "host")
    )
    return dict(kept_rows(rows[:limit]))
