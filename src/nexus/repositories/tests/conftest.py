"""Fixtures of the repositories."""

from nexus.library.tests.mirrors import home

__all__ = ["home"]
