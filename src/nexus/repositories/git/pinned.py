"""Connections to addresses that were checked, whatever a name server says by now."""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from typing import NamedTuple


class Patience(NamedTuple):
    """How long to wait for a connection, and for a word on it, in seconds."""

    connecting: float
    silence: float


class PinnedConnection(http.client.HTTPConnection):
    """A connection that goes to the given addresses only.

    ``host`` is the name that is asked for: in the request, and in the certificate.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        is_secure: bool,
        addresses: tuple[str, ...],
        patience: Patience,
    ) -> None:
        super().__init__(host, port, timeout=patience.silence)
        self._addresses = addresses
        self._connect_seconds = patience.connecting
        self._in_use: socket.socket | None = None
        self._is_secure = is_secure
        if is_secure:
            self.default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """Connect to the first of the addresses that answers."""
        self.sock = self._first_socket()
        self.sock.settimeout(self.timeout)
        if self._is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self._in_use = self.sock

    def cut_off(self) -> None:
        """End the connection from another thread; also while an answer is being read."""
        if self._in_use:
            with contextlib.suppress(OSError):
                self._in_use.shutdown(socket.SHUT_RDWR)

    def _first_socket(self) -> socket.socket:
        failure = OSError("no address")
        for address in self._addresses:
            try:
                return socket.create_connection((address, self.port), self._connect_seconds)
            except OSError as error:
                failure = error
        raise failure


@contextlib.contextmanager
def hurried(connection: PinnedConnection, seconds: float) -> Iterator[threading.Event]:
    """Cut the connection off after ``seconds``: a remote may answer one byte at a time."""
    late = threading.Event()

    def cut_off() -> None:
        late.set()
        connection.cut_off()

    timer = threading.Timer(seconds, cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
