"""uvicorn's HTTP protocol with the limits that it lacks: head size, slow heads, stalled readers.

uvicorn 0.54 with httptools takes a head of any size, waits for one for ever, and keeps a
connection whose client has stopped reading. See https://github.com/Kludex/uvicorn/issues/157.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

_HEAD_TOO_LARGE = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
_CROWDED = HTTPStatus.SERVICE_UNAVAILABLE
_WORDS = {
    HTTPStatus.BAD_REQUEST: "The request is not HTTP that the hub understands.",
    HTTPStatus.REQUEST_TIMEOUT: "The request took too long to arrive.",
    _HEAD_TOO_LARGE: "The address and headers are larger than the hub takes.",
    _CROWDED: "The hub holds as many connections as it can; try again in a few seconds.",
}

#: The most that an event loop reads at once.
_ONE_READ = 256 * 1024


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What one connection may do. Sizes in bytes, times in seconds."""

    #: The request line and all headers.
    head: int = 32 * 1024
    headers: int = 100
    #: From the connection, or the first byte of a later request, to the end of the head; for
    #: one that was sent ahead, from the end of the answer before it.
    head_within: float = 15.0
    #: From one answer to the next request.
    idle: float = 15.0
    #: A client must take 48 KiB (what lies between asyncio's marks) within this.
    stalled: float = 120.0
    #: Connections at a time; more are answered 503.
    connections: int = 1000


class _HeadError(Exception):
    """Raised inside the parser to stop it."""


class LimitedProtocol(HttpToolsProtocol):
    """One client's connection, within :class:`ConnectionLimits`."""

    def __init__(self, *, limits: ConnectionLimits, **uvicorn: Any) -> None:
        super().__init__(**uvicorn)
        self._limits = limits
        self._in_head = False
        self._head_size = 0
        self._unfinished = 0
        self._head_timer = _Timer(self.loop)
        self._stall_timer = _Timer(self.loop)
        self._refusal = HTTPStatus.BAD_REQUEST

    @property
    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = getattr(self, "cycle", None)
        return cycle is not None and not cycle.response_complete

    # --- connections -------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._head_timer.stop()
        self._stall_timer.stop()
        super().connection_lost(exc)

    # --- heads ---------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Take in what came; a head must end in good time and before it is too long."""
        super().data_received(data)
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            return
        if self._in_head:
            self._unfinished += len(data)
        if self._unfinished > self._limits.head + _ONE_READ:  # one endless header
            self._refuse(_HEAD_TOO_LARGE)
        else:
            self._await_head()

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._in_head = True
        self._head_size = self._unfinished = 0

    def on_url(self, url: bytes) -> None:
        """Count a part of the request line."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header."""
        self._count(len(name) + len(value) + 4)
        super().on_header(name, value)
        if len(self.headers) > self._limits.headers:
            self._stop_parsing(_HEAD_TOO_LARGE)

    def on_headers_complete(self) -> None:
        """The head has ended; uvicorn starts the application."""
        self._in_head = False
        self._head_timer.stop()
        if len(self.connections) > self._limits.connections:
            self._stop_parsing(_CROWDED)
        super().on_headers_complete()

    def _count(self, size: int) -> None:
        self._head_size += size
        if self._head_size > self._limits.head:
            self._stop_parsing(_HEAD_TOO_LARGE)

    def _stop_parsing(self, status: HTTPStatus) -> None:
        """Uvicorn takes this for a syntax error and calls :meth:`send_400_response`."""
        self._refusal = status
        raise _HeadError

    def _await_head(self) -> None:
        if not self._is_answering:  # else the client sends ahead and waits for us
            self._head_timer.start(self._limits.head_within, self._head_is_late)

    def _head_is_late(self) -> None:
        if self._in_head:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()

    # --- refusals ------------------------------------------------------------------------

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong in our words, with the status that fits."""
        del msg
        self._refuse(self._refusal)

    def _refuse(self, status: HTTPStatus) -> None:
        if not self._is_answering:  # else it would land in the middle of an answer
            self.transport.write(_refusal(status))
        self.transport.close()
        self._expect_progress()

    # --- readers ---------------------------------------------------------------------------

    def pause_writing(self) -> None:
        """The client does not take what it asked for."""
        super().pause_writing()
        self._expect_progress()

    def resume_writing(self) -> None:
        """It does again."""
        super().resume_writing()
        self._stall_timer.stop()

    def on_response_complete(self) -> None:
        """Now the client is awaited: what is left to send must be taken, a begun head must end."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._expect_progress()
        elif self._in_head:
            self._unset_keepalive_if_required()
            self._await_head()

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection, whether its client has read the last answer or not."""
        super().timeout_keep_alive_handler()
        self._expect_progress()

    def _expect_progress(self) -> None:
        self._stall_timer.start(self._limits.stalled, self.transport.abort)


class _Timer:
    """A call that is made once, unless it is stopped before."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._handle: asyncio.TimerHandle | None = None

    def start(self, seconds: float, function: Callable[[], None]) -> None:
        """Begin to wait; nothing changes when it waits already."""
        if self._handle is None:
            self._handle = self._loop.call_later(seconds, self._run, function)

    def stop(self) -> None:
        """Wait no more."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _run(self, function: Callable[[], None]) -> None:
        self._handle = None
        function()


def _refusal(status: HTTPStatus) -> bytes:
    body = f"{_WORDS[status]}\n".encode()
    lines = [
        b"content-type: text/plain; charset=utf-8",
        b"content-length: %d" % len(body),
        b"connection: close",
        *([b"retry-after: 2"] if status == _CROWDED else []),
    ]
    return STATUS_LINE[status] + b"\r\n".join([*lines, b"", body])
