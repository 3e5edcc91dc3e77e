"""Fixtures of departing."""

import pytest

from nexus.departing.tests.scene import Scene
from nexus.library.tests.mirrors import engine, home

__all__ = ["engine", "home"]


@pytest.fixture
def scene(transactional_db, home):
    """Ada, with everything."""
    return Scene()
