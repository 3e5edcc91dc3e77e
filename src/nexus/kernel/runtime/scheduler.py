"""A clock that sends tasks every so often.

Celery's beat does this too, but wants a schedule file or a table, a process or a second
embedded service, and runs what it missed in a burst. Here a missed turn is left out: what is
called only asks workers to look for what is due, and *that* stands in the database.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Every:
    """Call ``function`` every ``seconds``. It must be quick: send a task, do not do it.

    ``jitter``, a share of ``seconds``, is how much each wait may be longer or shorter, so that
    several processes do not all call at the same moment. The first call comes after one wait.
    """

    seconds: float
    function: Callable[[], object]
    name: str
    jitter: float = 0.1

    def wait(self) -> float:
        """Seconds until the next turn."""
        return self.seconds * random.uniform(1 - self.jitter, 1 + self.jitter)  # noqa: S311


class Scheduler:
    """Calls what is due, in one thread. A call that fails is logged, and has its next turn."""

    def __init__(self, schedule: Sequence[Every]) -> None:
        self._schedule = tuple(schedule)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a second call does nothing."""
        if self._thread is None:
            self._stopped.clear()
            self._thread = threading.Thread(target=self._run, name="scheduler", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End, after the call that runs; twice is once."""
        thread, self._thread = self._thread, None
        self._stopped.set()
        if thread is not None:
            thread.join(timeout=5)

    def _run(self) -> None:
        now = time.monotonic()
        due = {every: now + every.wait() for every in self._schedule}
        while due and not self._stopped.wait(max(0.0, min(due.values()) - time.monotonic())):
            next_one = min(due, key=due.__getitem__)
            self._call(next_one)
            # From now, not from when it was due: turns that were missed are not made up for.
            due[next_one] = time.monotonic() + next_one.wait()

    def _call(self, every: Every) -> None:
        try:
            every.function()
        except Exception:
            log.exception("“%s” failed; its next turn comes", every.name)
