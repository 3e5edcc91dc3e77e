"""Daemon threads that take jobs from one queue.

Unlike those of ``concurrent.futures.ThreadPoolExecutor``, which the interpreter joins when it
ends, they do not keep a process from ending: work that hangs must not outlive the stop that
a person asked for.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import TypeAlias, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")

#: A job, and what is to be called once it no longer counts, such as telling somebody.
Job: TypeAlias = Callable[[], Callable[[], object] | None]


class Threads:
    """At most ``size`` threads that do jobs in the order in which they were put.

    They start when they are first needed.
    """

    def __init__(self, size: int, *, name: str) -> None:
        self.size = size
        self._name = name
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._pending = 0
        self._stopped = False
        self._lock = threading.Lock()

    @property
    def pending(self) -> int:
        """How many jobs are waiting or being done."""
        return self._pending

    @property
    def alive(self) -> int:
        """How many threads there are."""
        return sum(thread.is_alive() for thread in self._threads)

    def put(self, job: Job) -> None:
        """Have ``job`` done; what it raises is logged. Raises RuntimeError after :meth:`stop`."""
        with self._lock:
            if self._stopped:
                raise RuntimeError("These threads have stopped.")
            self._pending += 1
            if self._pending > len(self._threads) < self.size:
                self._start_one()
        self._jobs.put(job)

    def _start_one(self) -> None:
        name = f"{self._name}-{len(self._threads) + 1}"
        thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            afterwards = self._survive(job)
            del job  # an idle thread must not keep the last job alive
            with self._lock:
                self._pending -= 1
            if afterwards is not None:
                self._survive(afterwards)
            del afterwards

    def _survive(self, call: Callable[[], T]) -> T | None:
        """Call; whatever it does, the thread goes on."""
        try:
            return call()
        except BaseException:
            log.exception("A job failed in %s", threading.current_thread().name)
            return None

    def stop(self, *, timeout: float) -> bool:
        """Let the threads end once the queue is empty; True when all did in ``timeout`` seconds.

        Threads that did not are left behind; being daemons they end with the process.
        """
        with self._lock:
            self._stopped = True
            threads = list(self._threads)
        for _ in threads:
            self._jobs.put(None)
        deadline = time.monotonic() + timeout
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)
