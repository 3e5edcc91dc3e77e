"""The foot of every page says which Nexus runs."""

import shutil
from importlib.metadata import version

import pytest

from nexus.repositories.git.tests.builders import git
from nexus.web import software as module
from nexus.web.software import revision_of, software


@pytest.fixture
def checkout(tmp_path):
    """A checkout with one commit."""
    folder = tmp_path / "nexus"
    folder.mkdir()
    (folder / "pyproject.toml").write_text("")
    git("init", "-q", folder)
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
    git("-C", folder, "add", ".")
    git("-C", folder, *identity, "commit", "-q", "-m", "Begin")
    return folder


def test_the_commit_of_a_checkout_is_told(checkout):
    assert revision_of(checkout) == git("-C", checkout, "rev-parse", "HEAD").strip()


def test_a_linked_work_tree_is_a_checkout_too(checkout, tmp_path):
    git("-C", checkout, "worktree", "add", "-q", "--detach", tmp_path / "other")
    assert revision_of(tmp_path / "other") == revision_of(checkout) != ""


def test_a_package_inside_somebodys_repository_has_no_commit(checkout):
    installed = checkout / "venv" / "lib"
    installed.mkdir(parents=True)
    assert revision_of(installed) == ""
    (installed / "pyproject.toml").touch()
    assert revision_of(installed) == ""


def test_what_cannot_be_read_has_no_commit(checkout, tmp_path):
    assert revision_of(tmp_path / "nothing") == ""
    shutil.rmtree(checkout / ".git" / "objects")
    (checkout / ".git" / "HEAD").write_text("garbage")
    assert revision_of(checkout) == ""


def test_a_repository_without_a_commit_has_none(tmp_path):
    git("init", "-q", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    assert revision_of(tmp_path) == ""


@pytest.mark.django_db
def test_the_foot_of_a_page_says_what_runs(client, monkeypatch):
    software.cache_clear()
    asked = []
    monkeypatch.setattr(module, "revision_of", lambda folder: asked.append(folder) or "a1b2c3d4e5")
    try:
        for _ in range(2):
            page = client.get("/accounts/sign-in").content.decode()
            assert f"Nexus {version('nexus')}" in page
            assert '<span class="sha">a1b2c3d</span>' in page
    finally:
        software.cache_clear()
    assert len(asked) == 1, "read once"
