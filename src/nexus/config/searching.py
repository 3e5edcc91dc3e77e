"""The search engine of this process: one index in the home folder, following the event log."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from nexus.cohorts.selectors import audiences
from nexus.kernel import events
from nexus.library.search import LibrarySource, ResourceSource
from nexus.people.selectors import hub_owner
from nexus.search import services as search
from nexus.search.engine import SearchEngine
from nexus.search.registry import registry

_PATIENCE_SECONDS = 300


class StoredEvents:
    """The event log as search reads it; gives its connection back after each look."""

    def last_number(self) -> int:
        """The number of the newest event."""
        try:
            return events.last_number()
        finally:
            close_old_connections()

    def after(self, number: int, limit: int) -> list[tuple[int, str, Mapping[str, Any]]]:
        """What happened after ``number``."""
        try:
            return list(events.after(number, limit))
        finally:
            close_old_connections()


@lru_cache(maxsize=1)
def engine() -> SearchEngine:
    """The engine of this process, opened at its first use."""
    registry.register(LibrarySource())
    registry.register(ResourceSource())
    return SearchEngine(
        settings.SEARCH_FOLDER,
        log=StoredEvents(),
        sources=registry,
        workers=settings.PREPARING_WORKERS,
    )


def use_search() -> None:
    """Let the doors ask this process's engine."""
    search.use_engine(engine)


def catch_up() -> None:
    """Wait until everything committed so far can be found."""
    engine().catch_up(_PATIENCE_SECONDS)


def everyone() -> frozenset[str]:
    """What the hub's owner may find: for commands on its own machine."""
    return audiences(hub_owner())
