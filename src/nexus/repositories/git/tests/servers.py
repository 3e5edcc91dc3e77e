"""Real HTTP servers on this machine: one that serves Git, and many that misbehave."""

import contextlib
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from nexus.repositories.git.environment import git_environment


class Handler(BaseHTTPRequestHandler):
    """Answers as the first behaviour does whose prefix the path has; else by Git."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        self.server.requests.append(f"{self.command} {self.path}")
        self.close_connection = True
        self.content = self.body()
        for prefix, behave in self.server.behaviours.items():
            if self.path.startswith(prefix):
                behave(self)
                return
        self.run_git()

    do_POST = do_GET  # noqa: N815 - as the base class wants it

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        data = b""
        while size := int(self.rfile.readline(), 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        return data

    def run_git(self) -> None:
        """``git http-backend``, as any web server runs it."""
        url = urlsplit(self.path)
        environment = git_environment() | {
            "GIT_PROJECT_ROOT": str(self.server.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": url.path,
            "QUERY_STRING": url.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        environment["CONTENT_LENGTH"] = str(len(self.content)) if self.content else ""
        done = subprocess.run(
            ["git", "http-backend"],
            input=self.content,
            env=environment,
            capture_output=True,
            check=False,
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        status = int(headers.pop("Status", "200").split()[0])
        self.answer(status, content, **headers)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
        """Say nothing."""


Behaviour = Callable[[Handler], None]


@dataclass
class Server(ThreadingHTTPServer):
    """Serves the repositories in ``root``; ``behaviours`` go before, by prefix of the path."""

    root: Path
    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    daemon_threads = True

    def __post_init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error here."""

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}/{path}"


@contextlib.contextmanager
def serving(root: Path) -> Iterator[Server]:
    """A server that runs as long as the context lasts."""
    server = Server(root)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


def hang(handler: Handler) -> None:
    """Accept the request, and never answer."""
    handler.server.ended.wait(60)


def drip(handler: Handler) -> None:
    """Answer one byte at a time, for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.server.ended.wait(0.05):
        handler.wfile.write(b"x")


def ask_for_password(handler: Handler) -> None:
    """Answer as a private repository does."""
    handler.answer(401, b"who are you", WWW_Authenticate='Basic realm="private"')


def talk_nonsense(handler: Handler) -> None:
    """Answer with what is not HTTP."""
    handler.wfile.write(b"\x00\xff nonsense\r\n" * 10)


def talk_git_nonsense(handler: Handler) -> None:
    """Say that it is Git, and send what is not."""
    kind = "application/x-git-upload-pack-advertisement"
    handler.answer(200, os.urandom(1000), Content_Type=kind)


def redirect_to(target: str, status: int = 302) -> Behaviour:
    """Send whoever asks to ``target``, with the rest of the path kept."""

    def redirect(handler: Handler) -> None:
        rest = handler.path.split("/info/refs")[-1]
        handler.answer(status, Location=f"{target}/info/refs{rest}")

    return redirect


def send_for_ever(handler: Handler) -> None:
    """Answer as Git does, until a pack is asked for: that has one file, which never ends."""
    if b"command=fetch" not in handler.content:
        handler.run_git()
        return
    handler.send_response(200)
    handler.send_header("Content-Type", "application/x-git-upload-pack-result")
    handler.send_header("Connection", "close")
    handler.end_headers()
    pack = b"PACK" + (2).to_bytes(4, "big") + (1).to_bytes(4, "big")
    size_of_a_terabyte = b"\xb0" + b"\x80" * 4 + b"\x40"
    handler.wfile.write(
        b"000dpackfile\n" + _packet(b"\x01" + pack + size_of_a_terabyte + b"\x78\x01")
    )
    length = 60_000
    stored = b"\x00" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little")
    block = _packet(b"\x01" + stored + os.urandom(length))
    while not handler.server.ended.is_set():
        handler.wfile.write(block)


def _packet(data: bytes) -> bytes:
    return b"%04x" % (len(data) + 4) + data
