"""A few daemon threads that work for the event loop.

Unlike ``concurrent.futures.ThreadPoolExecutor`` its threads do not keep a process
from ending: a view that hangs must not outlive the stop that a person asked for.
A job's context variables are those of the task that submitted it.
"""

import asyncio
import contextvars
import queue
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")
_Job = Callable[[], None]


class ThreadPool:
    """Runs callables in at most ``size`` threads, in the order they were submitted.

    Submit from an event loop only; several loops may share a pool. Threads start when they
    are first needed.
    """

    def __init__(self, size: int, *, name: str = "pool") -> None:
        self.size = size
        self._name = name
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._pending = 0
        self._stopped = False
        self._lock = threading.Lock()

    @property
    def pending(self) -> int:
        """How many jobs are waiting or being done."""
        return self._pending

    def submit(
        self, function: Callable[[], T], *, context: contextvars.Context | None = None
    ) -> asyncio.Future[T]:
        """Have ``function`` called in a thread; the future gives its result in this loop.

        ``context`` is entered for the call (default: a copy of the caller's). Cancelling the
        future does not interrupt a call that has begun. Raises RuntimeError after :meth:`stop`.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        context = context or contextvars.copy_context()
        with self._lock:
            if self._stopped:
                raise RuntimeError("The pool has stopped.")
            self._pending += 1
            if self._pending > len(self._threads) < self.size:
                self._start_thread()
        self._jobs.put(partial(self._work, loop, future, partial(context.run, function)))
        return future

    def _start_thread(self) -> None:
        name = f"{self._name}-{len(self._threads) + 1}"
        thread = threading.Thread(target=self._thread, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _thread(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            del job  # an idle thread must not keep the last request alive

    def _work(
        self, loop: asyncio.AbstractEventLoop, future: asyncio.Future[T], call: Callable[[], T]
    ) -> None:
        report: Callable[[], None]
        try:
            report = partial(_settle, future, call())
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits the future
            report = partial(_fail, future, error)
        with self._lock:
            self._pending -= 1
        _tell(loop, report)

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


def _tell(loop: asyncio.AbstractEventLoop, report: Callable[[], Any]) -> None:
    try:
        loop.call_soon_threadsafe(report)
    except RuntimeError:
        return  # the loop has closed: nobody waits for the result any more


def _settle(future: asyncio.Future[T], result: T) -> None:
    if not future.done():
        future.set_result(result)


def _fail(future: asyncio.Future[T], error: BaseException) -> None:
    if future.done():
        return
    if isinstance(error, StopIteration) or not isinstance(error, Exception):
        # A future refuses the first, and would end the whole process with SystemExit.
        wrapped = RuntimeError(f"A job raised {type(error).__name__}.")
        wrapped.__cause__ = error
        error = wrapped
    future.set_exception(error)
