"""A real server for tests, as a program: ``python -m nexus.kernel.http.tests.serving '{…}'``.

It says on standard output what happens inside it, one word a line. What it holds is let go by
a line on standard input.
"""

import hashlib
import json
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from nexus.kernel.http import wsgi_pool
from nexus.kernel.http.asgi import ASGIApp, Receive, Scope, Send
from nexus.kernel.http.bodies import BodyLimits
from nexus.kernel.http.generation import Generation
from nexus.kernel.http.lifespan import Lifespan, Service
from nexus.kernel.http.limits import ConnectionLimits
from nexus.kernel.http.page_cache import Finisher, PageCache
from nexus.kernel.http.pool import ThreadPool
from nexus.kernel.http.ports import listen
from nexus.kernel.http.root import Root
from nexus.kernel.http.server import serve
from nexus.kernel.http.wsgi_pool import WSGIPool

BLOCK = b"0123456789abcdef" * 4096
#: Seconds to wait where something must happen: longer than any machine needs.
PATIENCE = 120.0
#: Times that no test outlives by accident; those that mean one set it.
PATIENT = {"head_within": PATIENCE, "idle": PATIENCE, "stalled": PATIENCE}


@dataclass
class Options:
    """What a test can set."""

    connection: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    threads: int = 2
    queue: int = 64
    stop_within: float = PATIENCE
    threads_stop_within: float = PATIENCE
    proxies: list[str] = field(default_factory=list)
    fails: bool = False
    mute: bool = False


let_go = threading.Event()


def say(word: object) -> None:
    """Tell the test."""
    print(word, flush=True)  # noqa: T201


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """``/hello`` ``/page`` ``/upload`` ``/held`` ``/download/BLOCKS`` ``/who``."""
    name, _, argument = environ["PATH_INFO"].strip("/").partition("/")
    headers = [("Content-Type", "text/plain")]
    if name == "page":
        headers.append(("Cache-Control", "public, no-cache"))
    start_response("200 OK", headers)
    match name:
        case "download":
            return download(int(argument))
        case "upload":
            return [hashlib.file_digest(environ["wsgi.input"], "sha256").hexdigest().encode()]
        case "held":
            say("working")
            let_go.wait()
        case "who":
            return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()]
        case _:
            pass
    return [b"hello"]


def download(blocks: int) -> Iterator[bytes]:
    """Blocks, and a word when they are done with."""
    try:
        for _ in range(blocks):
            yield BLOCK
    finally:
        say("download closed")


def hear() -> None:
    """Let go what is held once the test says so."""
    if os.read(sys.stdin.fileno(), 1):
        let_go.set()


class Announcing:
    """Says who came, before anybody else does anything about it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        say(f"asked {scope['path']}")
        await self._app(scope, receive, send)


def fail() -> None:
    """A service that does not start."""
    raise ValueError("no disk")


async def mute(scope: Scope, receive: Receive, send: Send) -> None:
    """An application whose lifespan fails without a word."""
    await receive()
    await send({"type": "lifespan.startup.failed"})


def _stop(pool: ThreadPool, seconds: float) -> None:
    pool.stop(timeout=seconds)


def main() -> None:
    """Serve until told to stop."""
    options = Options(**json.loads(sys.argv[1]))
    wsgi_pool._LINGER_SECONDS = PATIENCE  # a client that was held up finds its answer
    threading.Thread(target=hear, daemon=True).start()
    pool = ThreadPool(options.threads)
    pages = WSGIPool(
        app,
        pool=pool,
        queue=options.queue,
        limits=BodyLimits(**options.body),
        finish=Finisher(),
    )
    services = [
        Service("diary", start=lambda: say("started"), stop=lambda: say("stopped")),
        Service(
            "pages",
            stop=lambda: _stop(pool, options.threads_stop_within),
            stop_within=PATIENCE,
        ),
    ]
    if options.fails:
        services.append(Service("broken", start=fail))
    cached = PageCache(pages, generation=Generation())
    root = Root(http=Announcing(cached), lifespan=Lifespan(services))
    try:
        serve(
            mute if options.mute else root,
            listener=listen("127.0.0.1", 0),
            on_ready=say,
            limits=ConnectionLimits(**PATIENT | options.connection),
            trusted_proxies=options.proxies,
            stop_within=options.stop_within,
        )
    except Exception as error:  # noqa: BLE001 - the test wants to know
        say(error)
        sys.exit(4)
    say(f"returned {threading.active_count()}")


if __name__ == "__main__":
    main()
