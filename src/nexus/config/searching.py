"""The search engine of this process: one index in the home folder, following the event log."""

from collections.abc import Mapping
from typing import Any

from nexus.kernel import events


class StoredEvents:
    """The event log as search reads it."""

    def last_number(self) -> int:
        """The number of the newest event."""
        return events.last_number()

    def after(self, number: int, limit: int) -> list[tuple[int, str, Mapping[str, Any]]]:
        """What happened after ``number``."""
        return list(events.after(number, limit))
