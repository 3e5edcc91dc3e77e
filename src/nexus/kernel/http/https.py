"""Plain http at a hub whose address begins with https: who came by it is led to https, or refused.

Only what a gateway says (``X-Forwarded-Proto: http``) counts. A request that reaches the hub
itself, such as one of a program on the same machine that looks whether it lives, is served, and a
gateway that says nothing cannot bring a browser into a circle. The header needs no trust: who
writes it falsely is redirected, and nobody else.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from nexus.kernel.http.asgi import ASGIApp, Receive, Scope, Send, header, respond

_SENTENCE = (
    b"This hub is used by https only. What was sent came by http: take it for read by others.\n"
)
#: A cache between that does not look at the header would lead everybody in a circle.
_NOT_KEPT = (b"cache-control", b"no-store")


class HttpsOnly:
    """Stands before ``app``: pages move to ``public_url`` (https), everything else is refused.

    A program that sends a form, a push or a credential by http gets a clear no in place of a
    redirect: one that is followed silently would send secrets in the clear for ever (OWASP ASVS
    5.0, 4.1.2). ``spared`` are the beginnings of paths that are served either way.
    """

    def __init__(self, app: ASGIApp, *, public_url: str, spared: tuple[str, ...] = ()) -> None:
        at = urlsplit(public_url)
        self._app = app
        self._origin = f"https://{at.netloc}".encode()
        self._spared = spared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if not self._came_plainly(scope):
            await self._app(scope, receive, send)
        elif scope["method"] in {"GET", "HEAD"} and not header(scope["headers"], b"authorization"):
            await self._lead(scope, send)
        else:
            await _refuse(send)

    def _came_plainly(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope.get("scheme") == "http"
            and (header(scope["headers"], b"x-forwarded-proto") or b"").strip().lower() == b"http"
            and not scope["path"].startswith(self._spared)
        )

    async def _lead(self, scope: Scope, send: Send) -> None:
        """To the same address by https, always at the hub's own name."""
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        query: bytes = scope.get("query_string", b"")
        target = self._origin + path + (b"?" + query if query else b"")
        headers = [(b"location", target), (b"content-length", b"0"), _NOT_KEPT]
        await respond(send, status=HTTPStatus.MOVED_PERMANENTLY, headers=headers)


async def _refuse(send: Send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(_SENTENCE)).encode()),
        (b"connection", b"close"),
    ]
    await respond(send, status=HTTPStatus.FORBIDDEN, headers=headers, body=_SENTENCE)
