"""Whether what people recommend still answers: looked at now and then, politely.

One round asks each host once. What answers is left alone for a month; what does not is asked
again after a day, and is called gone or silent only when it failed several times in a row.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from nexus.kernel.events import publish
from nexus.library.events import ResourcesChanged
from nexus.library.looking import Health, Look, look
from nexus.library.models import Resource

#: Pages that one round asks for at most, each of another host.
ROUND = 20
#: So many failures in a row before it is told.
PATIENCE = 3
_WELL = timedelta(days=30)
_FAILED = (timedelta(days=1), timedelta(days=3), timedelta(days=7))
#: While a look is under way, no other process takes the same page.
_TAKEN = timedelta(hours=1)
_FAILURES = frozenset({Health.GONE, Health.SILENT})


def look_at_due(*, limit: int = ROUND) -> int:
    """Look at recommended pages whose time has come; returns how many."""
    looked = 0
    for resource in _due(limit):
        note_look(resource=resource.pk, found=look(resource.address, allow_private=_allowed()))
        looked += 1
    return looked


def _allowed() -> bool:
    return bool(settings.ALLOW_PRIVATE_NETWORKS)


def _due(limit: int) -> Iterator[Resource]:
    """Pages whose time has come, one for each host, each taken for this process."""
    now = timezone.now()
    waiting = Resource.objects.filter(
        Q(next_check_at=None) | Q(next_check_at__lte=now), recommended__gt=0
    ).order_by("next_check_at", "pk")
    hosts: set[str] = set()
    for resource in waiting[: limit * 10]:
        if resource.host in hosts or len(hosts) >= limit:
            continue
        same = Resource.objects.filter(pk=resource.pk, next_check_at=resource.next_check_at)
        if same.update(next_check_at=now + _TAKEN):
            hosts.add(resource.host)
            yield resource


@transaction.atomic
def note_look(*, resource: int, found: Look) -> None:
    """Write down what a look found, and when to look again."""
    row = Resource.objects.select_for_update().select_related("cohort").get(pk=resource)
    before = row.state
    row.failures = row.failures + 1 if found.health in _FAILURES else 0
    if not row.failures or row.failures >= PATIENCE:
        row.state = found.health
    row.status_code, row.moved_to = found.status, found.moved_to
    row.checked_at = timezone.now()
    row.next_check_at = row.checked_at + _until_next(row.failures)
    row.save()
    if row.state != before:
        publish(
            ResourcesChanged(cohort=row.cohort_id, resources=(row.pk,)),
            audience=row.cohort.audience,
        )


def _until_next(failures: int) -> timedelta:
    """A month if all is well; days spread a little, so that not all fall on one."""
    wait = _FAILED[min(failures, len(_FAILED)) - 1] if failures else _WELL
    return wait * random.uniform(0.9, 1.1)  # noqa: S311
