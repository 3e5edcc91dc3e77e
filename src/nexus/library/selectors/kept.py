"""What is counted or drawn of whole cohorts is made once for each state of the hub.

Counting 40,000 entries takes tens of milliseconds, a page that shows the counts a few. Every
write that changes what is counted stores an event with it, so what was made after event N holds
until the next one that changes anything. The number of the newest such event stands for the
state: a number is given after its commit, so what is kept can be newer than its state says but
never older.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.core.exceptions import EmptyResultSet

from nexus.credentials.events import UNSEEN as ABOUT_TOKENS
from nexus.kernel.events import newest_besides
from nexus.kernel.once import once
from nexus.library.events import UNSEEN as ABOUT_PROPOSALS
from nexus.people.events import UNSEEN

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: The longest that something is kept; some of it depends on the day.
KEPT_SECONDS = 3600
#: How many things are kept at most: those asked for last.
MOST_KEPT = 2_000
#: How many whole pages are kept at most, and how many letters one may have.
MOST_PAGES, LONGEST_PAGE = 200, 100_000
#: Events that change nothing of what is kept.
QUIET = (
    *("repositories.sync_finished", "repositories.head_moved"),
    *(*ABOUT_PROPOSALS, *ABOUT_TOKENS, *UNSEEN),
)

T = TypeVar("T")


@dataclass(slots=True)
class _Store:
    """What is kept of one state; with a newer one it begins anew."""

    most: int = MOST_KEPT
    state: int = 0
    values: OrderedDict[Hashable, tuple[float, Any]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, state: int, key: Hashable) -> tuple[float, Any] | None:
        """What was kept under a key in this state, and until when it holds."""
        with self.lock:
            found = self.values.get(key) if state == self.state else None
            if found is not None:
                self.values.move_to_end(key)
        return found

    def put(self, state: int, key: Hashable, value: tuple[float, Any]) -> None:
        """Keep a value, unless the state is over."""
        with self.lock:
            if state > self.state:
                self.state = state
                self.values.clear()
            if state == self.state:
                self.values[key] = value
                if len(self.values) > self.most:
                    self.values.popitem(last=False)

    def clear(self) -> None:
        """Keep nothing any more."""
        with self.lock:
            self.state = 0
            self.values.clear()


_values, _pages = _Store(), _Store(most=MOST_PAGES)


def forget() -> None:
    """Keep nothing any more: for tests, whose databases come and go."""
    _values.clear()
    _pages.clear()


@once
def state() -> int:
    """The number that stands for what the hub has published."""
    return newest_besides(QUIET)


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` gave in this state of the hub; nobody may change it.

    ``key`` tells it from everything else that is kept. Who may see what must stand in it as the
    keys of cohorts: a membership is no event.
    """
    now, present = monotonic(), state()
    found = _values.get(present, key)
    if found is None or found[0] < now:
        found = (now + KEPT_SECONDS, make())
        _values.put(present, key, found)
    value: T = found[1]
    return value


def kept_page(key: Hashable) -> str | None:
    """A whole page that was kept in this state of the hub."""
    found = _pages.get(state(), key)
    return found[1] if found is not None and found[0] >= monotonic() else None


def keep_page(key: Hashable, page: str) -> None:
    """Keep a page for those who read it again, unless it is very long.

    ``key`` holds who reads, as far as the page depends on it, and what no event tells of.
    Whoever develops the hub sees each page as it is now.
    """
    if len(page) <= LONGEST_PAGE and not settings.DEBUG:
        _pages.put(state(), key, (monotonic() + KEPT_SECONDS, page))


def kept_rows(rows: QuerySet[Any, T]) -> list[T]:
    """The rows of a query that groups and counts; give it none with many rows."""
    key = _key_of("rows", rows)
    return list(kept(key, lambda: tuple(rows))) if key else []


def kept_count(found: QuerySet[Any, Any]) -> int:
    """How many there are; the same holds of what may be seen."""
    plain = found.order_by().values("pk")
    key = _key_of("count", plain)
    return kept(key, plain.count) if key else 0


def _key_of(what: str, query: QuerySet[Any, Any]) -> tuple[str, ...]:
    """What a query asks, as a key; empty when it can find nothing."""
    try:
        sql, parameters = query.query.sql_with_params()
    except EmptyResultSet:
        return ()
    return (what, sql, repr(parameters))
