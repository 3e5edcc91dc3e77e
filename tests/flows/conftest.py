"""Fixtures for the flows."""

from nexus.library.tests.mirrors import add_mirror, engine, home, mirror

__all__ = ["add_mirror", "engine", "home", "mirror"]
