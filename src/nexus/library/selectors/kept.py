"""What is counted over whole cohorts is counted once for each state of the hub.

Counting 40,000 entries takes tens of milliseconds, a page that shows the counts a few. Every
write that changes what is counted stores an event with it, so a count made after event N holds
until N + 1. The number of the newest event is part of the key: a number is given after its
commit, so a count can be newer than its key says but never older.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet

from nexus.kernel.events import last_number

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: The longest that a count is kept; some depend on the day.
KEPT_SECONDS = 3600

T = TypeVar("T")


def kept_rows(rows: QuerySet[Any, T]) -> list[T]:
    """The rows of a query that groups and counts; give it none with many rows.

    Who may see what must stand in it as the keys of cohorts: a membership is no event.
    """
    return _kept("rows", rows, lambda: list(rows))


def kept_count(found: QuerySet[Any, Any]) -> int:
    """How many there are; the same holds of what may be seen."""
    plain = found.order_by().values("pk")
    return _kept("count", plain, plain.count)


def _kept(what: str, query: QuerySet[Any, Any], ask: Callable[[], T]) -> T:
    try:
        sql, params = query.query.sql_with_params()
    except EmptyResultSet:  # nothing can be found: Django does not ask the database either
        return ask()
    digest = sha256(f"{sql} {params!r}".encode()).hexdigest()
    key = f"{what}:{last_number()}:{digest}"
    known: T | None = cache.get(key)
    if known is None:
        known = ask()
        cache.set(key, known, KEPT_SECONDS)
    return known
