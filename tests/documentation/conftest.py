"""Repositories in a hub: the bundled one for all tests of a module, and a small one for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from nexus.cohorts.services import ensure_cohort
from nexus.config.startup import BUNDLED_NAME, COMMONS, bundled_hub
from nexus.library.services import sync_now
from nexus.library.tests.mirrors import add_mirror, engine, home, mirror
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.models import Repository
from nexus.repositories.services import add_repository

__all__ = ["add_mirror", "engine", "home", "mirror"]


@pytest.fixture(scope="module")
def imported(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Repository]:
    """The bundled repository, fetched and indexed as at the first start; gone with the module."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "repositories"
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        override_settings(NEXUS_HOME=home, REPOSITORIES_FOLDER=folder),
        transaction.atomic(),
    ):
        yield import_bundled(folder)
        transaction.set_rollback(True)


def import_bundled(folder: Path) -> Repository:
    """Do what the first start does."""
    folder.mkdir()
    repository = add_repository(
        by=None,
        cohort=ensure_cohort(by=None, slug=COMMONS),
        origin=parse_origin(str(bundled_hub())),
        name=BUNDLED_NAME,
    )
    sync_now(by=None, repository=repository, report=lambda *_: None)
    repository.refresh_from_db()
    return repository
