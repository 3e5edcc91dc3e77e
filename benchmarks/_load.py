"""A small HTTP/1.1 load client for loopback: no dependency, one process, few allocations.

It keeps ``clients`` connections open, sends the same request on each (or the next of several)
as soon as the answer before it has arrived whole, and counts. It reads only what it needs of
HTTP: the status, ``Content-Length`` and ``Transfer-Encoding: chunked``.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat


@dataclass(slots=True)
class Result:
    """What one run gave. Times are in seconds."""

    requests: int = 0
    #: Answers that were neither 200 nor 304, and connections that were cut.
    refused: int = 0
    bytes: int = 0
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """The latency under which ``share`` (0 to 1) of the answers stayed."""
        if not self.latencies:
            return 0.0
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def median(self) -> float:
        """The median latency."""
        return statistics.median(self.latencies) if self.latencies else 0.0


class _Client(asyncio.Protocol):
    """One connection that asks again as soon as it was answered."""

    def __init__(self, requests: Iterator[bytes], result: Result, deadline: float) -> None:
        self.requests, self.result, self.deadline = requests, result, deadline
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        request = next(self.requests)
        self.asked = time.perf_counter()
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        length = answer_length(self.buffer)
        if length and len(self.buffer) >= length:
            self.answered()

    def answered(self) -> None:
        now = time.perf_counter()
        self.result.requests += 1
        self.result.refused += bytes(self.buffer[9:12]) not in {b"200", b"304"}
        self.result.bytes += len(self.buffer)
        self.result.latencies.append(now - self.asked)
        self.buffer.clear()
        if now < self.deadline:
            self.ask()
        else:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if time.perf_counter() < self.deadline:
            self.result.refused += 1
        if not self.done.done():
            self.done.set_result(None)


def answer_length(buffer: bytearray) -> int:
    """The length of the answer that ``buffer`` begins with; 0 while it cannot be known."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return 0
    head = bytes(buffer[:end]).lower()
    if b"transfer-encoding: chunked" in head:
        return len(buffer) if buffer.endswith(b"0\r\n\r\n") else 0
    start = head.find(b"content-length:")
    if start < 0:
        return end + 4
    return end + 4 + int(head[start + 15 :].split(b"\r\n", 1)[0])


def request_for(path: str, *, headers: dict[str, str] | None = None) -> bytes:
    """The bytes of a GET request for ``path``."""
    lines = [f"GET {path} HTTP/1.1", "Host: localhost"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def load(
    *, port: int, request: bytes | Iterator[bytes], clients: int, seconds: float
) -> Result:
    """Ask 127.0.0.1:``port`` for ``seconds`` over ``clients`` connections.

    ``request`` is asked again and again, or each of several once; those must not run out.
    """
    result = Result()
    requests = repeat(request) if isinstance(request, bytes) else request
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    deadline = began + seconds

    async def one() -> None:
        _, client = await loop.create_connection(
            lambda: _Client(requests, result, deadline), "127.0.0.1", port
        )
        await client.done

    await asyncio.gather(*(one() for _ in range(clients)))
    result.seconds = time.perf_counter() - began
    return result


def measure(
    *,
    port: int,
    request: bytes | Iterator[bytes],
    clients: int,
    seconds: float,
    warm: float = 0.3,
) -> Result:
    """Run :func:`load` after a short warm-up that is not counted."""

    async def both() -> Result:
        await load(port=port, request=request, clients=clients, seconds=warm)
        return await load(port=port, request=request, clients=clients, seconds=seconds)

    return asyncio.run(both())
