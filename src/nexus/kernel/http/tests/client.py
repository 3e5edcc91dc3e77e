"""Speaking ASGI to an application without a socket, for tests."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from nexus.kernel.http.asgi import ASGIApp, Message, Scope, header
from tests.services.patience import PATIENCE

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run to the end, but not for ever."""

    async def bounded() -> T:
        async with asyncio.timeout(PATIENCE):
            return await coroutine

    return asyncio.run(bounded())


async def until(condition: Callable[[], object]) -> None:
    """Wait for what a thread or another task brings about."""
    while not condition():  # noqa: ASYNC110 - most of it is set by threads
        await asyncio.sleep(0.001)


def scope_of(
    path: str = "/",
    *,
    method: str = "GET",
    headers: Iterable[tuple[str, str]] = (),
    query: str = "",
    **extra: Any,
) -> Scope:
    """An HTTP scope as uvicorn makes it."""
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers],
        "server": ("127.0.0.1", 8000),
        "client": ("192.0.2.7", 50000),
        **extra,
    }


@dataclass
class Response:
    """What an application sent."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=list)
    complete: bool = False

    @property
    def body(self) -> bytes:
        return b"".join(self.chunks)

    def header(self, name: str) -> str | None:
        value = header(self.headers, name.lower().encode())
        return None if value is None else value.decode("latin-1")

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            assert not self.status, "a second start"
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            assert self.status, "a body before the start"
            assert not self.complete, "a body after the end"
            self.chunks.append(message.get("body", b""))
            self.complete = not message.get("more_body", False)


class Incoming:
    """The client's side of a request: its body in pieces, then silence until it hangs up."""

    def __init__(self, chunks: Sequence[bytes] = ()) -> None:
        pieces = list(chunks) or [b""]
        self._messages = [
            {"type": "http.request", "body": piece, "more_body": number < len(pieces)}
            for number, piece in enumerate(pieces, start=1)
        ]
        self.gone = asyncio.Event()

    def hang_up(self) -> None:
        self.gone.set()

    async def receive(self) -> Message:
        if self._messages:
            return self._messages.pop(0)
        await self.gone.wait()
        return {"type": "http.disconnect"}


async def ask(
    app: ASGIApp,
    path: str = "/",
    *,
    method: str = "GET",
    headers: Iterable[tuple[str, str]] = (),
    query: str = "",
    body: Sequence[bytes] = (),
    **extra: Any,
) -> Response:
    """One request and its whole answer."""
    response = Response()
    scope = scope_of(path, method=method, headers=headers, query=query, **extra)
    await app(scope, Incoming(body).receive, response.send)
    return response
