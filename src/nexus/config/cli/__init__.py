"""The ``nexus`` command."""

from nexus.config.cli.main import main

__all__ = ["main"]
