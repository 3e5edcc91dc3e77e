# The one ASGI application of a process: each connection goes to the part that serves it.
# Quoted from src/nexus/kernel/http/root.py#L13-L44

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
