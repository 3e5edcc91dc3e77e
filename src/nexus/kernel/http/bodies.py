"""Request bodies: taken in whole before an application runs, in memory or in a temporary file.

A WSGI application reads its body by blocking. Were it given the socket, a phone on a slow
line would hold one of a few threads for as long as its upload takes.
"""

import asyncio
import contextlib
import io
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from nexus.kernel.http.asgi import Receive, Scope, header
from nexus.kernel.http.refusals import BodyTooLarge, BodyTooSlow
from nexus.kernel.room import NoRoom, is_full


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """How large and how slow a request's body may be. Sizes in bytes, times in seconds."""

    #: Kept in memory up to this size, then in a temporary file.
    memory: int = 1024 * 1024
    #: Refused beyond this size.
    size: int = 32 * 1024 * 1024
    #: Other sizes for addresses that begin with a prefix, such as uploads of archives.
    size_under: Mapping[str, int] = field(default_factory=dict)
    #: Those of the prefixes whose size is for requests with a credential only. It is not looked
    #: at here; but who shows none is told so without having filled the disk.
    for_known: frozenset[str] = field(default_factory=frozenset)
    #: Refused when, after ``patience``, fewer bytes a second than this have come on average.
    rate: int = 1024
    patience: float = 30.0

    def size_for(self, path: str, *, shows_credential: bool = True) -> int:
        """The largest body that the address ``path`` takes; the longest prefix decides.

        ``shows_credential``: whether the request has an ``Authorization`` header.
        """
        asked = self.size_under if shows_credential else self.size_under.keys() - self.for_known
        matching = [prefix for prefix in asked if path.startswith(prefix)]
        return self.size_under[max(matching, key=len)] if matching else self.size


class ClientGone(Exception):
    """The client closed the connection before its request was whole."""


@dataclass(slots=True)
class Body:
    """A request's body, ready to be read from its beginning."""

    file: IO[bytes]
    size: int

    def close(self) -> None:
        """Free the memory or the temporary file."""
        self.file.close()


def has_body(scope: Scope) -> bool:
    """Whether the request announces a body (RFC 9112, section 6)."""
    return any(name in {b"content-length", b"transfer-encoding"} for name, _ in scope["headers"])


async def read_body(scope: Scope, receive: Receive, limits: BodyLimits) -> Body:
    """Take in the whole body of a request.

    Raises :class:`BodyTooLarge` (before reading, where ``Content-Length`` tells),
    :class:`BodyTooSlow`, :class:`NoRoom` when the disk is full, or :class:`ClientGone`.
    """
    if not has_body(scope):
        return Body(file=io.BytesIO(), size=0)
    known = header(scope["headers"], b"authorization") is not None
    limit = limits.size_for(scope["path"], shows_credential=known)
    if _declared(scope) > limit:
        raise BodyTooLarge(limit)
    spool = tempfile.SpooledTemporaryFile(max_size=limits.memory)  # noqa: SIM115 - closed by Body
    try:
        size = await _fill(spool, receive, limit=limit, limits=limits)
    except BaseException as error:
        with contextlib.suppress(OSError):  # what could not be written cannot be now
            spool.close()
        if is_full(error):
            raise NoRoom from error
        raise
    spool.seek(0)
    return Body(file=spool, size=size)


async def _fill(
    spool: tempfile.SpooledTemporaryFile[bytes], receive: Receive, *, limit: int, limits: BodyLimits
) -> int:
    size, more, began = 0, True, time.monotonic()
    while more:
        due = began + limits.patience + size / limits.rate
        message = await _receive_by(receive, due)
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise BodyTooLarge(limit)
        await _write(spool, chunk, in_file=size > limits.memory)
        more = message.get("more_body", False)
    return size


async def _receive_by(receive: Receive, due: float) -> dict[str, Any]:
    try:
        async with asyncio.timeout(max(0.0, due - time.monotonic())):
            message = await receive()
    except TimeoutError:
        raise BodyTooSlow from None
    if message["type"] == "http.disconnect":
        raise ClientGone
    return dict(message)


async def _write(
    spool: tempfile.SpooledTemporaryFile[bytes], chunk: bytes, *, in_file: bool
) -> None:
    """Disks can be slow: what goes to one is written outside the event loop."""
    if in_file:
        await asyncio.to_thread(spool.write, chunk)
    else:
        spool.write(chunk)


def _declared(scope: Scope) -> int:
    value = header(scope["headers"], b"content-length") or b"0"
    return int(value) if value.isdigit() else 0
