"""Serving an ASGI application over HTTP/1.1 in this process, with uvicorn.

Why uvicorn, with the figures: the decision record on the HTTP server in the hub's
documentation.
"""

import asyncio
import contextlib
import gc
import importlib.util
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, cast

import uvicorn

from nexus.kernel.errors import Unavailable
from nexus.kernel.http.asgi import ASGIApp
from nexus.kernel.http.limits import ConnectionLimits, LimitedProtocol
from nexus.kernel.http.ports import url_of
from nexus.kernel.http.root import Root

#: How long a thread may hold the interpreter while the event loop waits for it. Python's own
#: 5 ms add up: cached pages waited about twice as long while eight views were busy.
_SWITCH_SECONDS = 0.001
#: So many new objects are made before Python looks for circles of garbage among them, and so often
#: it looks there before it looks further. A page leaves some 250: what four of them leave is
#: cleared away in a fraction of a millisecond; that of forty held up one page in forty for four.
_NEW_OBJECTS, _LOOKS_BEFORE_FURTHER = 1_000, 50
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def clear_away_little_by_little() -> None:
    """Have Python look for garbage often, and then at little, so that no page waits long for it."""
    gc.collect()
    gc.freeze()  # what was imported stays: no later collection has to look at it
    gc.set_threshold(_NEW_OBJECTS, _LOOKS_BEFORE_FURTHER)


class NotStarted(Unavailable):
    """The application's lifespan failed without saying why."""

    def __init__(self) -> None:
        super().__init__("start_failed", "The hub did not start.", remedy="The log says more.")


def serve(
    app: ASGIApp,
    *,
    listener: socket.socket,
    on_ready: Callable[[str], None] = lambda _: None,
    limits: ConnectionLimits | None = None,
    trusted_proxies: Sequence[str] = (),
    stop_within: float = 10.0,
) -> None:
    """Serve ``app`` on ``listener`` until SIGTERM or SIGINT; then finish what runs, and return.

    ``listener`` comes from :func:`nexus.kernel.http.ports.listen`. ``on_ready`` is given the
    address once everything has started. ``trusted_proxies``, addresses or networks, may say
    by ``X-Forwarded-For`` and ``X-Forwarded-Proto`` who asks and how. Requests that run get
    ``stop_within`` seconds to end; a second SIGINT does not wait for them.

    Raises :class:`NexusError` when a service of the application's lifespan did not start.
    """
    limits = limits or ConnectionLimits()
    config = uvicorn.Config(
        cast("Any", app),
        http=cast("Any", partial(LimitedProtocol, limits=limits)),
        loop="uvloop" if importlib.util.find_spec("uvloop") else "asyncio",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        timeout_keep_alive=cast("int", limits.idle),
        timeout_graceful_shutdown=cast("int", stop_within),
    )
    server = Server(config, on_ready=partial(on_ready, url_of(listener)))
    try:
        server.run(sockets=[listener])
    except SystemExit as error:  # how uvicorn says that the lifespan failed
        failure = app.lifespan.failure if isinstance(app, Root) else None
        raise failure or NotStarted from error


class Server(uvicorn.Server):
    """uvicorn's server, which says when it is ready and returns after a signal.

    uvicorn itself raises the signal anew at the end, so the process would die by it and
    skip what stands after ``serve``.
    """

    def __init__(self, config: uvicorn.Config, *, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the lifespan, then accept connections, then tell."""
        await super().startup(sockets)
        clear_away_little_by_little()
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._on_ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at SIGTERM and SIGINT. Outside the main thread there are no signals to catch."""
        loop = asyncio.get_running_loop()
        try:
            for number in _SIGNALS:
                loop.add_signal_handler(number, self.handle_exit, number, None)
        except (RuntimeError, ValueError):
            yield
            return
        try:
            yield
        finally:
            for number in _SIGNALS:
                loop.remove_signal_handler(number)
