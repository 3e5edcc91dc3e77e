"""Bring up Django and the home folder: the first thing every command does."""

import os
from pathlib import Path

from nexus.config.environment import CHECKOUT, environment
from nexus.kernel.errors import Unavailable

_PACKAGE = Path(__file__).resolve().parents[1]
#: Documentation and the rest of the bundled repository, as ``scripts/wheel.py`` packs it.
_PACKAGED_HUB = Path("_hub", "hub.zip")
_BUNDLED_FILES = ("hub", _PACKAGED_HUB.name)
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
    """The repository that comes with the software; None when it is not there.

    It is a folder of the checkout, or an archive in an installed package. Each has its own
    place only, so that neither shadows the other.
    """
    in_checkout = _PACKAGE.parent == CHECKOUT / "src" and (CHECKOUT / "pyproject.toml").is_file()
    place = CHECKOUT / "hub" if in_checkout else _PACKAGE / _PACKAGED_HUB
    return place if place.exists() else None


def follow_bundled(place: Path) -> None:
    """Let the bundled repository of this hub be read from ``place`` when its own place is gone.

    The checkout was moved, or the package was installed anew for another Python. Without
    this the hub would take it for another repository, and show both.
    """
    from nexus.kernel.errors import NotFound
    from nexus.people.selectors import hub_owner
    from nexus.repositories.git.origins import OriginKind, parse_origin
    from nexus.repositories.selectors import repository_by_address
    from nexus.repositories.services import move_origin

    try:
        known = repository_by_address(COMMONS, BUNDLED_NAME, reader=hub_owner())
    except NotFound:
        return
    before = Path(known.origin)
    is_here = known.origin_kind in (OriginKind.FOLDER, OriginKind.ARCHIVE)
    if is_here and before.name in _BUNDLED_FILES and not before.exists():
        move_origin(repository=known, origin=parse_origin(str(place)))
