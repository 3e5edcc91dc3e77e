"""A private repository over ssh, by the settings that the owner of a hub has."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from nexus.repositories.git.tests.builders import Repository
from nexus.repositories.git.tests.ssh_servers import SshServer, key, serving, ssh_server
from tests.browser.hubs import NEXUS, migrated

__all__ = ["key", "ssh_server"]
pytestmark = pytest.mark.usefixtures("no_cover")


@pytest.fixture
def upstream(tmp_path: Path) -> Repository:
    """A learner's repository that only the hub's key may read."""
    repository = Repository(tmp_path / "quinces.git")
    repository.commit({"README.md": "# Quinces\n\nHow to make marmalade.\n"})
    return repository


@pytest.fixture
def nexus(tmp_path: Path, key: Path):
    """Runs ``nexus`` on a hub that has a key."""
    settings = {
        "NEXUS_HOME": str(migrated(tmp_path / "home")),
        "NEXUS_SSH_KEY": str(key),
        "NEXUS_ALLOW_PRIVATE_NETWORKS": "true",
    }

    def run(*arguments: str) -> tuple[int, dict[str, Any]]:
        """The exit code, and what it says to a program."""
        command = [str(NEXUS), *arguments, "--json"]
        done = subprocess.run(
            command, env={**os.environ, **settings}, capture_output=True, text=True, check=False
        )
        return done.returncode, json.loads(done.stdout)

    return run


def test_a_private_repository_is_followed_with_the_key_of_the_hub(
    nexus, ssh_server: SshServer, upstream: Repository, tmp_path: Path
):
    code, report = nexus("add", ssh_server.url("quinces.git"))
    assert (code, report["entries"]["project"]) == (0, 1)
    assert (tmp_path / "home" / "known_hosts").read_text().startswith("[127.0.0.1]:")

    sha = upstream.commit({"README.md": "# Quinces\n\nHow to make quince jelly.\n"})
    code, report = nexus("sync", f"commons/{report['name']}")
    assert (code, report["repositories"][0]["revision"]) == (0, sha)


def test_a_host_that_is_another_one_leaves_the_last_state(
    nexus, ssh_server: SshServer, upstream: Repository
):
    with serving(SshServer(ssh_server.root, ssh_server.admitted)) as first:
        name = nexus("add", first.url("quinces.git"))[1]["name"]
    with serving(SshServer(first.root, first.admitted, port=first.port)):
        code, report = nexus("sync", f"commons/{name}")

    assert code == 5
    assert "known_hosts" in report["repositories"][0]["error"]
    assert nexus("show", f"/c/commons/{name}/")[0] == 0


def test_a_key_that_the_host_does_not_know_leaves_nothing_behind(nexus, ssh_server: SshServer):
    ssh_server.admitted.clear()
    ssh_server.wants_password = True

    code, report = nexus("add", ssh_server.url("quinces.git"))

    assert (code, report["error"]["code"]) == (5, "remote-wants-password")
    assert nexus("sync")[1] == {"repositories": []}
