"""What each layer between the socket and a Django view costs, as a ratio to a bare answer.

    python benchmarks/http_ratio.py

Serves four things in one process on loopback, and asks each with 1 and with 32 clients:
five bytes from the ASGI root, a page from the page cache, a Django view in the WSGI pool,
and the same view through Django's own ASGI handler.
"""

import argparse
import sys
from collections.abc import Iterator
from operator import truediv
from statistics import median
from typing import Any, cast

from _load import measure, request_for
from _processes import free_port, running, table

PAGE = "<p>words of a page, as they are read</p>" * 500

LAYERS = {
    "bare answer of the root": "/bare/",
    "page from the page cache": "/page",
    "the same page as 304": "/page",
    "Django view, WSGI pool": "/view",
    "Django view, Django's ASGI": "/asgi/view",
}


def serve(port: int) -> None:
    """Serve the layers."""
    from django.conf import settings

    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="benchmark",
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    )
    from django.core.asgi import get_asgi_application
    from django.core.wsgi import get_wsgi_application

    from nexus.kernel.http.asgi import ASGIApp
    from nexus.kernel.http.generation import Generation
    from nexus.kernel.http.lifespan import Lifespan
    from nexus.kernel.http.page_cache import Finisher, PageCache
    from nexus.kernel.http.pool import ThreadPool
    from nexus.kernel.http.ports import listen
    from nexus.kernel.http.root import Root
    from nexus.kernel.http.server import serve as serve_root
    from nexus.kernel.http.wsgi_pool import WSGIPool

    pages = WSGIPool(get_wsgi_application(), pool=ThreadPool(4), finish=Finisher())
    root = Root(
        http=PageCache(pages, generation=Generation()),
        lifespan=Lifespan(),
        routes={"/bare/": bare, "/asgi/": cast("ASGIApp", get_asgi_application())},
    )
    serve_root(root, listener=listen("127.0.0.1", port))


async def bare(_scope: Any, _receive: Any, send: Any) -> None:
    """The least that an ASGI application can do."""
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"hello"})


def page(_request: Any) -> Any:
    """A public page of 20 KB."""
    from django.http import HttpResponse

    return HttpResponse(PAGE, headers={"Cache-Control": "public, max-age=0, must-revalidate"})


def view(_request: Any) -> Any:
    """The least that a view can do."""
    from django.http import HttpResponse

    return HttpResponse("hello", content_type="text/plain")


def __getattr__(name: str) -> Any:
    """Django asks for ``urlpatterns`` once it is set up."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.urls import path

    return [path("page", page), path("view", view), path("asgi/view", view)]


def measured(port: int, *, rounds: int, seconds: float) -> list[list[str]]:
    """A row for each layer. Rounds over all layers, and medians: other work disturbs all alike."""
    rates: dict[str, dict[int, list[float]]] = {name: {1: [], 32: []} for name in LAYERS}
    for _ in range(rounds):
        for name, path in LAYERS.items():
            for clients, found in rates[name].items():
                request = request_for(path, headers=_headers(name))
                result = measure(port=port, request=request, clients=clients, seconds=seconds)
                if result.refused:
                    raise RuntimeError(f"{name}: {result.refused} answers were neither 200 nor 304")
                found.append(result.rate)
    return [[name, *_cells(rates[name], rates["bare answer of the root"])] for name in LAYERS]


def _headers(name: str) -> dict[str, str]:
    known = {"If-None-Match": "*"} if name.endswith("304") else {}
    return {"Accept-Encoding": "gzip, br", **known}


def _cells(rates: dict[int, list[float]], bare: dict[int, list[float]]) -> Iterator[str]:
    for clients, found in rates.items():
        yield f"{median(found):,.0f}"
        yield f"{median(map(truediv, found, bare[clients])):.2f}"


def main() -> None:
    """Measure, or be the server."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="over all layers (default: 5)")
    parser.add_argument("--seconds", type=float, default=0.7, help="for each rate (default: 0.7)")
    parser.add_argument("--serve", type=int, metavar="PORT", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    port = free_port()
    with running([sys.executable, __file__, "--serve", str(port)], port=port):
        rows = measured(port, rounds=options.rounds, seconds=options.seconds)
    head = ["requests a second", "1 client", "ratio", "32 clients", "ratio"]
    print(table([head, *rows]))


if __name__ == "__main__":
    main()
