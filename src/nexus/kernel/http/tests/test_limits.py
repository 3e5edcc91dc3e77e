"""How long a connection may take for what, to the second: real sockets, by a leaping clock."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from functools import partial
from typing import Any, cast

import uvicorn
from uvicorn.server import ServerState

from nexus.kernel.http.asgi import ASGIApp, Receive, Scope, Send, respond
from nexus.kernel.http.limits import ConnectionLimits, LimitedProtocol
from nexus.kernel.http.tests.clockwork import run

GET = b"GET /%d HTTP/1.1\r\nHost: hub\r\n\r\n"
LIMITS = ConnectionLimits(head_within=15, idle=20, stalled=120)


async def slow(scope: Scope, receive: Receive, send: Send) -> None:
    """``/60`` is answered after a minute."""
    await asyncio.sleep(int(scope["path"].strip("/")))
    await respond(send, status=200, headers=[(b"content-length", b"4")], body=b"done")


async def endless(scope: Scope, receive: Receive, send: Send) -> None:
    """An answer for as long as somebody takes it."""
    await receive()
    gone = asyncio.ensure_future(receive())
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while not gone.done():
        await send({"type": "http.response.body", "body": bytes(65536), "more_body": True})
        await asyncio.sleep(0)


class Client:
    """The other end of a connection to the hub."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hub: asyncio.Transport
    ) -> None:
        self._reader = reader
        self._hub = hub
        self.send = writer.write

    @property
    def is_given_up(self) -> bool:
        """Whether the hub has let the connection go."""
        return self._hub.is_closing()

    async def answer(self) -> tuple[int, float]:
        """The status of the next answer, and the second at which it came."""
        head = await self._reader.readuntil(b"\r\n\r\n")
        now = asyncio.get_running_loop().time()
        fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
        await self._reader.readexactly(int(fields[b"content-length"]))
        return int(head.split()[1]), now

    async def take(self, size: int) -> None:
        """Read so many bytes, whatever they are."""
        await self._reader.readexactly(size)

    async def end(self) -> float:
        """The second at which the hub closes the connection, with nothing more said."""
        assert await self._reader.read() == b""
        return asyncio.get_running_loop().time()


@contextlib.asynccontextmanager
async def connected(
    app: ASGIApp = slow, *, limits: ConnectionLimits = LIMITS
) -> AsyncIterator[Client]:
    """A client of a server that keeps to ``limits``; it connects at second 0."""
    config = uvicorn.Config(
        cast("Any", app), log_config=None, timeout_keep_alive=cast("int", limits.idle)
    )
    config.load()
    protocol = partial(
        LimitedProtocol, limits=limits, config=config, server_state=ServerState(), app_state={}
    )
    near, far = socket.socketpair()
    hub, _ = await asyncio.get_running_loop().connect_accepted_socket(protocol, near)
    reader, writer = await asyncio.open_connection(sock=far)
    try:
        yield Client(reader, writer, hub)
    finally:
        writer.close()
        hub.abort()


# --- heads ----------------------------------------------------------------------------------


def test_a_client_that_says_nothing_is_left() -> None:
    async def main() -> float:
        async with connected() as client:
            return await client.end()

    assert run(main()) == 15


def test_a_head_has_its_time_from_the_connection_on() -> None:
    async def main() -> tuple[int, float]:
        async with connected() as client:
            client.send(b"GET /0 HTTP/1.1\r\n")
            for _ in range(14):
                await asyncio.sleep(1)
                client.send(b"A: b\r\n")
            return await client.answer()

    assert run(main()) == (408, 15)


def test_a_head_that_ends_in_time_is_answered() -> None:
    async def main() -> tuple[int, float]:
        async with connected() as client:
            client.send(b"GET /0 HTTP/1.1\r\n")
            await asyncio.sleep(14)
            client.send(b"Host: hub\r\n\r\n")
            return await client.answer()

    assert run(main()) == (200, 14)


def test_a_later_head_has_its_time_from_its_first_byte_on() -> None:
    async def main() -> list[tuple[int, float]]:
        async with connected() as client:
            client.send(GET % 0)
            first = await client.answer()
            await asyncio.sleep(10)
            client.send(b"GET /0 HTTP/1.1\r\n")
            return [first, await client.answer()]

    assert run(main()) == [(200, 0), (408, 25)]


def test_the_time_of_a_head_sent_ahead_begins_when_the_client_is_awaited() -> None:
    async def main(pause: float) -> list[tuple[int, float]]:
        async with connected() as client:
            client.send(GET % 61 + b"GET /0 HTTP/1.1\r\n")
            first = await client.answer()
            await asyncio.sleep(pause)
            client.send(b"Host: hub\r\n\r\n")
            return [first, await client.answer()]

    assert run(main(14)) == [(200, 61), (200, 75)]
    assert run(main(16)) == [(200, 61), (408, 77)]  # it came at 76


def test_a_head_sent_ahead_has_the_time_of_a_head_also_where_idle_ones_have_less() -> None:
    async def main() -> list[tuple[int, float]]:
        async with connected(limits=ConnectionLimits(head_within=15, idle=5)) as client:
            client.send(GET % 61 + b"GET /0 HTTP/1.1\r\n")
            return [await client.answer(), await client.answer()]

    assert run(main()) == [(200, 61), (408, 76)]


def test_requests_sent_ahead_are_answered_in_turn() -> None:
    async def main() -> list[tuple[int, float]]:
        async with connected() as client:
            client.send(GET % 61 + GET % 62 + b"GET /0 HTTP/1.1\r\n")
            answers = [await client.answer(), await client.answer()]
            client.send(b"Host: hub\r\n\r\n")
            return [*answers, await client.answer()]

    assert run(main()) == [(200, 61), (200, 123), (200, 123)]


# --- between requests -----------------------------------------------------------------------


def test_an_idle_connection_is_closed() -> None:
    async def main() -> tuple[tuple[int, float], float]:
        async with connected() as client:
            client.send(GET % 30)
            return await client.answer(), await client.end()

    assert run(main()) == ((200, 30), 50)


def test_empty_lines_keep_no_connection_open() -> None:
    """The parser passes over them: no head begins."""

    async def main() -> float:
        async with connected() as client:
            client.send(GET % 0)
            await client.answer()
            await asyncio.sleep(10)
            client.send(b"\r\n")
            await asyncio.sleep(10)
            client.send(b"\r\n")
            return await client.end()

    assert run(main()) == 25


def test_a_body_that_nobody_reads_keeps_no_connection_open() -> None:
    """The answer came before the body: a form sent to an address that takes none."""

    async def main() -> float:
        async with connected() as client:
            client.send(b"POST /0 HTTP/1.1\r\nHost: hub\r\nContent-Length: 1000\r\n\r\nx")
            await client.answer()
            await asyncio.sleep(10)
            client.send(b"x")
            return await client.end()

    assert run(main()) == 25


# --- readers --------------------------------------------------------------------------------


def test_a_client_that_takes_nothing_is_given_up() -> None:
    async def main() -> list[bool]:
        async with connected(endless) as client:
            client.send(GET % 0)
            await asyncio.sleep(119)
            before = client.is_given_up
            await asyncio.sleep(2)
            return [before, client.is_given_up]

    assert run(main()) == [False, True]


def test_a_client_that_takes_something_now_and_then_is_served() -> None:
    async def main() -> bool:
        async with connected(endless) as client:
            client.send(GET % 0)
            for _ in range(10):
                await asyncio.sleep(100)
                await client.take(2_000_000)
            return client.is_given_up

    assert not run(main())
