"""The hub as a process: served, added to while it serves, cloned from, killed and started again."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import pytest

from nexus.repositories.git.tests.builders import Repository as GitRepository
from nexus.repositories.git.tests.builders import git
from tests.browser.hubs import NEXUS, PATIENCE_SECONDS, Hub, migrated, serving

BUNDLED = "/c/commons/nexus/"


@pytest.fixture
def upstream(tmp_path: Path) -> GitRepository:
    """A learner's repository."""
    repository = GitRepository(tmp_path / "quinces.git")
    repository.commit({"README.md": "# Quinces\n\nHow to make marmalade.\n", "a.bin": b"\0\1\xff"})
    return repository


def answer(hub: Hub, path: str, **headers: str) -> tuple[int, Message, bytes]:
    """(status, headers, body) of a page for a guest."""
    request = urllib.request.Request(f"{hub.address}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read()


def wait_until(hub: Hub, path: str, words: bytes) -> None:
    """Wait until a page has these words."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while words not in answer(hub, path)[2]:
        assert time.monotonic() < deadline, f"{path} never had {words!r}"
        time.sleep(0.05)


def test_the_bundled_documentation_is_there_at_the_first_start(hub: Hub):
    hub.wait_for(BUNDLED)
    status, headers, body = answer(hub, BUNDLED)
    assert status == 200
    assert b"Nexus" in body
    assert "public" in headers["Cache-Control"]


def test_a_page_that_is_known_is_not_sent_twice(hub: Hub):
    hub.wait_for(BUNDLED)
    tag = answer(hub, "/accounts/sign-in")[1].get("ETag")
    first = answer(hub, BUNDLED)[1]["ETag"]
    again = answer(hub, BUNDLED, **{"If-None-Match": first})
    assert (again[0], again[2]) == (304, b"")
    assert tag != first


def test_what_is_added_from_the_command_line_appears_while_the_hub_serves(
    hub: Hub, upstream: GitRepository
):
    ran = hub.run("add", upstream.path, "--name", "quinces", "--json")
    assert ran.returncode == 0, ran.stderr
    wait_until(hub, "/c/commons/quinces/", b"marmalade")
    wait_until(hub, "/search?q=marmalade", b"/c/commons/quinces/")
    upstream.commit({"README.md": "# Quinces\n\nHow to make quince jelly.\n"})
    assert hub.run("sync", "commons/quinces").returncode == 0
    wait_until(hub, "/c/commons/quinces/", b"quince jelly")


def test_a_clone_gives_every_byte_back_and_fetches_what_is_new(
    hub: Hub, upstream: GitRepository, tmp_path: Path
):
    assert hub.run("add", upstream.path, "--name", "cloned", "--json").returncode == 0
    copy = tmp_path / "copy"
    git("clone", "-q", f"{hub.address}/git/commons/cloned.git", copy)
    assert (copy / "a.bin").read_bytes() == b"\0\1\xff"
    assert git("-C", copy, "rev-parse", "HEAD").strip() == upstream.git("rev-parse", "main")
    new = upstream.commit({"b.md": "# B\n"})
    hub.run("sync", "commons/cloned")
    git("-C", copy, "fetch", "-q")
    assert git("-C", copy, "rev-parse", "origin/main").strip() == new
    refused = git("-C", copy, "push", "origin", "HEAD:refs/heads/mine", check=False)
    assert "could not read username" in refused.lower()
    unknown = git("clone", f"{hub.address}/git/commons/unknown.git", tmp_path / "x", check=False)
    assert "could not read username" in unknown.lower(), "as for one that guests may not see"


def test_from_adds_a_repository_at_the_start(tmp_path: Path, upstream: GitRepository):
    home = tmp_path / "home"
    with serving(home, "--from", str(upstream.path), is_counted=True) as hub:
        hub.wait_for("/c/commons/quinces/")
        wait_until(hub, "/c/commons/quinces/", b"marmalade")
    status = f"{hub.address}/c/commons/quinces/-/status"
    assert f"Reading {upstream.path}: {status}" in home.with_name("home.log").read_text()


def test_what_cannot_be_added_at_the_start_is_said_beside_the_address(tmp_path: Path):
    home = migrated(tmp_path / "home")
    with serving(home, "--from", str(tmp_path / "nothing")) as hub:
        assert hub.status("/health/live") == 200
        said = home.with_name("home.log").read_text()
    _, _, after_the_link = said.partition("Sign in as the owner:")
    assert f"{tmp_path}/nothing: There is nothing at this path." in after_the_link
    assert "Check the spelling" in after_the_link


def test_links_lead_to_the_hub_that_serves(hub: Hub):
    ran = hub.run("person", "link", "owner", "--json")
    assert json.loads(ran.stdout)["link"].startswith(f"{hub.address}/accounts/link/")


def test_a_port_in_use_is_said_in_words(hub: Hub, tmp_path: Path):
    port = hub.address.rpartition(":")[2]
    ran = subprocess.run(
        [NEXUS, "serve", "--port", port],
        env={**os.environ, "NEXUS_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 4
    assert f"Port {port} is in use" in ran.stderr
    assert "PORT=" in ran.stderr


def test_a_hub_that_was_killed_goes_on_where_it_was(tmp_path: Path, upstream: GitRepository):
    upstream.commit({f"docs/{n}.md": f"# Page {n}\n\nMarmalade number {n}.\n" for n in range(600)})
    home = migrated(tmp_path / "home")
    with serving(home, "--from", str(upstream.path)) as hub:
        hub.wait_for("/c/commons/quinces/")
        os.kill(hub.process, signal.SIGKILL)
    with serving(home, "--from", str(upstream.path)) as hub:
        wait_until(hub, "/c/commons/quinces/-/status.json", b'"running": false')
        ran = hub.run("sync", "commons/quinces", "--json")
        assert ran.returncode == 0, ran.stderr
        hub.wait_for("/c/commons/quinces/docs/599.md")
        wait_until(hub, '/search?q="marmalade+number+599"', b"docs/599.md")


@pytest.mark.slow
def test_the_same_hub_on_postgresql_and_redis(
    tmp_path: Path, upstream: GitRepository, postgres_url: str, redis_url: str
):
    environment = {"DATABASE_URL": postgres_url, "REDIS_URL": redis_url}
    with serving(tmp_path / "home", "--from", str(upstream.path), environment=environment) as hub:
        hub.wait_for("/c/commons/quinces/")
        hub.wait_for(BUNDLED)
        wait_until(hub, "/search?q=marmalade", b"/c/commons/quinces/")
        status, _, body = answer(hub, "/health/ready")
        assert status == 200, body
