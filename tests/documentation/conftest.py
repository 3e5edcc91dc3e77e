"""The hub's own repository, in a hub."""

import pytest

from nexus.cohorts.services import ensure_cohort
from nexus.config.startup import BUNDLED_NAME, COMMONS, bundled_hub
from nexus.library.services import sync_now
from nexus.library.tests.mirrors import engine, home
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.services import add_repository

__all__ = ["engine", "home"]


@pytest.fixture
def imported(transactional_db, home):
    """The bundled repository, fetched and indexed as at the first start."""
    repository = add_repository(
        by=None,
        cohort=ensure_cohort(by=None, slug=COMMONS),
        origin=parse_origin(str(bundled_hub())),
        name=BUNDLED_NAME,
    )
    sync_now(by=None, repository=repository, report=lambda *_: None)
    repository.refresh_from_db()
    return repository
