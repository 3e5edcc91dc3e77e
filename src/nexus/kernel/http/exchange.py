"""One request inside a WSGI application: the side that runs in threads.

The application's iterable is advanced by a pool thread for as long as the client keeps
up. When :data:`WINDOW` bytes wait to be sent, the thread leaves and returns once they are
gone, so a slow client costs memory for a window and no thread. Consequently an iterable
may be advanced by different threads, never by two at a time, always in the same context
variables; it must not keep a database cursor open between two chunks.

Fields are written by one side only: the thread appends chunks and counts ``produced``, the
loop takes chunks and counts ``sent``. ``Event.set`` is the only call across.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeAlias

from nexus.kernel.http.answers import BODILESS, Answer
from nexus.kernel.http.asgi import Headers

#: Bytes that may wait for a client before its iterable is left alone.
WINDOW = 256 * 1024

#: What a server alone decides about a connection (PEP 3333 forbids them to applications).
_HOP_BY_HOP = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding"}
    | {b"upgrade"}
)

Environ: TypeAlias = dict[str, Any]
WSGIHeaders: TypeAlias = list[tuple[str, str]]


class WSGIApp(Protocol):
    """A WSGI application (PEP 3333)."""

    def __call__(self, environ: Environ, start_response: Callable[..., Any], /) -> Iterable[bytes]:
        """Answer one request."""


class Exchange:
    """Runs ``app`` for one request and holds what it has produced until the loop takes it.

    ``finish`` is called in the thread with an answer that came whole, and gives the answer
    that is sent in its place.
    """

    def __init__(
        self, app: WSGIApp, environ: Environ, *, finish: Callable[[Answer], Answer]
    ) -> None:
        self._app, self._environ, self._finish = app, environ, finish
        self._loop = asyncio.get_running_loop()
        self._iterable: Iterable[bytes] | None = None
        self._iterator: Iterator[bytes] = iter(())
        self._gather = False
        self.context = contextvars.copy_context()
        self.news = asyncio.Event()
        self.status = 0
        self.headers: Headers = []
        self.chunks: deque[bytes] = deque()
        self.produced = 0
        self.sent = 0
        self.abandoned = False
        self.answer: Answer | None = None

    # --- called by the loop ---------------------------------------------------------

    @property
    def waiting(self) -> int:
        """Bytes produced and not yet sent."""
        return self.produced - self.sent

    def take(self) -> bytes:
        """The next chunk; the caller has checked that there is one."""
        chunk = self.chunks.popleft()
        self.sent += len(chunk)
        return chunk

    def abandon(self) -> None:
        """Have the thread stop after the chunk it is making."""
        self.abandoned = True
        self.news.set()

    @property
    def closed(self) -> bool:
        """Whether nothing is left of the application's answer."""
        return self._iterable is None

    # --- called by one thread at a time -----------------------------------------------

    def begin(self) -> bool:
        """Call the application and advance its answer; like :meth:`advance`.

        An answer that came whole is in ``answer`` afterwards, and not in ``chunks``.
        """
        self._iterable = self._app(self._environ, self._start_response)
        self._iterator = iter(self._iterable)
        self._gather = self._is_short(self._iterable)
        whole = self.advance()
        if self._gather:
            self.answer = self._finish(self._gathered())
        return whole

    def _gathered(self) -> Answer:
        body = self.chunks[0] if len(self.chunks) == 1 else b"".join(self.chunks)
        self.chunks.clear()
        return Answer(status=self.status, headers=self.headers, body=body)

    def advance(self) -> bool:
        """Produce chunks; True when the answer is whole and closed, False when the window is full.

        Whatever the application raises is raised here, after it was closed.
        """
        try:
            whole = self._produce()
        except BaseException:
            self.close()
            raise
        if whole:
            self.close()
        return whole

    def _produce(self) -> bool:
        for chunk in self._iterator:
            if self.abandoned:
                return True
            if chunk:
                self._put(chunk)
            if self._needs_no_body():
                return True
            if self.waiting >= WINDOW and not self._gather:
                return False
        if not self.status:
            raise RuntimeError("The WSGI application did not call start_response.")
        return True

    def close(self) -> None:
        """Tell the application that its answer is no longer wanted or was sent; once."""
        iterable, self._iterable = self._iterable, None
        self._iterator = iter(())
        close = getattr(iterable, "close", None)
        if close is not None:
            close()

    def _needs_no_body(self) -> bool:
        """Once its headers are known, a HEAD request or a bodiless status needs no more.

        A gathered body is kept also then: its headers are computed from it.
        """
        head = self._environ["REQUEST_METHOD"] == "HEAD" and not self._gather
        return bool(self.status) and (head or self.status in BODILESS)

    def _put(self, chunk: bytes) -> None:
        if not self.status:
            raise RuntimeError("The WSGI application sent a body before start_response.")
        if self._needs_no_body():
            return
        self.chunks.append(chunk)
        self.produced += len(chunk)
        if not self._gather:
            self._loop.call_soon_threadsafe(self.news.set)

    def _is_short(self, iterable: Iterable[bytes]) -> bool:
        """Whether to hand over the answer as one: it is in memory already, or declared small.

        PEP 3333 wants no chunk delayed, for the sake of answers that are made while they are
        sent; those have no ``Content-Length``. A whole body can be compressed and named by a hash.
        """
        if isinstance(iterable, list | tuple) or getattr(iterable, "streaming", True) is False:
            return True
        length = dict(self.headers).get(b"content-length", b"")
        return length.isdigit() and int(length) <= WINDOW

    def _start_response(
        self, status: str, headers: WSGIHeaders, exc_info: Any = None
    ) -> Callable[[bytes], None]:
        try:
            if exc_info and self.produced:
                raise exc_info[1].with_traceback(exc_info[2])
            if self.status and not exc_info:
                raise RuntimeError("The WSGI application called start_response twice.")
        finally:
            exc_info = None  # it holds frames that hold it
        self.headers = list(_clean(int(status[:3]), headers))
        self.status = int(status[:3])
        return self._put


def _clean(status: int, headers: WSGIHeaders) -> Iterator[tuple[bytes, bytes]]:
    for name, value in headers:
        key = name.lower().encode("latin-1")
        if key in _HOP_BY_HOP or (key == b"content-length" and status in BODILESS):
            continue
        yield key, value.encode("latin-1")
