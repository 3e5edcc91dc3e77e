"""Bring up Django and the home folder: the first thing every command does."""

import os
from pathlib import Path

from nexus.config.environment import CHECKOUT, environment
from nexus.kernel.errors import Unavailable

#: Where documentation and the rest of the bundled repository lie in an installed package.
_PACKAGED_HUB = Path(__file__).resolve().parents[1] / "_hub"
COMMONS = "commons"
BUNDLED_NAME = "nexus"


def start_django() -> None:
    """Load the settings and the apps, and join them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexus.config.settings")
    import django

    django.setup()


def prepare_home() -> None:
    """Make the home folder and bring its database to the newest schema."""
    environment().repositories.mkdir(parents=True, exist_ok=True)
    from django.core.management import call_command

    if has_unapplied_migrations():
        call_command("migrate", verbosity=0, interactive=False)


def has_unapplied_migrations() -> bool:
    """Whether the database is older than the code."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def open_hub() -> None:
    """Everything a command needs before it touches the hub.

    Raises ``Unavailable`` when the home folder cannot be used.
    """
    try:
        start_django()
        prepare_home()
    except OSError as error:
        raise Unavailable(
            "home-unusable",
            f"The hub's home {environment().home} cannot be used: {error.strerror or error}.",
            remedy="Set NEXUS_HOME to a folder that you may write to.",
        ) from error


def bundled_hub() -> Path | None:
    """The folder of the repository that comes with the software; None when it is not there."""
    for folder in (CHECKOUT / "hub", _PACKAGED_HUB):
        if (folder / "README.md").is_file():
            return folder
    return None
