"""What runs beside the requests: started in order before the first, stopped in reverse after.

Source: https://asgi.readthedocs.io/en/latest/specs/lifespan.html
"""

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nexus.kernel.errors import NexusError
from nexus.kernel.http.asgi import Receive, Scope, Send
from nexus.kernel.http.main_loop import MainLoop, main_loop
from nexus.kernel.http.pool import ThreadPool

log = logging.getLogger(__name__)

#: A coroutine function, or a plain one, which is called in a thread as it may block.
Hook: TypeAlias = Callable[[], Awaitable[None] | None]


def _nothing() -> None:
    """Start or stop nothing."""


@dataclass(frozen=True, slots=True)
class Service:
    """One thing that runs beside the requests, such as the search follower or a worker.

    ``start`` and ``stop`` are coroutine functions, or plain ones, which are called in a thread
    as they may block. ``stop`` is only called when ``start`` succeeded, and only once.
    ``stop_within`` (seconds) is how long ``stop`` may take before it is left alone.
    """

    name: str
    start: Hook = _nothing
    stop: Hook = _nothing
    stop_within: float = 10.0


class StartFailed(NexusError):
    """A service did not start, so the process cannot serve."""

    def __init__(self, service: str, cause: Exception) -> None:
        super().__init__(
            "start_failed",
            f"“{service}” did not start: {cause}",
            remedy=getattr(cause, "remedy", "") or "The log says more.",
        )


class Lifespan:
    """Starts and stops ``services``; both may be asked for twice. Speaks ASGI's lifespan."""

    def __init__(self, services: Sequence[Service] = (), *, loop: MainLoop = main_loop) -> None:
        self._services = tuple(services)
        self._loop = loop
        self._running: list[Service] = []
        #: Why the start failed, for whoever has to say so.
        self.failure: StartFailed | None = None

    async def start(self) -> None:
        """Start everything in order.

        Raises :class:`StartFailed`, after what had started was stopped again.
        """
        self._loop.capture()
        for service in self._services:
            if service in self._running:
                continue
            try:
                await _call(service.start)
            except Exception as error:
                log.exception("Service %s did not start", service.name)
                await self.stop()
                raise StartFailed(service.name, error) from error
            self._running.append(service)

    async def stop(self) -> None:
        """Stop what runs, the last started first; a failure to stop does not keep the others."""
        while self._running:
            service = self._running.pop()
            try:
                async with asyncio.timeout(service.stop_within):
                    await _call(service.stop)
            except TimeoutError:
                log.warning("Service %s did not stop in %s s", service.name, service.stop_within)
            except Exception:
                log.exception("Service %s did not stop cleanly", service.name)
        self._loop.release()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the ``lifespan`` scope."""
        await receive()
        try:
            await self.start()
        except StartFailed as failure:
            self.failure = failure
            await send({"type": "lifespan.startup.failed", "message": str(failure)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.stop()
        await send({"type": "lifespan.shutdown.complete"})


async def _call(hook: Hook) -> None:
    if inspect.iscoroutinefunction(hook):
        await hook()
    else:
        # A thread of its own, not the loop's executor, which a hanging hook would keep from ending.
        await ThreadPool(1, name="service").submit(hook)
