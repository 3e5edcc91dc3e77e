"""A thread that notices what other processes committed and what a crash left behind."""

import threading

import structlog
from django.db import DatabaseError, close_old_connections, connections

from nexus.kernel import events

log = structlog.get_logger(__name__)


class Watcher:
    """Looks at the event log every ``interval`` seconds and runs the relay when there is news."""

    def __init__(self, *, interval: float = 1.0) -> None:
        self._interval = interval
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._seen = 0

    def start(self) -> None:
        """Begin to watch; a second call does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="event-watcher", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop watching and wait for the thread to end."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def look(self) -> None:
        """One look: relay if an event has no number, or one appeared since the last look."""
        newest = events.last_number()
        if newest != self._seen or events.has_unnumbered():
            self._seen = events.relay()

    def _run(self) -> None:
        try:
            while not self._stopped.wait(self._interval):
                self._look_again()
        finally:
            connections.close_all()

    def _look_again(self) -> None:
        try:
            self.look()
        except DatabaseError as error:
            log.warning("The event log could not be read; trying again.", error=str(error))
        finally:
            close_old_connections()
