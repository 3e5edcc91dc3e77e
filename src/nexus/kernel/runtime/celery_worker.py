"""A Celery worker inside this process, for a hub without services.

It is embedded, so it takes no signals and no logging; and while it runs, ``result.get()`` raises
in every thread of the process (Celery sets a flag): nothing here waits for results.
"""

import logging
import threading
from typing import Any

from celery import Celery
from celery.worker import state

from nexus.kernel.errors import Unavailable
from nexus.kernel.runtime.celery_pool import DaemonPool

log = logging.getLogger(__name__)


class WorkerNotStarted(Unavailable):
    """The worker ended instead of starting."""

    def __init__(self) -> None:
        super().__init__(
            "worker_not_started",
            "The worker for background tasks did not start.",
            remedy="The log says why; is REDIS_URL right?",
        )


class CeleryWorker:
    """Runs the tasks of ``app`` in ``concurrency`` threads. One at a time in a process.

    ``ready_within``: how many seconds :meth:`start` waits for the broker. One that does not
    answer by then is no reason not to serve: Celery goes on trying.
    """

    def __init__(self, app: Celery, *, concurrency: int = 2, ready_within: float = 10.0) -> None:
        self._app = app
        self._concurrency = concurrency
        self._ready_within = ready_within
        self._ready = threading.Event()
        self._thread: threading.Thread | None = None
        self._controller: Any = None

    @property
    def is_ready(self) -> bool:
        """Whether it takes tasks from the broker."""
        return self._ready.is_set() and self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Start and wait until tasks are taken; a second call does nothing.

        Raises :class:`WorkerNotStarted` when the worker ended instead of starting.
        """
        if self._thread is not None:
            return
        _want_stop(wanted=False)  # a worker before this one may have left it
        self._ready.clear()
        try:
            self._controller = self._make_controller()
        except Exception as error:
            raise WorkerNotStarted from error
        self._thread = threading.Thread(target=self._run, name="celery", daemon=True)
        self._thread.start()
        if not self._ready.wait(self._ready_within):
            log.warning("The task broker does not answer; the worker goes on trying.")
        elif self._controller.exitcode:
            self._thread = None
            raise WorkerNotStarted

    def _make_controller(self) -> Any:
        self._app.set_default()  # tasks look for their application in the threads they run in
        return self._app.WorkController(
            hostname=f"nexus-{id(self):x}@localhost",
            pool_cls=DaemonPool,
            concurrency=self._concurrency,
            ready_callback=lambda _: self._ready.set(),
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )

    def _run(self) -> None:
        self._controller.start()
        self._ready.set()  # also at its end: nobody should wait for it any more

    def stop(self) -> None:
        """Finish the tasks that run, within a few seconds, and end; twice is once."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        _want_stop(wanted=True)
        threading.Thread(target=self._nudge, name="celery-nudge", daemon=True).start()
        thread.join(DaemonPool.patience + 2.0)  # a daemon: if it hangs it is left behind

    def _nudge(self) -> None:
        """Have the worker look up from the queue: idle, it would only do so after two seconds.

        Twice, as its loop waits for one more message after it has seen that it should stop.
        """
        try:
            for _ in range(2):
                self._app.control.broadcast("ping", destination=[self._controller.hostname])
        except Exception as error:  # noqa: BLE001 - whatever a broker raises; it only takes longer
            log.info("The worker could not be nudged: %s", error)


def _want_stop(*, wanted: bool) -> None:
    """Tell the worker's loop, which looks at this flag of the process, with its exit code."""
    flag: Any = 0 if wanted else None
    state.should_stop = flag
