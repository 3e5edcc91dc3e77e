"""A small hub and an engine that follows it, for every test of search."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus.search.engine import SearchEngine
from nexus.search.tests.hub import SmallHub


@pytest.fixture
def hub() -> SmallHub:
    return SmallHub()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where the engine of the test keeps its index."""
    return tmp_path / "search"


@pytest.fixture
def engine(hub: SmallHub, directory: Path) -> Iterator[SearchEngine]:
    """An engine without a thread: ``catch_up`` does the work."""
    engine = hub.engine(directory)
    yield engine
    engine.stop()
