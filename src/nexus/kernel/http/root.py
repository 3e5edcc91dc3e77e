"""The one ASGI application of a process: everything a client can reach goes through here.

The order of a request: the longest matching prefix in ``routes`` (``/static/``), else ``http``
(the page cache, and behind it Django). Sockets go by ``sockets``; unknown ones are refused.
"""

from collections.abc import Mapping

from nexus.kernel.http.asgi import ASGIApp, Receive, Scope, Send
from nexus.kernel.http.lifespan import Lifespan


class Root:
    """Gives each connection to the part that serves it.

    ``routes`` and ``sockets`` map the beginning of a path, ending in a slash, to an
    application, which sees the whole path.
    """

    def __init__(
        self,
        *,
        http: ASGIApp,
        lifespan: Lifespan,
        routes: Mapping[str, ASGIApp] | None = None,
        sockets: Mapping[str, ASGIApp] | None = None,
    ) -> None:
        self.lifespan = lifespan
        self._http = http
        self._routes = _longest_first(routes or {})
        self._sockets = _longest_first(sockets or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        match scope["type"]:
            case "http":
                app = _find(self._routes, scope["path"]) or self._http
            case "websocket":
                app = _find(self._sockets, scope["path"]) or _refuse_socket
            case "lifespan":
                app = self.lifespan
            case kind:
                raise NotImplementedError(f"The hub does not speak {kind!r}.")
        await app(scope, receive, send)


def _longest_first(table: Mapping[str, ASGIApp]) -> tuple[tuple[str, ASGIApp], ...]:
    return tuple(sorted(table.items(), key=lambda item: -len(item[0])))


def _find(table: tuple[tuple[str, ASGIApp], ...], path: str) -> ASGIApp | None:
    for prefix, app in table:
        if path.startswith(prefix):
            return app
    return None


async def _refuse_socket(scope: Scope, receive: Receive, send: Send) -> None:
    """Closing before accepting answers the handshake with 403."""
    del scope
    await receive()
    await send({"type": "websocket.close", "code": 1000})
