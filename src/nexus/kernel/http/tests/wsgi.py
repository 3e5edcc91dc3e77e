"""Small WSGI applications, and the pool that serves them, for tests."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from nexus.kernel.http.exchange import WSGIApp
from nexus.kernel.http.pool import ThreadPool
from nexus.kernel.http.wsgi_pool import WSGIPool

Start = Callable[..., Callable[[bytes], None]]
CHUNKED = [("transfer-encoding", "chunked")]


class Body:
    """An iterable that remembers whether it was closed, and by which exception it ended."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self.closed = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._chunks)

    def close(self) -> None:
        self.closed += 1


def answering(
    body: Iterable[bytes], *, status: str = "200 OK", headers: Iterable[tuple[str, str]] = ()
) -> WSGIApp:
    def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        start_response(status, list(headers))
        return body

    return app


def served(app: WSGIApp, *, threads: int = 2, queue: int = 64, **options: Any) -> WSGIPool:
    return WSGIPool(app, pool=ThreadPool(threads), queue=queue, **options)
