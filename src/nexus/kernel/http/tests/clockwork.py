"""An event loop whose clock leaps, so that time limits are tested to the second and at once."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Clockwork(asyncio.SelectorEventLoop):
    """Where nothing is left to do, time leaps to the next timer instead of passing.

    However slow the machine is, what is due in 14 seconds comes before what is due in 15, and
    what has been sent arrives before any time has passed. For sockets inside this process only:
    a thread or another process is not waited for.
    """

    def __init__(self) -> None:
        self.now = 0.0
        super().__init__(_Leaping(self))

    def time(self) -> float:
        return self.now


class _Leaping(selectors.DefaultSelector):
    """Never waits: it has the clock show the end of the wait."""

    def __init__(self, clock: Clockwork) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready: list[tuple[selectors.SelectorKey, int]] = super().select(0)
        if not ready:
            assert timeout is not None, "Everybody waits, and nothing will ever happen."
            self._clock.now += timeout
        return ready


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run to the end by a leaping clock."""
    with asyncio.Runner(loop_factory=Clockwork) as runner:
        return runner.run(coroutine)
