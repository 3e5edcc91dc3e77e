"""The adapter and its clients: slow ones, those that leave, and those it must turn away."""

import asyncio
import threading
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from nexus.kernel.http.asgi import Message
from nexus.kernel.http.bodies import BodyLimits
from nexus.kernel.http.exchange import WINDOW
from nexus.kernel.http.pool import ThreadPool
from nexus.kernel.http.tests.client import Incoming, Response, ask, run, scope_of, until
from nexus.kernel.http.tests.wsgi import CHUNKED, Body, Start, answering, served
from nexus.kernel.http.wsgi_pool import WSGIPool
from tests.services.patience import PATIENCE

# --- slow and vanishing clients ---------------------------------------------------------------


def test_a_slow_client_holds_neither_a_thread_nor_more_than_a_window() -> None:
    made = 0

    def body() -> Iterator[bytes]:
        nonlocal made
        for _ in range(200):
            made += 65536
            yield b"x" * 65536

    async def main() -> None:
        reads = asyncio.Event()
        response = Response()

        async def slow_send(message: Message) -> None:
            await reads.wait()
            await response.send(message)

        pool = ThreadPool(1)
        download = asyncio.create_task(
            WSGIPool(answering(body()), pool=pool)(scope_of(), Incoming().receive, slow_send)
        )
        await until(lambda: made >= WINDOW)
        # The only thread is free for somebody else although the download has not ended.
        assert (await ask(WSGIPool(answering([b"page"]), pool=pool))).body == b"page"
        assert made <= WINDOW + 65536
        reads.set()
        await download
        assert len(response.body) == 200 * 65536

    run(main())


def test_when_the_client_hangs_up_the_generator_is_closed() -> None:
    ended: list[str] = []

    def body() -> Iterator[bytes]:
        try:
            while True:
                yield b"x" * 1000
        except GeneratorExit:
            ended.append("closed")
            raise

    async def main() -> None:
        incoming, sent = Incoming(), 0

        async def send(message: Message) -> None:
            nonlocal sent
            sent += 1
            if sent == 5:
                incoming.hang_up()
            await asyncio.sleep(0)

        await served(answering(body()))(scope_of(), incoming.receive, send)

    run(main())
    assert ended == ["closed"]


def test_when_the_client_hangs_up_during_a_pause_the_generator_is_closed() -> None:
    body = Body(b"x" * 65536 for _ in range(1000))

    async def main() -> None:
        incoming, pause = Incoming(), asyncio.Event()

        async def stuck(message: Message) -> None:
            """As uvicorn does: it waits for room, and returns when the client has gone."""
            pause.set()
            await incoming.gone.wait()

        task = asyncio.create_task(served(answering(body))(scope_of(), incoming.receive, stuck))
        await pause.wait()
        incoming.hang_up()
        await task

    run(main())
    assert body.closed == 1


def test_when_the_server_cancels_the_generator_is_closed() -> None:
    body = Body(b"x" * 65536 for _ in range(1000))

    async def main() -> None:
        pause = asyncio.Event()

        async def stuck(message: Message) -> None:
            pause.set()
            await asyncio.Event().wait()

        task = asyncio.create_task(served(answering(body))(scope_of(), Incoming().receive, stuck))
        await pause.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(main())
    assert body.closed == 1


def test_a_client_that_leaves_before_its_request_is_whole_is_not_answered() -> None:
    async def main() -> Response:
        incoming, response = Incoming(), Response()
        incoming._messages = []
        incoming.hang_up()
        scope = scope_of(method="POST", headers=CHUNKED)
        await served(answering([b"never"]))(scope, incoming.receive, response.send)
        return response

    assert run(main()).status == 0


# --- refusals -----------------------------------------------------------------------------------


def test_beyond_the_queue_requests_are_refused_at_once_and_served_later() -> None:
    gate = threading.Event()

    def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        gate.wait(PATIENCE)
        start_response("200 OK", [])
        return [b"done"]

    async def main() -> None:
        pool = served(app, threads=1, queue=2)
        waiting = [asyncio.create_task(ask(pool)) for _ in range(3)]
        await asyncio.sleep(0)
        refused = await ask(pool)
        assert refused.status == 503
        assert refused.header("retry-after") == "2"
        assert refused.header("connection") is None
        assert b"Try again in a few seconds." in refused.body
        gate.set()
        assert [response.body for response in await asyncio.gather(*waiting)] == [b"done"] * 3
        assert (await ask(pool)).status == 200

    run(main())


def test_a_request_is_refused_also_when_the_queue_filled_while_its_body_came() -> None:
    gate = threading.Event()

    async def main() -> None:
        threads = ThreadPool(1)
        pool = WSGIPool(answering([b"x"]), pool=threads, queue=0)

        class Uploading(Incoming):
            async def receive(self) -> Message:
                if not threads.pending:
                    _ = threads.submit(gate.wait)
                return await super().receive()

        response = Response()
        scope = scope_of(method="POST", headers=CHUNKED)
        await pool(scope, Uploading([b"body"]).receive, response.send)
        assert response.status == 503
        gate.set()

    run(main())


def test_a_program_is_told_in_json() -> None:
    app = served(answering([b"x"]), threads=0, queue=0)
    response = run(ask(app, headers=[("accept", "application/json")]))
    assert response.header("content-type") == "application/problem+json"
    assert b'"code": "overloaded"' in response.body


def test_too_large_a_body_is_refused_and_the_connection_closed_after_listening_a_while() -> None:
    async def main() -> None:
        response, incoming = Response(), Incoming([b"x" * 20, b"y" * 20, b"z" * 20])
        app = served(answering([b"never"]), limits=BodyLimits(size=30))
        await app(scope_of(method="POST", headers=CHUNKED), incoming.receive, response.send)
        assert response.status == 413
        assert response.header("connection") == "close"
        assert response.complete
        assert not incoming._messages, "what the client still sent was not read"

    run(main())


def test_too_slow_a_body_is_refused() -> None:
    async def main() -> Response:
        incoming, response = Incoming(), Response()
        incoming._messages = []
        app = served(answering([b"never"]), limits=BodyLimits(patience=0.02))
        task = asyncio.create_task(
            app(scope_of(method="POST", headers=CHUNKED), incoming.receive, response.send)
        )
        await until(lambda: response.status)
        incoming.hang_up()
        await task
        return response

    response = run(main())
    assert response.status == 408
    assert response.complete
