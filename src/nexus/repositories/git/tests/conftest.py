"""Fixtures of the Git room."""

from pathlib import Path

import pytest

from nexus.repositories.git.stores import create_store
from nexus.repositories.git.tests.builders import Repository


@pytest.fixture
def upstream(tmp_path: Path) -> Repository:
    """A repository to fetch from, empty."""
    return Repository(tmp_path / "upstream.git")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of the hub, empty."""
    store = tmp_path / "stores" / "1.git"
    create_store(store)
    return store
