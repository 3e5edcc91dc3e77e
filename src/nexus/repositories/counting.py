"""How repositories stand, and what waits to be done: for whoever runs the hub."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, Sum

from nexus.repositories.models import Repository, Sync


@dataclass(frozen=True, slots=True)
class Queue:
    """Runs that wait, those that are at work, and since when the first one waits."""

    waiting: int
    running: int
    since: datetime | None


def repositories_counted() -> dict[str, int]:
    """How many repositories are in each state."""
    counts = dict.fromkeys(Repository.State.values, 0)
    rows = Repository.objects.values_list("state").annotate(count=Count("pk")).order_by()
    return counts | dict(rows)


def bytes_of_repositories() -> int:
    """What all repositories take on disk, as it was when each was last fetched."""
    return int(Repository.objects.aggregate(sum=Sum("size_bytes"))["sum"] or 0)


def repositories_in_trouble(limit: int) -> list[Repository]:
    """Those that could not be read at the last try, with their cohort."""
    found = Repository.objects.filter(state=Repository.State.TROUBLE)
    return list(found.select_related("cohort").order_by("-fetched_at", "-pk")[:limit])


def queue() -> Queue:
    """What waits to be fetched and read."""
    waiting = Q(state=Sync.State.QUEUED)
    found = Sync.objects.filter(waiting | Q(state=Sync.State.RUNNING)).aggregate(
        waiting=Count("pk", filter=waiting),
        running=Count("pk", filter=~waiting),
        since=Min("requested_at", filter=waiting),
    )
    return Queue(**found)
