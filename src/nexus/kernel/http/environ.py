"""From an ASGI scope to a WSGI environ (PEP 3333).

Forwarding headers never reach an application: the server has already put into the scope
what a *trusted* proxy said, and what anybody else says there is not to be believed.
"""

import sys
from typing import Any
from urllib.parse import unquote_to_bytes

from nexus.kernel.http.asgi import Scope
from nexus.kernel.http.bodies import Body

#: Names an application must not see: what proxies say, hop-by-hop matters that the server
#: has dealt with, and ``Proxy``, which CGI code takes for the variable HTTP_PROXY
#: (https://httpoxy.org).
_HIDDEN = frozenset(
    {b"forwarded", b"proxy", b"transfer-encoding", b"connection", b"keep-alive", b"expect"}
)
_HIDDEN_PREFIX = b"x-forwarded-"
_NOT_PREFIXED = {"CONTENT_TYPE", "CONTENT_LENGTH"}


class FileWrapper:
    """``wsgi.file_wrapper``: a file as an iterable of blocks worth a trip to the event loop."""

    BLOCK = 128 * 1024

    def __init__(self, file: Any, block_size: int = BLOCK) -> None:
        self._file = file
        self._size = max(block_size, self.BLOCK)
        self.close = getattr(file, "close", lambda: None)

    def __iter__(self) -> "FileWrapper":
        return self

    def __next__(self) -> bytes:
        block: bytes = self._file.read(self._size)
        if not block:
            raise StopIteration
        return block


def build_environ(scope: Scope, body: Body) -> dict[str, Any]:
    """The environ for one request whose body has been taken in."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body.file,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileWrapper,
    }
    _add_paths(environ, scope)
    _add_ends(environ, scope)
    _add_headers(environ, scope)
    _add_length(environ, body)
    return environ


def _add_paths(environ: dict[str, Any], scope: Scope) -> None:
    """PEP 3333 wants decoded bytes disguised as latin-1; ``raw_path`` has them unharmed."""
    raw = scope.get("raw_path")
    whole = scope["path"].encode() if raw is None else unquote_to_bytes(raw)
    root = scope.get("root_path", "").encode()
    if root and whole.startswith(root):
        whole = whole[len(root) :]
    environ["SCRIPT_NAME"] = root.decode("latin-1")
    environ["PATH_INFO"] = whole.decode("latin-1")


def _add_ends(environ: dict[str, Any], scope: Scope) -> None:
    name, port = scope.get("server") or ("localhost", 80)
    environ["SERVER_NAME"] = name
    environ["SERVER_PORT"] = str(port or 0)
    client = scope.get("client")
    if client:
        environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = client[0], str(client[1])


def _add_headers(environ: dict[str, Any], scope: Scope) -> None:
    """Repeated headers are joined (RFC 9110, section 5.2; cookies by RFC 6265).

    A name with an underscore is dropped: in CGI's spelling it would pass for the header
    that is written with a hyphen.
    """
    for name, value in scope["headers"]:
        if b"_" in name or name in _HIDDEN or name.startswith(_HIDDEN_PREFIX):
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in _NOT_PREFIXED:
            key = f"HTTP_{key}"
        text = value.decode("latin-1")
        if key == "CONTENT_TYPE":
            text = _without_charset(text)
        if key in environ:
            joint = "; " if key == "HTTP_COOKIE" else ","
            text = f"{environ[key]}{joint}{text}"
        environ[key] = text


def _without_charset(kind: str) -> str:
    """A ``Content-Type`` without what it says of an encoding: everything here is UTF-8.

    Django reads the address by it too. So one address would be two pages, of which the cache
    keeps one for everybody, and Python knows codecs that are for no text.
    """
    first, *parameters = kind.split(";")
    return ";".join([first, *(one for one in parameters if "charset" not in one.lower())])


def _add_length(environ: dict[str, Any], body: Body) -> None:
    """The length that came is the length there is, also where it came in chunks."""
    if body.size or "CONTENT_LENGTH" in environ:
        environ["CONTENT_LENGTH"] = str(body.size)
