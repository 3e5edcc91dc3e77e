"""What every test stands on: a home of its own, the settings, the example input."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import hypothesis
import pytest

from tests.services import databases, economy, emptying, network, postgresql
from tests.services.requirements import require, required
from tests.services.run import join

# The settings are read once, when Django is set up, and nested conftest files import models:
# so the environment is laid here, before anything else is imported.
RUN = join()
HOME = RUN.home()
os.environ["NEXUS_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "nexus.config.settings"
os.environ.pop("REDIS_URL", None)
os.environ.pop("DATABASE_URL", None)
if os.environ.get("NEXUS_TEST_DATABASE") == "postgresql":
    programs = postgresql.programs()
    if programs is None:
        print(postgresql.ADVICE, file=sys.stderr)  # noqa: T201
        sys.exit(required())
    server = postgresql.shared_server(RUN, programs)
    os.environ["DATABASE_URL"] = server.removesuffix("postgres") + "nexus"

economy.keep_bytecode()
economy.collect_at_ease()
django.setup()

pytest_plugins = ["tests.services.fixtures", "tests.browser.fixtures"]
network.watch()
emptying.empty_quickly()
databases.migrate_once(RUN)
economy.hash_cheaply()

# A slow machine is no fault of an example. In CI, Hypothesis also tries the same ones each time.
hypothesis.settings.register_profile(
    "nexus",
    deadline=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("nexus")


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of real example input, ``shared/examples`` beside the checkout."""
    folder = Path(__file__).resolve().parent.parent / "shared" / "examples"
    advice = f"The example input is not there: lay it at {folder}."
    if not folder.is_dir() and "GITHUB_ACTIONS" in os.environ:
        pytest.skip(advice)  # it is too large to be published with the code
    require(folder.is_dir(), advice)
    return folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Keep SQLite's test database in a file: threads see each other's commits, as in the hub.

    Nothing of it has to survive a power cut, so nothing waits for the disk.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(HOME / "test.sqlite3")
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(autouse=True)
def _forget_caches() -> Iterator[None]:
    """Let no test see what another left in Django's cache, or in what is kept beside it."""
    from django.conf import settings
    from django.core.cache import caches

    yield
    if settings.configured:
        for cache in caches.all(initialized_only=True):
            cache.clear()
        shutil.rmtree(settings.SURVEY_FOLDER, ignore_errors=True)
    kept = sys.modules.get("nexus.library.selectors.kept")
    if kept is not None:
        kept.forget()
