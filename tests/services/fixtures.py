"""Fixtures for real servers. Who asks for one marks the test with the server's name."""

import os
import uuid
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services import chromium, economy, network, postgresql, redis
from tests.services.requirements import require
from tests.services.run import join
from tests.services.servers import shared

#: A test that asks for one of these fixtures carries the marker.
MARKERS = {
    "postgres": {"postgres_server", "postgres_url"},
    "redis": {"redis_url"},
    "browser": {"browser"},
    "database": {"db", "transactional_db"},
}


# Lines are counted in tests and their fixtures alone. Between them, twice as long as untraced, runs
# nothing but pytest: ten thousand times in a run.


@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makeitem() -> Generator[None, Any, Any]:
    """Count no lines while tests are made of a module's functions."""
    with economy.uncounted():
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Mark every test by the servers it uses, so that ``-m`` can choose by them."""
    with economy.uncounted():
        for item in items:
            names = set(getattr(item, "fixturenames", ()))
            for marker, fixtures in MARKERS.items():
                if names & fixtures or (
                    marker == "database" and item.get_closest_marker("django_db")
                ):
                    item.add_marker(marker)
        return (yield)


def pytest_collection_finish() -> None:
    """Let no look for garbage go through all that was collected."""
    economy.keep_what_is_collected()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Count no lines around the phases of a test.

    Where pytest-cov pauses, it goes on with another counter than it had before: that is left to it.
    """
    if _is_uncounted(item):
        return (yield)
    with economy.uncounted():
        return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_fixture_setup() -> Generator[None, Any, Any]:
    """Count the lines of a fixture."""
    with economy.counted():
        return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Count the lines of a test, unless it asks for ``no_cover``: inside of pytest-cov's pause."""
    with economy.uncounted() if _is_uncounted(item) else economy.counted():
        return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown() -> Generator[None]:
    """Count the lines of what fixtures do at their end."""
    with economy.counted():
        return (yield)


def _is_uncounted(item: pytest.Item) -> bool:
    return "no_cover" in getattr(item, "fixturenames", ())


@pytest.fixture
def no_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count no lines during this test, nor in the programs it starts.

    For what is long and goes over lines that shorter tests go over: to count takes half as long
    again. The name is pytest-cov's, which counts nothing during a test that asks for it.
    """
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture(autouse=True)
def _stay_here() -> Iterator[None]:
    """Fail a test that tried to reach another machine, even if the code hid the refusal."""
    network.strays()
    yield
    strays = network.strays()
    assert not strays, f"This test tried to reach another machine: {strays}"


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The address of a PostgreSQL that this test run shares, as its superuser."""
    place = postgresql.programs()
    require(place, postgresql.ADVICE)
    assert place is not None
    return postgresql.shared_server(join(), place)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a new, empty PostgreSQL database; it is dropped after the test."""
    import psycopg
    from psycopg import sql

    name = f"nexus_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield postgres_server.removesuffix("/postgres") + f"/{name}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def _redis_server() -> str:
    program = redis.program()
    require(program, redis.ADVICE)
    assert program is not None
    # one for each process: channels are common to all the databases of a server
    name = f"redis-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    return shared(join(), name, lambda: redis.start(join(), program))


@pytest.fixture
def redis_url(_redis_server: str) -> str:
    """The address of an empty Redis."""
    from redis import Redis

    with Redis.from_url(_redis_server) as client:
        client.flushall()
    return _redis_server


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The Chromium of this machine."""
    program = chromium.program()
    require(program, chromium.ADVICE)
    assert program is not None
    return program
