"""The server as clients meet it: real sockets, real signals, a process of its own."""

import asyncio
import contextlib
import gc
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import uvicorn

from nexus.kernel.http.server import Server, clear_away_little_by_little
from nexus.kernel.http.tests.serving import BLOCK, PATIENCE

GET = b"GET %s HTTP/1.1\r\nHost: hub\r\n%s\r\n"


class Running:
    """A server process, and what it said."""

    def __init__(self, **options: Any) -> None:
        module = "nexus.kernel.http.tests.serving"
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.strip())

    def wait_for(self, word: str) -> str:
        """The first line that begins with ``word``, once it was said."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for line in self.lines:
                if line.startswith(word):
                    return line
            time.sleep(0.005)
        raise AssertionError(f"{word!r} was not said: {self.lines}")

    @property
    def port(self) -> int:
        return int(self.wait_for("http://").rpartition(":")[2])

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def refuses(self) -> bool:
        """Whether it takes no more connections."""
        try:
            self.connect().close()
        except ConnectionRefusedError:
            return True
        return False

    def ask(self, request: bytes) -> bytes:
        """Everything that comes back until the server closes the connection."""
        with self.connect() as client:
            with contextlib.suppress(ConnectionError):  # refused before it had all arrived
                client.sendall(request)
            return rest_of(client)

    def get(self, path: str, headers: bytes = b"") -> bytes:
        return self.ask(GET % (path.encode(), headers + b"Connection: close\r\n"))

    def let_go(self) -> None:
        """Have the requests for ``/held`` answered."""
        assert self.process.stdin
        print(file=self.process.stdin, flush=True)

    def memory(self) -> int:
        """Resident bytes."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait; the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._reader.join()
        return code


@contextlib.contextmanager
def running(**options: Any) -> Iterator[Running]:
    server = Running(**options)
    try:
        yield server
    finally:
        server.process.terminate()  # gently: it writes down which lines it ran
        try:
            server.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait()
        server._reader.join()
        assert server.process.stdin
        assert server.process.stdout
        server.process.stdin.close()
        server.process.stdout.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    """One server with small limits, but much time, for the tests that do not end it."""
    limits = {"head": 4096, "headers": 20}
    with running(connection=limits, body={"size": 300_000, "memory": 1000}) as server:
        yield server


@pytest.fixture(scope="module")
def closing() -> Iterator[Running]:
    """One server that closes a connection soon after its answer."""
    with running(connection={"idle": 0.3}) as server:
        yield server


def rest_of(client: socket.socket) -> bytes:
    pieces = []
    with contextlib.suppress(ConnectionResetError):
        while piece := client.recv(1 << 20):
            pieces.append(piece)
    return b"".join(pieces)


def one_answer(client: socket.socket) -> bytes:
    """The next answer on a connection that stays open; its length is declared."""
    head = b""
    while b"\r\n\r\n" not in head:
        head += exactly(client, 1)
    fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
    return head + exactly(client, int(fields[b"content-length"]))


def exactly(client: socket.socket, size: int) -> bytes:
    """The next ``size`` bytes and no more: what follows is another answer."""
    got = b""
    while len(got) < size:
        piece = client.recv(size - len(got))
        assert piece, f"The connection was closed after {got!r}."
        got += piece
    return got


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def body_of(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]


# --- requests -------------------------------------------------------------------------------


def test_a_page_comes_over_a_real_socket(server: Running) -> None:
    answer = server.get("/hello")
    assert status_of(answer) == 200
    assert body_of(answer) == b"hello"
    assert b"server:" not in answer.lower()


def test_a_connection_is_used_again(server: Running) -> None:
    with server.connect() as client:
        for _ in range(3):
            client.sendall(GET % (b"/hello", b""))
            assert one_answer(client).endswith(b"hello")


def test_the_second_reader_is_served_by_the_cache(server: Running) -> None:
    server.get("/page")
    again = server.get("/page")
    assert b"cache-status: nexus; hit" in again
    tag = next(line[6:] for line in again.split(b"\r\n") if line.startswith(b"etag: "))
    known = server.get("/page", b"If-None-Match: " + tag + b"\r\n")
    assert (status_of(known), body_of(known)) == (304, b"")


def test_head_has_no_body(server: Running) -> None:
    answer = server.ask(b"HEAD /hello HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n")
    assert b"content-length: 5" in answer
    assert body_of(answer) == b""


def test_an_upload_in_chunks_arrives_whole(server: Running) -> None:
    content = bytes(range(256)) * 900
    chunks = [content[start : start + 7777] for start in range(0, len(content), 7777)]
    with server.connect() as client:
        client.sendall(
            b"POST /upload HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
        )
        for chunk in chunks:
            client.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        client.sendall(b"0\r\n\r\n")
        answer = rest_of(client)
    assert body_of(answer) == hashlib.sha256(content).hexdigest().encode()


@pytest.mark.parametrize("expect", [b"", b"Expect: 100-continue\r\n"])
def test_an_upload_beyond_the_limit_is_refused(server: Running, expect: bytes) -> None:
    with server.connect() as client:
        client.sendall(
            b"POST /upload HTTP/1.1\r\nHost: hub\r\nContent-Length: 400000\r\n" + expect + b"\r\n"
        )
        if not expect:
            client.sendall(b"x" * 400_000)
        answer = one_answer(client)
        assert status_of(answer) == 413
        assert b"at most 300,000 bytes" in answer
        assert b"connection: close" in answer


def test_a_lengthy_upload_in_chunks_is_refused_too(server: Running) -> None:
    with server.connect() as client:
        client.sendall(b"POST /upload HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(40):
            client.sendall(b"2710\r\n" + b"x" * 10_000 + b"\r\n")
        assert status_of(one_answer(client)) == 413


@pytest.mark.parametrize(
    "request_",
    [
        b"NONSENSE\r\n\r\n",
        b"GET /hello HTTP/1.1\r\nHost: hub\r\nBad Header\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: hub\r\n\r\n",
        b"CONNECT hub:443 HTTP/1.1\r\nHost: hub\r\n\r\n",
        b"GET /hello HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        b"GET /\xc3\xb1 HTTP/1.1\r\nHost: hub\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: hub\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: hub\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_proper_request_does_no_harm(closing: Running, request_: bytes) -> None:
    answer = closing.ask(request_)
    assert not answer or status_of(answer) < 500
    assert status_of(closing.get("/hello")) == 200


def test_a_head_beyond_the_limit_is_refused(server: Running) -> None:
    for head in (
        GET % (b"/" + b"a" * 5000, b""),
        GET % (b"/", b"A: " + b"a" * 5000 + b"\r\n"),
        GET % (b"/", b"A: b\r\n" * 30),
        b"GET / HTTP/1.1\r\nA: " + b"a" * 400_000,
    ):
        answer = server.ask(head)
        assert not answer or status_of(answer) == 431
    assert b"larger than the hub takes" in server.ask(GET % (b"/", b"A: b\r\n" * 30))


def test_a_head_that_trickles_is_given_up() -> None:
    with running(connection={"head_within": 0.3}) as server:
        while not (answer := trickle(server)):
            pass  # the machine slept before the first byte was sent: it was left without a word
    assert status_of(answer) == 408


def trickle(server: Running) -> bytes:
    """What the server says at last to a client whose head does not end."""
    with server.connect() as client:
        client.settimeout(0.1)
        with contextlib.suppress(ConnectionError):
            client.sendall(b"GET /hello HTTP/1.1\r\n")
            while not is_readable(client):
                client.sendall(b"A: b\r\n")
        client.settimeout(PATIENCE)
        return rest_of(client)


def is_readable(client: socket.socket) -> bool:
    """Whether something comes, or the end, within the client's time."""
    with contextlib.suppress(TimeoutError):
        client.recv(1, socket.MSG_PEEK)
        return True
    return False


def test_a_connection_that_says_nothing_is_closed() -> None:
    with running(connection={"head_within": 0.3}) as server, server.connect() as client:
        assert client.recv(100) == b""


def test_an_idle_connection_is_closed(closing: Running) -> None:
    with closing.connect() as client:
        client.sendall(GET % (b"/hello", b""))
        assert rest_of(client).endswith(b"hello")


def test_a_head_sent_ahead_waits_for_its_turn(server: Running) -> None:
    with server.connect() as client:
        client.sendall(GET % (b"/hello", b"") + b"GET /who HTTP/1.1\r\n")
        assert one_answer(client).endswith(b"hello")
        client.sendall(b"Host: hub\r\n\r\n")
        assert one_answer(client).endswith(b"127.0.0.1 http")


# --- downloads ------------------------------------------------------------------------------


def test_a_large_download_takes_little_memory() -> None:
    with running() as server, server.connect() as client:
        server.get("/hello")
        before = server.memory()
        client.sendall(GET % (b"/download/8000", b"Connection: close\r\n"))
        time.sleep(0.3)  # a slow start: what is not read must not pile up
        got, peak = 0, before
        while piece := client.recv(1 << 20):
            got += len(piece)
            if got % 16 == 0:
                peak = max(peak, server.memory())
        assert got > 8000 * len(BLOCK)  # 500 MiB and the marks between chunks
        assert peak - before < 30 * 1024 * 1024
        server.wait_for("download closed")


def test_when_the_client_goes_the_download_is_closed(server: Running) -> None:
    with server.connect() as client:
        client.sendall(GET % (b"/download/1000000", b""))
        client.recv(100_000)
    server.wait_for("download closed")


def test_a_client_that_stops_reading_is_given_up() -> None:
    with running(connection={"stalled": 0.3}) as server, server.connect() as client:
        client.sendall(GET % (b"/download/1000000", b""))
        server.wait_for("download closed")  # although the client is still there
        assert status_of(client.recv(4096)) == 200


def test_slow_readers_hold_no_threads() -> None:
    with running(threads=2) as server, contextlib.ExitStack() as stack:
        for _ in range(8):
            client = stack.enter_context(server.connect())
            client.sendall(GET % (b"/download/1000000", b""))
            client.recv(1000)
        assert body_of(server.get("/hello")) == b"hello"


# --- load -----------------------------------------------------------------------------------


def test_beyond_the_queue_clients_are_asked_to_come_again() -> None:
    with running(threads=1, queue=1) as server, contextlib.ExitStack() as stack:
        waiting = [stack.enter_context(server.connect()) for _ in range(2)]
        for number, client in enumerate(waiting):
            client.sendall(GET % (b"/held/%d" % number, b""))
            server.wait_for(f"asked /held/{number}")
        refused = server.get("/hello")
        assert status_of(refused) == 503
        assert b"retry-after: 2" in refused
        server.let_go()
        assert [status_of(one_answer(client)) for client in waiting] == [200, 200]
        assert status_of(server.get("/hello")) == 200


def test_beyond_the_connections_it_holds_clients_are_asked_to_come_again() -> None:
    with running(connection={"connections": 2}) as server, server.connect() as first:
        with server.connect():
            refused = server.get("/hello")
            assert status_of(refused) == 503
            assert b"retry-after: 2" in refused
        first.sendall(GET % (b"/hello", b""))
        assert status_of(one_answer(first)) == 200


# --- proxies --------------------------------------------------------------------------------

FORWARDED = b"X-Forwarded-For: 198.51.100.9\r\nX-Forwarded-Proto: https\r\n"


def test_nobody_is_believed_who_was_not_named_a_proxy(server: Running) -> None:
    assert body_of(server.get("/who", FORWARDED)) == b"127.0.0.1 http"


def test_a_trusted_proxy_says_who_asks_and_how() -> None:
    with running(proxies=["127.0.0.0/8"]) as server:
        assert body_of(server.get("/who", FORWARDED)) == b"198.51.100.9 https"


# --- start and stop -------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_that_runs_is_answered_before_the_end(number: int) -> None:
    with running() as server, server.connect() as client, server.connect():
        client.sendall(GET % (b"/held", b""))
        server.wait_for("working")
        server.process.send_signal(number)
        while not server.refuses():
            time.sleep(0.01)
        server.let_go()
        assert one_answer(client).endswith(b"hello")
        assert server.process.wait(PATIENCE) == 0
        server._reader.join()
    assert server.lines[0] == "started"
    assert server.lines[1].startswith("http://127.0.0.1:")
    assert server.lines[-2] == "stopped"
    assert server.lines[-1].startswith("returned")


def test_a_request_that_hangs_does_not_keep_the_process() -> None:
    limits = {"stop_within": 0.3, "threads_stop_within": 0.3}
    with running(**limits) as server, server.connect() as client:
        client.sendall(GET % (b"/held", b""))
        server.wait_for("working")
        assert server.end() == 0
        assert "stopped" in server.lines


def test_a_download_that_runs_when_time_is_up_is_closed() -> None:
    with running(stop_within=0.3) as server, server.connect() as client:
        client.sendall(GET % (b"/download/1000000", b""))
        client.recv(1000)
        assert server.end() == 0
        assert "download closed" in server.lines


def test_a_service_that_does_not_start_ends_the_process_with_a_reason() -> None:
    with running(fails=True) as server:
        assert server.process.wait(PATIENCE) == 4
        assert server.wait_for("“broken” did not start: no disk")
        assert "stopped" in server.lines


def test_an_application_that_fails_without_a_word_is_reported_too() -> None:
    with running(mute=True) as server:
        assert server.process.wait(PATIENCE) == 4
        assert server.wait_for("The hub did not start.")


def test_a_server_in_a_thread_leaves_signals_to_others() -> None:
    before = signal.getsignal(signal.SIGTERM)
    seen: list[object] = []

    async def main() -> None:
        config = uvicorn.Config(cast("Any", None))
        with Server(config, on_ready=lambda: None).capture_signals():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=lambda: asyncio.run(main()))
    thread.start()
    thread.join()
    assert seen == [before]


@pytest.fixture
def collector():
    """The collector of garbage as it was before the test, once it is over."""
    before, enabled = gc.get_threshold(), gc.isenabled()
    gc.enable()
    yield
    gc.set_threshold(*before)
    if not enabled:
        gc.disable()


def test_no_page_waits_for_the_garbage_of_forty(collector):
    cleared: list[int] = []

    def told(phase: str, about: dict[str, int]) -> None:
        if phase == "stop":
            cleared.append(about["collected"])

    clear_away_little_by_little()
    gc.callbacks.append(told)
    for _ in range(12_000):
        circle: list[Any] = []
        circle.append(circle)
    gc.callbacks.remove(told)
    assert sum(cleared) > 10_000
    assert max(cleared) < 2_000
