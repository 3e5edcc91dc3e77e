"""How many cohorts there are: for whoever runs the hub."""

from django.db.models import Count, Q

from nexus.cohorts.models import Cohort, Visibility


def cohorts_counted() -> dict[str, int]:
    """How many cohorts each visibility has, and how many are ``archived``; in one query."""
    living = {
        value: Count("pk", filter=Q(visibility=value, archived_at=None))
        for value in Visibility.values
    }
    return Cohort.objects.aggregate(
        **living, archived=Count("pk", filter=Q(archived_at__isnull=False))
    )
