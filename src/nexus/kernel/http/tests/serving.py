"""A real server for tests, as a program: ``python -m nexus.kernel.http.tests.serving '{…}'``.

It says on standard output what happens inside it, one word a line.
"""

import hashlib
import json
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from nexus.kernel.http.asgi import Receive, Scope, Send
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


@dataclass
class Options:
    """What a test can set."""

    connection: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    threads: int = 2
    queue: int = 64
    stop_within: float = 10.0
    proxies: list[str] = field(default_factory=list)
    fails: bool = False
    mute: bool = False


def say(word: object) -> None:
    """Tell the test."""
    print(word, flush=True)  # noqa: T201


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """``/hello`` ``/page`` ``/upload`` ``/slow/SECONDS`` ``/download/BLOCKS`` ``/who``."""
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
        case "slow":
            say("working")
            time.sleep(float(argument))
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


def fail() -> None:
    """A service that does not start."""
    raise ValueError("no disk")


async def mute(scope: Scope, receive: Receive, send: Send) -> None:
    """An application whose lifespan fails without a word."""
    await receive()
    await send({"type": "lifespan.startup.failed"})


def main() -> None:
    """Serve until told to stop."""
    options = Options(**json.loads(sys.argv[1]))
    pool = ThreadPool(options.threads)
    pages = WSGIPool(
        app,
        pool=pool,
        queue=options.queue,
        limits=BodyLimits(**options.body),
        finish=Finisher(),
    )
    services = [Service("diary", start=lambda: say("started"), stop=lambda: say("stopped"))]
    if options.fails:
        services.append(Service("broken", start=fail))
    root = Root(http=PageCache(pages, generation=Generation()), lifespan=Lifespan(services))
    try:
        serve(
            mute if options.mute else root,
            listener=listen("127.0.0.1", 0),
            on_ready=say,
            limits=ConnectionLimits(**options.connection),
            trusted_proxies=options.proxies,
            stop_within=options.stop_within,
        )
    except Exception as error:  # noqa: BLE001 - the test wants to know
        say(error)
        sys.exit(4)
    say(f"returned {threading.active_count()}")


if __name__ == "__main__":
    main()
