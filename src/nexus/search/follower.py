"""Keeping the index in step with the event log.

The follower reads the events after the index's cursor, asks the sources what became of
the documents they touched, and commits the answer together with the new cursor. So a
crash repeats work but never skips an event, and every source is asked for the present
state, so repeating does no harm. What touches very many documents is taken up in slices;
of events that touch none, as most do, it is only noted that they were looked at.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from nexus.kernel.errors import Unavailable
from nexus.search.backlog import GATHERED, SLICE, Backlog
from nexus.search.damage import IndexDamaged
from nexus.search.documents import Change
from nexus.search.reader import IndexReader
from nexus.search.registry import EventLog, LoggedEvent, SourceRegistry, Touched
from nexus.search.storage import Storage, WriterLock
from nexus.search.writer import IndexWriter

logger = logging.getLogger(__name__)

#: Events that are read at a time.
_BATCH = 200
_POLL_SECONDS = 1.0
#: How soon to look again while another process has still to write what happened.
_GLANCE_SECONDS = 0.05
_LONGEST_PAUSE = 30.0
_STOP_SECONDS = 10.0


class Stopped(Exception):
    """The follower was told to stop in the middle of a rebuild."""


class Follower:
    """Follows ``log`` with the index in ``directory``, if no other process does already."""

    def __init__(
        self,
        directory: Path,
        *,
        log: EventLog,
        sources: SourceRegistry,
        poll_seconds: float = _POLL_SECONDS,
        workers: int = 0,
    ) -> None:
        storage = Storage(directory)
        self.reader = IndexReader(storage)
        self.error = ""
        self.is_rebuilding = False
        self._storage = storage
        self._log = log
        self._sources = sources
        self._backlog = Backlog(sources)
        self._poll_seconds = poll_seconds
        self._lock = WriterLock(directory)
        self._writer = IndexWriter(storage, workers=workers)
        self._stepping = threading.Lock()
        self._hint = threading.Event()
        self._stopping = threading.Event()
        self._suspected = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def cursor(self) -> int | None:
        """The number of the last event that can be found; None while a first build runs."""
        snapshot = self.reader.snapshot()
        if snapshot is None or snapshot.cursor is None:
            return None
        return self._storage.followed(snapshot.generation, since=snapshot.cursor)

    def start(self) -> None:
        """Follow the log in a thread of its own until ``stop``."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._run, name="search-follower", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread and let another process write."""
        self._stopping.set()
        self._hint.set()
        if self._thread is not None:
            self._thread.join(_STOP_SECONDS)
            self._thread = None
        self._rest()
        with self._stepping:
            self._writer.close()
            self._lock.release()

    def wake(self) -> None:
        """Say that there may be new events; returns at once, from any thread."""
        self._hint.set()

    def suspect(self) -> None:
        """Say that the index answered as if it were damaged: check it, rebuild it if so."""
        self._suspected.set()
        self._hint.set()

    def step(self, *, most: int = SLICE) -> bool:
        """Do what there is to do now, if this process may write.

        ``most`` is how many documents are taken up at a time of what touches many. True when
        something was done. Raises what the log, a source or the index raises; whatever was not
        committed will be done by the next step.
        """
        with self._stepping:
            if not self._lock.acquire():
                self.reader.snapshot()  # notices what the process that writes has done
                return False
            if self._suspected.is_set():
                self._suspected.clear()
                self._writer.close()
            try:
                return self._rebuild() if self._is_lost() else self._follow(most)
            except (IndexDamaged, OSError):
                self._suspected.set()
                raise

    def rebuild(self) -> None:
        """Build the index anew from the sources, while the old one is served."""
        with self._stepping:
            if not self._lock.acquire():
                raise Unavailable(
                    "search-busy",
                    "Another process is writing the search index.",
                    remedy="Stop it, or delete the index directory: it is rebuilt by itself.",
                )
            self._rebuild()
        self._rest()

    def catch_up(self, timeout: float) -> None:
        """Wait until every event of the log, as it is now, can be found.

        Works with and without the thread, and when another process does the writing.
        Raises Unavailable after ``timeout`` seconds.
        """
        deadline = time.monotonic() + timeout
        target = self._log.last_number()
        while not self._has_reached(target):
            if time.monotonic() > deadline:
                raise Unavailable(
                    "search-behind",
                    f"The search index did not catch up within {timeout:g} seconds.",
                    remedy=self.error or "Wait for the first build to end, then try again.",
                )
            self._advance()
        if self._thread is None:
            self._rest()

    def _rest(self) -> None:
        """Let go of what is needed only while there is much to do."""
        with self._stepping:
            self._writer.dismiss()

    def _has_reached(self, target: int) -> bool:
        cursor = self.cursor
        return cursor is not None and cursor >= target and self._storage.current() is not None

    def _advance(self) -> None:
        if self._thread is not None:
            self.wake()
            time.sleep(0.005)
            return
        try:
            # Who waits here waits for all of it: few commits are sooner done than many.
            waiting = not self.step(most=GATHERED)
        except IndexDamaged as error:
            self.error, waiting = str(error), True
        if waiting:
            time.sleep(0.02)

    def _is_lost(self) -> bool:
        """Whether the index cannot be followed from: missing, damaged, foreign or unfinished."""
        if not self._writer.is_usable():
            return True
        cursor = self.cursor
        # A cursor ahead of the log means that another database took the log's place.
        return cursor is None or cursor > self._log.last_number()

    def _follow(self, most: int) -> bool:
        """Take up the next slice of what happened; False when there is nothing to do."""
        backlog = self._backlog
        backlog.go_on_from(self.cursor or 0)
        if backlog.has_room:
            backlog.take(LoggedEvent(*event) for event in self._log.after(backlog.taken, _BATCH))
        if backlog.is_done:
            return False
        touched, cursor = backlog.next_slice(most)
        try:
            self._take_up(touched, cursor)
        except BaseException:
            backlog.drop()
            raise
        return True

    def _take_up(self, touched: Sequence[Touched], cursor: int) -> None:
        """Commit what was touched; without any, only note how far the log was followed.

        A commit costs a segment, and whoever keeps answers forgets them at each.
        """
        snapshot = self.reader.snapshot()
        if touched or snapshot is None or snapshot.cursor is None:
            self._writer.apply(self._sources.documents(touched), cursor=cursor)
            self.reader.refresh()
        else:
            self._storage.note_followed(snapshot.generation, since=snapshot.cursor, until=cursor)

    def _rebuild(self) -> bool:
        logger.info("building the search index anew")
        cursor = self._log.last_number()
        self.is_rebuilding = True
        try:
            self._writer.rebuild(self._until_stopped(self._sources.all_documents()), cursor=cursor)
        finally:
            self.is_rebuilding = False
        self.reader.refresh()
        return True

    def _until_stopped(self, documents: Iterable[Change]) -> Iterator[Change]:
        for document in documents:
            if self._stopping.is_set():
                raise Stopped
            yield document

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            self._hint.clear()
            try:
                pause = 0.0 if self.step() else self._until_next_look()
                failures, self.error = 0, ""
            except Stopped:
                return
            except Exception as error:
                logger.exception("the search index cannot follow the log just now")
                failures, self.error = failures + 1, str(error)
                pause = min(self._poll_seconds * 2.0 ** min(failures, 10), _LONGEST_PAUSE)
            if pause and not self._hint.wait(pause):
                self._rest()

    def _until_next_look(self) -> float:
        behind = not self._lock.is_held and (self.cursor or 0) < self._log.last_number()
        return min(self._poll_seconds, _GLANCE_SECONDS) if behind else self._poll_seconds
