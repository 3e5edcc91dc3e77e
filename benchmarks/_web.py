"""Fetching over HTTP as a browser would, and counting what comes over the wire."""

import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

#: What a current browser sends. Over http to other machines it would not offer ``br``.
ENCODINGS = "gzip, deflate, br, zstd"


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer: ``wire`` is the size of its body as it was transferred, in bytes."""

    status: int
    headers: dict[str, str]
    body: bytes
    head: int

    @property
    def wire(self) -> int:
        """Bytes of the body, compressed as it came."""
        return len(self.body)

    @property
    def encoding(self) -> str:
        """How the body is compressed."""
        return self.headers.get("content-encoding", "")

    @property
    def text(self) -> str:
        """The body, readable."""
        return decoded(self.body, self.encoding).decode()


def get(
    address: str, *, encodings: str = ENCODINGS, accept: str = "*/*", cookie: str = ""
) -> Fetched:
    """Fetch ``address``. Redirects are not followed."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=60)
    try:
        target = parts.path or "/"
        target += f"?{parts.query}" if parts.query else ""
        headers = {"Accept-Encoding": encodings, "Accept": accept}
        headers |= {"Cookie": cookie} if cookie else {}
        connection.request("GET", target, headers=headers)
        return _fetched(connection.getresponse())
    finally:
        connection.close()


def _fetched(answer: HTTPResponse) -> Fetched:
    headers = {name.lower(): value for name, value in answer.getheaders()}
    head = 17 + sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    return Fetched(status=answer.status, headers=headers, body=answer.read(), head=head)


def decoded(body: bytes, encoding: str) -> bytes:
    """``body`` without its compression."""
    import gzip

    import brotli

    match encoding:
        case "br":
            plain: bytes = brotli.decompress(body)
            return plain
        case "gzip":
            return gzip.decompress(body)
        case _:
            return body


def wait_until_answered(address: str, *, seconds: float = 120.0) -> float:
    """Ask again and again until ``address`` answers 200; how many seconds it took."""
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        try:
            if get(address).status == 200:
                return time.perf_counter() - began
        except OSError:
            pass
        time.sleep(0.01)
    raise TimeoutError(f"{address} did not answer.")
