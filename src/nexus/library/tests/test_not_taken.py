"""What a plain folder or an archive did not give: told to its owner, and never forgotten."""

import time

import pytest

from nexus.cohorts.tests.factories import CohortFactory
from nexus.library import selectors
from nexus.library.services import sync_now, syncing
from nexus.people.tests.factories import OwnerFactory
from nexus.repositories import services as repositories
from nexus.repositories.git.origins import parse_origin
from nexus.repositories.git.tests.builders import write_folder
from nexus.repositories.models import Repository, Revision

FILES = {"README.md": "# Notes\n", ".env": "KEY=1\n", "deploy/id_rsa": "key\n"}


@pytest.fixture
def folder(tmp_path):
    """A plain folder with two secrets in it."""
    return write_folder(tmp_path / "notes", FILES)


@pytest.fixture
def added(db, home, folder):
    """That folder, added and read."""
    repository = repositories.add_repository(
        by=None, cohort=CohortFactory(), origin=parse_origin(str(folder)), owner=OwnerFactory()
    )
    sync(repository)
    return repository


def sync(repository):
    sync_now(by=None, repository=repository, report=lambda *_: None)
    repository.refresh_from_db()


def left_out(repository):
    """{path: reason} as its owner reads it."""
    return {row.path: row.reason for row in selectors.left_out(repository.pk)}


SECRETS = {".env": "secret", "deploy/id_rsa": "secret"}


def test_secrets_of_a_folder_stay_listed_when_it_is_read_anew(added, monkeypatch):
    """A newer indexer reads the store again, in which they never were."""
    later = time.time_ns() + 10**10
    monkeypatch.setattr(time, "time_ns", lambda: later)
    sync(added)
    assert left_out(added) == SECRETS

    monkeypatch.setattr("nexus.library.services.syncing.FORMAT_VERSION", 1000)
    monkeypatch.setattr("nexus.library.services.indexing.FORMAT_VERSION", 1000)
    sync(added)

    assert added.format_version == 1000
    assert left_out(added) == SECRETS


def test_a_secret_that_comes_or_goes_is_told_though_no_commit_shows_it(added, folder):
    write_folder(folder, {"server.pem": "key\n"})
    (folder / ".env").unlink()
    sync(added)

    assert left_out(added) == {"deploy/id_rsa": "secret", "server.pem": "secret"}
    assert Revision.objects.count() == 1


def test_a_folder_that_did_not_change_is_not_indexed_again(added, monkeypatch):
    def refused(**_):
        raise AssertionError("indexed again")

    monkeypatch.setattr(syncing, "index_revision", refused)
    sync(added)
    assert left_out(added) == SECRETS


def test_what_is_refused_of_a_folder_that_gives_nothing_is_listed(db, home, tmp_path):
    folder = tmp_path / "notes"
    (folder / "module" / ".git").mkdir(parents=True)
    repository = repositories.add_repository(
        by=None, cohort=CohortFactory(), origin=parse_origin(str(folder)), owner=OwnerFactory()
    )
    sync(repository)

    assert repository.state == Repository.State.EMPTY
    assert left_out(repository) == {"module/.git": "git-folder"}
