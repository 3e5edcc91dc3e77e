"""Taking work for this process, and noticing that another one has died over it."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from nexus.departing.models import Run
from nexus.repositories.workers import is_dead, this_worker

#: Work that has said nothing for this long was left by a process that died.
SILENCE = timedelta(minutes=10)
_SAY_EVERY_SECONDS = 0.5


def claim(rows: QuerySet[Run], key: object) -> bool:
    """Take one of ``rows``, that nobody works on, for this process; whether it is ours."""
    free = rows.filter(Q(worker="") | abandoned(rows), pk=key)
    return bool(free.update(worker=this_worker(), alive_at=timezone.now()))


def abandoned(rows: QuerySet[Run]) -> Q:
    """Those of ``rows`` whose process has died, or is silent for too long."""
    taken = rows.exclude(worker="").values_list("worker", flat=True).distinct()
    dead = [worker for worker in taken if is_dead(worker)]
    return Q(worker__in=dead) | Q(alive_at__lt=timezone.now() - SILENCE)


class Speaker:
    """Writes down how far a run is, now and then; raises when there is no such run any more."""

    def __init__(self, rows: QuerySet[Run], gone: Exception) -> None:
        self._rows = rows
        self._gone = gone
        self._said = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say it."""
        now = time.monotonic()
        if now - self._said < _SAY_EVERY_SECONDS:
            return
        self._said = now
        facts = {"stage": stage[:120], "done": done, "total": total, "alive_at": timezone.now()}
        if not self._rows.update(**facts):
            raise self._gone
