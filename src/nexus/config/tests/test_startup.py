"""Which bundled repository a hub reads, and what becomes of it when the software moves."""

import shutil
from pathlib import Path

import pytest

from nexus.cohorts.services import ensure_cohort
from nexus.config import startup
from nexus.config.environment import CHECKOUT
from nexus.config.startup import BUNDLED_NAME, COMMONS, bundled_hub, follow_bundled
from nexus.people.services import ensure_hub_owner
from nexus.repositories.git.origins import OriginKind, parse_origin
from nexus.repositories.models import Repository
from nexus.repositories.services import add_repository


def test_a_checkout_has_its_folder():
    assert bundled_hub() == CHECKOUT / "hub"


def test_a_stale_archive_does_not_stand_before_the_folder(tmp_path, monkeypatch):
    package = tmp_path / "src" / "nexus"
    (package / "_hub").mkdir(parents=True)
    (package / "_hub" / "hub.zip").touch()
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "hub").mkdir()
    monkeypatch.setattr(startup, "_PACKAGE", package)
    monkeypatch.setattr(startup, "CHECKOUT", tmp_path)

    assert bundled_hub() == tmp_path / "hub"


def test_a_package_has_its_archive_whatever_lies_around_it(tmp_path, monkeypatch):
    """As ``pip install --target libraries`` lays it, in the folder of another project."""
    package = tmp_path / "libraries" / "nexus"
    package.mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "hub").mkdir()
    monkeypatch.setattr(startup, "_PACKAGE", package)
    monkeypatch.setattr(startup, "CHECKOUT", tmp_path)
    assert bundled_hub() is None

    (package / "_hub").mkdir()
    (package / "_hub" / "hub.zip").touch()
    assert bundled_hub() == package / "_hub" / "hub.zip"


@pytest.fixture
def bundle(db, tmp_path):
    """Adds what lies at a place to the commons, by the name of the bundled repository."""
    ensure_hub_owner()

    def add(place: Path) -> Repository:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.make_archive(str(place.with_suffix("")), "zip", tmp_path)
        return add_repository(
            by=None,
            cohort=ensure_cohort(by=None, slug=COMMONS),
            origin=parse_origin(str(place)),
            name=BUNDLED_NAME,
        )

    return add


def test_the_bundled_repository_follows_the_software(bundle, tmp_path):
    repository = bundle(tmp_path / "python3.12" / "hub.zip")
    (tmp_path / "python3.12").rename(tmp_path / "python3.13")

    follow_bundled(tmp_path / "python3.13" / "hub.zip")

    repository.refresh_from_db()
    assert repository.origin == str(tmp_path / "python3.13" / "hub.zip")
    assert repository.origin_kind == OriginKind.ARCHIVE


@pytest.mark.parametrize(("name", "stays"), [("hub.zip", True), ("notes.zip", False)])
def test_another_repository_of_its_name_is_left_alone(bundle, tmp_path, name, stays):
    """It is still there (two checkouts, one home), or it was never the bundled one."""
    repository = bundle(tmp_path / "old" / name)
    if not stays:
        (tmp_path / "old" / name).unlink()

    follow_bundled(tmp_path)

    repository.refresh_from_db()
    assert repository.origin == str(tmp_path / "old" / name)


def test_a_remote_of_its_name_is_left_alone(db, tmp_path):
    ensure_hub_owner()
    origin = parse_origin("git@git.example.org:ada/hub")
    cohort = ensure_cohort(by=None, slug=COMMONS)
    repository = add_repository(by=None, cohort=cohort, origin=origin, name=BUNDLED_NAME)

    follow_bundled(tmp_path)

    repository.refresh_from_db()
    assert repository.origin == origin.location


def test_the_first_start_has_nothing_to_follow(db, tmp_path):
    follow_bundled(tmp_path)

    assert not Repository.objects.exists()
