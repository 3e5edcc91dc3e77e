"""Serves the gallery on this machine, under the site's own Content-Security-Policy."""

import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from unittest.mock import patch

from django.template.loader import render_to_string

from nexus.web.middleware import POLICY
from nexus.web.templatetags.built import FOLDER
from nexus.web.tests.gallery.pages import STATES
from nexus.web.tests.gallery.things import SITE

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
#: What a tag asks the database for, which the gallery has none of.
COUNTED = "nexus.web.templatetags.nexus.count_waiting"
FRAME_POLICY = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:"


@cache
def render(name: str) -> str:
    """One state of a page, as HTML; drawn once. Needs ``ROOT_URLCONF`` to be ``gallery.urls``."""
    template, context = STATES[name]()
    with patch(COUNTED, create=True, return_value=2):
        return render_to_string(template, SITE | context)


class Handler(BaseHTTPRequestHandler):
    """Pages of the gallery, built files, the frame that draws."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/static/built/"):
            file = FOLDER / path.removeprefix("/static/built/")
            self.answer(file.read_bytes(), TYPES[file.suffix], kept="max-age=3600")
        elif path == "/embed/diagram":
            self.answer(render_to_string("embed/diagram.html").encode(), policy=FRAME_POLICY)
        elif path == "/search":
            self.answer(render("search-results").encode())
        elif path.strip("/") in STATES:
            self.answer(render(path.strip("/")).encode())
        elif path == "/search/suggest":
            self.answer(SUGGESTIONS, "application/json")
        elif path == "/status.json":
            self.answer(STATUS, "application/json")
        else:
            self.send_error(404)

    def answer(
        self,
        body: bytes,
        kind: str = "text/html; charset=utf-8",
        policy: str = POLICY,
        kept: str = "no-cache",
    ) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", kept)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the tests say what went wrong."""


STATUS = b'{"running": true, "stage": "Making pages", "done": 700, "total": 1210}'
SUGGESTIONS = b"""{"suggestions": [
  {"title": "N+1 queries", "address": "/entry-document", "kind": "document", "detail": "notes"},
  {"title": "Query counts", "address": "/entry-snippet", "kind": "snippet"}
]}"""


class Gallery:
    """The server, while it is open."""

    def __enter__(self) -> Self:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.server.server_close()
