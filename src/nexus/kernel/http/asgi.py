"""The words of ASGI 3.0, and the few things that every ASGI part here does alike.

Source: https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Protocol, TypeAlias

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

#: Header names and values as ASGI carries them: bytes, names in lower case.
Headers: TypeAlias = list[tuple[bytes, bytes]]


class ASGIApp(Protocol):
    """An ASGI application."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send, /) -> None:
        """Serve one connection."""


def header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    """The last value of the header ``name`` (lower case); None when it is absent."""
    found = None
    for key, value in headers:
        if key == name:
            found = value
    return found


async def respond(
    send: Send, *, status: int, headers: Headers, body: bytes = b"", more: bool = False
) -> None:
    """Send a whole response; with ``more`` the caller ends the body itself."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": more})
