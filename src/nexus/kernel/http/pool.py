"""A few daemon threads that work for the event loop.

A job's context variables are those of the task that submitted it.
"""

import asyncio
import contextvars
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from nexus.kernel.runtime.threads import Threads
from nexus.kernel.runtime.turns import Turns

#: So many jobs run at a time, and each for so long before the next may begin beside it: two, for
#: one waits for the database now and then; and longer than nearly every page is drawn.
_TURNS, _TURN_SECONDS = 2, 0.02

T = TypeVar("T")


class ThreadPool:
    """Runs callables in at most ``size`` threads, in the order they were submitted.

    They take turns, so what is quick is not slowed down by all the others that are.
    Submit from an event loop only; several loops may share a pool.
    """

    def __init__(self, size: int, *, name: str = "pool") -> None:
        self.size = size
        self._threads = Threads(size, name=name)
        self._turns = Turns(_TURNS, seconds=_TURN_SECONDS)

    @property
    def pending(self) -> int:
        """How many jobs are waiting or being done."""
        return self._threads.pending

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
        call = partial(self._in_turn, partial(context.run, function))
        self._threads.put(partial(_work, loop, future, call))
        return future

    def _in_turn(self, call: Callable[[], T]) -> T:
        with self._turns.one():
            return call()

    def stop(self, *, timeout: float) -> bool:
        """Let the threads end once the queue is empty; True when all did in ``timeout`` seconds."""
        return self._threads.stop(timeout=timeout)


def _work(
    loop: asyncio.AbstractEventLoop, future: asyncio.Future[T], call: Callable[[], T]
) -> Callable[[], None]:
    """Make the call, and give what reports it to the loop."""
    try:
        report: Callable[[], None] = partial(_settle, future, call())
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits the future
        report = partial(_fail, future, error)
    return partial(_tell, loop, report)


def _tell(loop: asyncio.AbstractEventLoop, report: Callable[[], None]) -> None:
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
