"""The process's event loop, for code in threads that has to reach it.

Channel layers, sockets and their locks belong to the loop that serves. A Celery task or a
view in the pool hops to it instead of using them from where it stands.
"""

import asyncio
import concurrent.futures
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class MainLoop:
    """Holds the loop from the start of the process's lifespan to its end."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def is_running(self) -> bool:
        """Whether there is a loop to hop to."""
        return self._loop is not None

    def capture(self) -> None:
        """Remember the running loop."""
        self._loop = asyncio.get_running_loop()

    def release(self) -> None:
        """Forget the loop: nothing can be run on it any more."""
        self._loop = None

    def call(self, function: Callable[..., Any], *arguments: Any) -> bool:
        """Have ``function`` called in the loop soon, from any thread; False when there is none.

        For hints, which may be lost with the process anyway.
        """
        loop = self._loop
        if loop is None:
            return False
        try:
            loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:
            return False  # it closed between the two lines
        return True

    def run(self, coroutine: Coroutine[Any, Any, T]) -> "concurrent.futures.Future[T]":
        """Run ``coroutine`` in the loop, from another thread; the future gives its result there.

        Raises RuntimeError when there is no loop.
        """
        if self._loop is None:
            coroutine.close()
            raise RuntimeError("There is no main loop: the process is not serving.")
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)


#: The one of this process.
main_loop = MainLoop()
