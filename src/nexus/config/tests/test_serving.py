"""What ``nexus serve`` asks for at its start, and what it tells of it. The process as a whole is
tested in ``tests/flows``.
"""

import pytest

from nexus.config.cli.serving import publish_first
from nexus.repositories.git.tests.builders import Repository as GitRepository
from nexus.repositories.models import Repository, Sync

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def said(home, capsys):
    """What a person at the terminal reads after the address: (standard output, standard error)."""

    def say(source):
        asked = list(publish_first(source))
        capsys.readouterr()
        for one in asked:
            one.say("http://127.0.0.1:8123")
        return capsys.readouterr()

    return say


def test_the_bundled_documentation_is_asked_for_without_a_word(said):
    assert said("") == ("", "")
    assert [run.repository.slug for run in Sync.objects.all()] == ["nexus"]


def test_where_the_state_of_the_users_own_is_shown_is_told(said, tmp_path):
    upstream = GitRepository(tmp_path / "quinces.git")
    out, err = said(str(upstream.path))
    status = "http://127.0.0.1:8123/c/commons/quinces/-/status"
    assert (out, err) == (f"Reading {upstream.path}: {status}\n", "")
    assert Repository.objects.get(slug="quinces").syncs.count() == 1


def test_what_cannot_be_added_is_told_with_what_to_do(said, tmp_path):
    out, err = said(f"{tmp_path}/nothing")
    assert out == ""
    assert err.splitlines() == [
        f"{tmp_path}/nothing: There is nothing at this path.",
        "Check the spelling; a remote needs its whole address, with https://.",
    ]
    assert not Repository.objects.exclude(slug="nexus").exists()


def test_bundled_documentation_that_is_damaged_is_told_too(said, monkeypatch, tmp_path):
    monkeypatch.setattr("nexus.config.cli.serving.bundled_hub", lambda: tmp_path / "gone")
    _, err = said("")
    assert "There is nothing at this path." in err
