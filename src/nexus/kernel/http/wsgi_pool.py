"""A WSGI application as an ASGI one, run in a small pool of threads.

Why not Django's own ASGI handler: it costs several milliseconds a request, whatever the
server; the same views through WSGI in threads were many times faster. Why not a library:
see the decision record on the HTTP server.

The life of a request: its body is taken in (:mod:`bodies`), a thread runs the application
(:mod:`exchange`), its answer is sent at the client's pace. When more than ``queue`` requests
wait for a thread, the next one is refused at once rather than late.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TypeAlias

from nexus.kernel.errors import NexusError
from nexus.kernel.http.answers import BODILESS, Answer
from nexus.kernel.http.asgi import Message, Receive, Scope, Send, header, respond
from nexus.kernel.http.bodies import Body, BodyLimits, ClientGone, has_body, read_body
from nexus.kernel.http.environ import build_environ
from nexus.kernel.http.exchange import WINDOW, Exchange, WSGIApp
from nexus.kernel.http.pool import ThreadPool
from nexus.kernel.http.refusals import Broken, Overloaded, refuse

log = logging.getLogger(__name__)

#: How long, and how much of, a refused body is read before the connection is closed: closing
#: at once would reset it, and the client might lose the answer with it.
_LINGER_SECONDS = 2.0
_LINGER_BYTES = 4 * 1024 * 1024
_CLOSE = (b"connection", b"close")
_RETRY = (b"retry-after", b"2")

#: Turns a whole answer into the one that is sent; called in a thread.
Finish: TypeAlias = Callable[[Scope, Answer], Answer]


class WSGIPool:
    """Serves ``app`` from ``pool``.

    ``queue``: how many requests may wait for a thread. ``finish`` is given each answer that
    came whole, before it is sent.
    """

    def __init__(
        self,
        app: WSGIApp,
        *,
        pool: ThreadPool,
        queue: int = 64,
        limits: BodyLimits | None = None,
        finish: Finish | None = None,
    ) -> None:
        self._app = app
        self._pool = pool
        self._most = pool.size + queue
        self._limits = limits or BodyLimits()
        self._finish = finish or _as_it_is

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        try:
            self._admit()
            body = await read_body(scope, receive, self._limits)
        except ClientGone:
            return
        except NexusError as error:
            await _turn_away(scope, receive, send, error)
            return
        try:
            await self._run(scope, receive, send, body)
        finally:
            body.close()

    def _admit(self) -> None:
        if self._pool.pending >= self._most:
            raise Overloaded

    async def _run(self, scope: Scope, receive: Receive, send: Send, body: Body) -> None:
        try:
            self._admit()
        except Overloaded as error:  # while the body came in
            await refuse(scope, send, error, extra=[_RETRY])
            return
        exchange = Exchange(
            self._app, build_environ(scope, body), finish=partial(self._finish, scope)
        )
        delivery = _Delivery(exchange, self._pool, scope=scope, send=send)
        try:
            await delivery.run(receive)
        except Exception:
            if delivery.started:
                raise  # too late for an answer: the server logs it and cuts the connection
            log.exception("A request failed: %s %s", scope["method"], scope["path"])
            await refuse(scope, send, Broken())


def _as_it_is(_: Scope, answer: Answer) -> Answer:
    return answer


class _Delivery:
    """Sends what an exchange produces, and sees to it that the exchange goes on and ends."""

    def __init__(self, exchange: Exchange, pool: ThreadPool, *, scope: Scope, send: Send) -> None:
        self._exchange, self._pool = exchange, pool
        self._scope, self._send = scope, send
        self._job = self._submit(exchange.begin)
        self.started = False

    def _submit(self, step: Callable[[], bool]) -> asyncio.Future[bool]:
        job = self._pool.submit(step, context=self._exchange.context)
        job.add_done_callback(lambda _: self._exchange.news.set())
        return job

    async def run(self, receive: Receive) -> None:
        """Deliver the answer, or stop when the client has gone; raises what the application did."""
        exchange = self._exchange
        try:
            await exchange.news.wait()
            if self._is_whole() and exchange.answer:
                await self._send_answer(exchange.answer)
            else:
                async with _told_when_gone(receive, exchange.abandon):
                    await self._stream()
        finally:
            await self._close()

    def _is_whole(self) -> bool:
        """Whether everything was produced; raises what the application raised."""
        return self._job.done() and self._job.result()

    async def _send_answer(self, answer: Answer) -> None:
        headers, body = answer.headers, answer.body
        if answer.status not in BODILESS and header(headers, b"content-length") is None:
            headers = [*headers, (b"content-length", str(len(body)).encode())]
        if self._scope["method"] == "HEAD":
            body = b""
        self.started = True
        await respond(self._send, status=answer.status, headers=headers, body=body)

    async def _stream(self) -> None:
        """Send chunk by chunk; ``send`` returns when the client's side has room for more."""
        exchange = self._exchange
        while not exchange.abandoned:
            exchange.news.clear()
            if exchange.chunks:
                await self._send_chunk(exchange.take(), more=True)
                self._go_on()
            elif self._is_whole():
                await self._send_chunk(b"", more=False)
                return
            elif self._job.done():
                self._go_on()
            else:
                await exchange.news.wait()

    async def _send_chunk(self, chunk: bytes, *, more: bool) -> None:
        if not self.started:
            self.started = True
            head = {"status": self._exchange.status, "headers": self._exchange.headers}
            await self._send({"type": "http.response.start", **head})
        await self._send({"type": "http.response.body", "body": chunk, "more_body": more})

    def _go_on(self) -> None:
        """Call a thread back when it left for want of room and there is room again."""
        has_left = self._job.done() and not self._is_whole()
        if has_left and self._exchange.waiting <= WINDOW // 2:
            self._job = self._submit(self._exchange.advance)

    async def _close(self) -> None:
        """End the exchange, in a thread and after the step that may still run in one."""
        self._exchange.abandon()
        with contextlib.suppress(Exception):
            await asyncio.shield(self._job)
        if not self._exchange.closed:
            await self._pool.submit(self._exchange.close, context=self._exchange.context)


@contextlib.asynccontextmanager
async def _told_when_gone(receive: Receive, tell: Callable[[], None]) -> AsyncIterator[None]:
    """Call ``tell`` when the client closes the connection while the block runs."""

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        tell()

    watcher = asyncio.create_task(watch())
    try:
        yield
    finally:
        watcher.cancel()


async def _turn_away(scope: Scope, receive: Receive, send: Send, error: NexusError) -> None:
    """Refuse a request whose body was not read: then the connection cannot be used again."""
    extra = [_RETRY] if isinstance(error, Overloaded) else []
    if not has_body(scope):
        await refuse(scope, send, error, extra=extra)
        return
    await refuse(scope, send, error, extra=[*extra, _CLOSE], more=True)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LINGER_SECONDS):
            await _discard(receive, _LINGER_BYTES)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _discard(receive: Receive, most: int) -> None:
    message: Message = {"type": "http.request", "more_body": True}
    while most > 0 and message["type"] == "http.request" and message.get("more_body"):
        message = await receive()
        most -= len(message.get("body", b""))
