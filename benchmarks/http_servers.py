"""uvicorn and granian side by side: speed, memory, and manners with difficult clients.

    uv run --with granian==2.8.7 python benchmarks/http_servers.py

Each serves the same small ASGI application on loopback, one process at a time.
"""

import argparse
import importlib
import importlib.util
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _load import measure, request_for
from _processes import free_port, mebibytes, memory_of, running, table

CHUNK = b"a" * 65536
DOWNLOAD = 500 * 16  # chunks: 500 MiB
PAGE = b"x" * 8000


# --- the application that is served -------------------------------------------------------


async def app(scope: Any, receive: Any, send: Any) -> None:
    """``/`` is five bytes, ``/page`` 8 KB, ``/download`` 500 MiB, ``/slow`` takes two seconds."""
    import asyncio

    if scope["type"] == "lifespan":
        while (message := await receive()) and message["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    if scope["path"] == "/download":
        await _start(send, DOWNLOAD * len(CHUNK))
        for number in range(DOWNLOAD):
            more = number < DOWNLOAD - 1
            await send({"type": "http.response.body", "body": CHUNK, "more_body": more})
        return
    if scope["path"] == "/slow":
        await asyncio.sleep(2)
    body = PAGE if scope["path"] == "/page" else b"hello"
    await _start(send, len(body))
    await send({"type": "http.response.body", "body": body})


async def _start(send: Any, length: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(length).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})


# --- the servers ----------------------------------------------------------------------------


def serve_uvicorn(port: int) -> None:
    """Uvicorn as it comes."""
    import uvicorn

    uvicorn.run(app, port=port, log_level="error", access_log=False, loop="uvloop")


def serve_nexus(port: int) -> None:
    """Uvicorn with Nexus' limits around it."""
    from nexus.kernel.http.ports import listen
    from nexus.kernel.http.server import serve

    serve(app, listener=listen("127.0.0.1", port))


def serve_granian_embedded(port: int) -> None:
    """Granian inside this process, which its authors call experimental."""
    import asyncio

    import uvloop

    server_of = _module("granian.server.embed").Server

    async def main() -> None:
        server = server_of(app, port=port, interface="asgi", log_enabled=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, server.stop)
        await server.serve()

    uvloop.run(main())


def serve_granian(port: int) -> None:
    """Granian with one worker process."""
    granian = _module("granian").Granian
    target = f"{Path(__file__).stem}:app"
    granian(target, port=port, interface="asgi", log_enabled=False, loop="uvloop").serve()


def _module(name: str) -> Any:
    """A module that need not be installed."""
    return importlib.import_module(name)


SERVERS: dict[str, tuple[str, Callable[[int], None]]] = {
    "uvicorn": ("uvicorn", serve_uvicorn),
    "uvicorn, our limits": ("uvicorn", serve_nexus),
    "granian embedded": ("granian", serve_granian_embedded),
    "granian worker": ("granian", serve_granian),
}


# --- what is measured -------------------------------------------------------------------------


def weigh(name: str, *, seconds: float) -> list[str]:
    """One row of the table of weights."""
    port = free_port()
    began = time.monotonic()
    with running(_command(name, port), port=port) as it:
        _answer(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", seconds=10)
        start = time.monotonic() - began
        idle = memory_of(it.pid)
        rates = [
            measure(port=port, request=request_for(path), clients=clients, seconds=seconds).rate
            for path, clients in (("/", 1), ("/", 32), ("/page", 32))
        ]
        peak = _peak_of_download(port, it.pid)
    return [
        name,
        f"{start:.2f} s",
        str(idle.processes),
        mebibytes(idle.pss),
        mebibytes(peak),
        *(f"{rate:,.0f}" for rate in rates),
    ]


def judge(name: str, *, patience: float) -> list[str]:
    """One row of the table of manners."""
    port = free_port()
    with running(_command(name, port), port=port) as it:
        return [
            name,
            _answer(port, b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 3_000_000 + b"\r\n\r\n"),
            _answer(port, _BOTH_LENGTHS),
            _slow_head(port, patience),
            _second_listener(name, port),
            _stop_in_flight(port, it.pid),
        ]


def _command(name: str, port: int) -> list[str]:
    return [sys.executable, __file__, "--serve", name, "--port", str(port)]


_BOTH_LENGTHS = (
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5\r\nhello\r\n0\r\n\r\n"
)


def _answer(port: int, request: bytes, *, seconds: float = 5.0) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as client:
        try:
            client.sendall(request)
            return client.recv(4096)[9:12].decode() or "closed"
        except TimeoutError:
            return "no answer"
        except OSError:
            return "reset"


def _slow_head(port: int, patience: float) -> str:
    """How long a client may take over its head, a header a second."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=1) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        while (taken := time.monotonic() - began) < patience:
            if _hung_up(client):
                return f"closed after {taken:.0f} s"
    return f"still open after {patience:.0f} s"


def _hung_up(client: socket.socket) -> bool:
    """Send one more header; whether the server answered or closed within a second."""
    try:
        client.sendall(b"A: b\r\n")
        client.recv(100)
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True


def _second_listener(name: str, port: int) -> str:
    """Whether a second server of the kind may take the port of the first."""
    with running(_command(name, port), port=port) as second:
        time.sleep(2)
        return "refused" if second.poll() is not None else "shared"


def _stop_in_flight(port: int, pid: int) -> str:
    """Whether a request that runs is answered after SIGTERM."""
    answers: list[str] = []
    request = b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
    client = threading.Thread(target=lambda: answers.append(_answer(port, request)))
    client.start()
    time.sleep(0.5)
    os.kill(pid, signal.SIGTERM)
    client.join()
    return answers[0]


def _peak_of_download(port: int, pid: int) -> int:
    """The most memory (PSS) that the server takes while a client reads 500 MiB, first slowly."""
    peak, got = 0, 0
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"GET /download HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(1)
        while got < DOWNLOAD * len(CHUNK):
            got += len(client.recv(1 << 20))
            if got % 64 == 0 or got < 1 << 22:
                peak = max(peak, memory_of(pid).pss)
    return peak


def main() -> None:
    """Measure every server that is installed, or be one of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Formatter)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each rate (default: 3)")
    parser.add_argument(
        "--patience", type=float, default=35.0, help="for a slow head (default: 35)"
    )
    parser.add_argument("--serve", choices=SERVERS, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        SERVERS[options.serve][1](options.port)
        return
    names = [name for name, (package, _) in SERVERS.items() if importlib.util.find_spec(package)]
    head = ["server", "start", "processes", "idle PSS", "download PSS", "hello ×1/s", "×32/s"]
    rows = [weigh(name, seconds=options.seconds) for name in names]
    print(table([[*head, "8 KB page ×32/s"], *rows]), end="\n\n")
    head = [
        "server",
        "3 MB head",
        "two lengths",
        "slow head",
        "same port again",
        "SIGTERM in flight",
    ]
    print(table([head, *(judge(name, patience=options.patience) for name in names)]))


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the command in the description on a line of its own."""


if __name__ == "__main__":
    main()
