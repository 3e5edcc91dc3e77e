"""Search as the rest of the hub sees it: ask, suggest, follow, and say how it is.

One engine a process. Any number of processes may read the same index directory; one of
them writes, whichever took the lock first, and another goes on when it ends.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from nexus.kernel.errors import Unavailable
from nexus.search.damage import IndexDamaged, damage_as_error
from nexus.search.finding import find
from nexus.search.follower import Follower
from nexus.search.registry import EventLog, SourceRegistry
from nexus.search.results import (
    IndexState,
    IndexStatus,
    SearchRequest,
    SearchResults,
    Suggestion,
)
from nexus.search.storage import Storage
from nexus.search.suggesting import suggest


class SearchEngine:
    """The index in ``directory``, following ``log`` with what ``sources`` have to find.

    Nothing is opened before the first question, ``start`` or ``catch_up``. While there is much
    to index, so many ``workers`` help, processes of their own; fewer than two are none.
    """

    def __init__(
        self,
        directory: Path,
        *,
        log: EventLog,
        sources: SourceRegistry,
        poll_seconds: float = 1.0,
        workers: int = 0,
    ) -> None:
        self._log = log
        self._storage = Storage(directory)
        self._follower = Follower(
            directory, log=log, sources=sources, poll_seconds=poll_seconds, workers=workers
        )

    def start(self) -> None:
        """Follow the log in a thread of its own."""
        self._follower.start()

    def stop(self) -> None:
        """End the thread and let another process write. Questions are still answered."""
        self._follower.stop()

    def wake(self) -> None:
        """Say that a transaction with events was committed; returns at once."""
        self._follower.wake()

    def on_change(self, hint: Callable[[], None]) -> None:
        """Call ``hint`` whenever other answers may be found than before.

        An event tells of a change before the index has followed it, so whoever keeps answers
        must also forget them now. The hint runs in the thread that noticed: be quick.
        """
        self._follower.reader.on_change(hint)

    def catch_up(self, timeout: float = 60.0) -> None:
        """Wait, at most ``timeout`` seconds, until all that has happened can be found."""
        self._follower.catch_up(timeout)

    def rebuild(self) -> None:
        """Build the index anew while the old one answers."""
        self._follower.rebuild()

    def search(self, request: SearchRequest) -> SearchResults:
        """Answer ``request`` from the newest commit of the index.

        Raises Unavailable when the index turns out to be damaged; it is then rebuilt.
        """
        began = time.perf_counter()
        snapshot = self._follower.reader.snapshot()
        if snapshot is None:
            return SearchResults(building=True)
        with self._watching():
            results = find(snapshot, request)
        return replace(results, took_ms=(time.perf_counter() - began) * 1_000)

    def suggest(self, prefix: str, audiences: frozenset[str], limit: int = 8) -> list[Suggestion]:
        """Titles that go on from ``prefix``, for a reader who holds ``audiences``."""
        snapshot = self._follower.reader.snapshot()
        if snapshot is None:
            return []
        with self._watching():
            return suggest(snapshot, prefix, audiences, limit)

    def status(self) -> IndexStatus:
        """How the index is; cheap enough to ask at every look at a page of operation."""
        snapshot = self._follower.reader.snapshot()
        cursor = self._follower.cursor
        return IndexStatus(
            documents=snapshot.documents if snapshot else 0,
            cursor=cursor or 0,
            behind_by=max(self._log.last_number() - (cursor or 0), 0),
            size_bytes=self._storage.size(),
            state=self._state(cursor),
            left_out=snapshot.left_out if snapshot else 0,
            error=self._follower.error,
        )

    def _state(self, cursor: int | None) -> IndexState:
        if self._follower.error:
            return IndexState.FAILING
        if self._follower.is_rebuilding:
            return IndexState.BUILDING
        if self._storage.current() is None:
            return IndexState.MISSING
        return IndexState.READY if cursor is not None else IndexState.BUILDING

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """Have the index checked, and rebuilt if need be, when it answers as if damaged."""
        try:
            with damage_as_error():
                yield
        except IndexDamaged as error:
            self._follower.suspect()
            raise Unavailable(
                "search-damaged",
                "The search index could not be read.",
                remedy="It is being checked and rebuilt; try again in a moment.",
            ) from error
