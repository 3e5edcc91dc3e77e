"""A push over HTTP to a hub that serves: large, cut off half-way, and shown at once."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus.repositories.git.tests.builders import Repository as GitRepository
from nexus.repositories.git.tests.builders import git, refs_of
from tests.browser.hubs import PATIENCE_SECONDS, Hub, migrated, serving
from tests.services.patience import eventually

pytestmark = pytest.mark.usefixtures("no_cover")

MEGABYTE = 1_000_000


@pytest.fixture
def pushed_to(tmp_path: Path) -> Iterator[tuple[Hub, str]]:
    """A hub that serves, and the address at which the owner pushes, their token in it."""
    with serving(migrated(tmp_path / "home")) as hub:
        made = json.loads(hub.run("token", "make", "owner", "--name", "test", "--json").stdout)
        hosted = json.loads(hub.run("host", "commons", "owner", "--empty", "--json").stdout)
        host = hosted["clone"].removeprefix("http://")
        yield hub, f"http://owner:{made['token']}@{host}"


@pytest.fixture
def work(tmp_path: Path) -> GitRepository:
    repository = GitRepository(tmp_path / "work.git")
    # what is random has no deltas to look for
    repository.git("config", "core.bigFileThreshold", "1m")
    repository.git("config", "core.compression", "0")
    repository.commit({"README.md": "# Quinces\n\nHow to make marmalade.\n"})
    return repository


def wait_for_words(hub: Hub, path: str, words: bytes) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    hub.wait_for(path)
    while words not in urllib.request.urlopen(hub.address + path, timeout=60).read():
        assert time.monotonic() < deadline, f"{path} never had {words!r}"
        time.sleep(0.1)


def test_fifty_megabytes_are_pushed_shown_and_given_back(
    pushed_to: tuple[Hub, str], work: GitRepository, tmp_path: Path
):
    hub, address = pushed_to
    for n in range(5):
        work.commit({f"data/{n}.bin": os.urandom(10 * MEGABYTE)})
    work.git("push", address, "main")
    page = address.rpartition("@")[2].partition("/git")[2].removesuffix(".git")
    wait_for_words(hub, f"/c{page}/", b"marmalade")
    git("clone", "-q", "--mirror", address, tmp_path / "clone.git")
    assert refs_of(tmp_path / "clone.git") == refs_of(work.path)


def kill_a_push(work: GitRepository, address: str, *, after_seconds: float) -> None:
    with subprocess.Popen(
        ["git", f"--git-dir={work.path}", "push", "--quiet", address, "main"],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as pushing:
        time.sleep(after_seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pushing.pid, signal.SIGKILL)


def has_pushed(work: GitRepository, address: str) -> bool:
    """Whether a push is taken now; one that was killed may still be judged."""
    pushing = subprocess.run(
        ["git", f"--git-dir={work.path}", "push", address, "main"], capture_output=True, check=False
    )
    return pushing.returncode == 0


def test_a_push_that_is_cut_off_leaves_nothing(pushed_to: tuple[Hub, str], work: GitRepository):
    hub, address = pushed_to
    (store,) = [path for path in (hub.home / "repositories").iterdir() if not refs_of(path)]

    host, port = hub.address.removeprefix("http://").split(":")
    path = address.partition("/git/")[2]
    credential = address.removeprefix("http://").rpartition("@")[0]
    for sent in (b"", b"00", b"5" * MEGABYTE):
        with socket.create_connection((host, int(port)), timeout=60) as connection:
            head = (
                f"POST /git/{path}/git-receive-pack HTTP/1.1\r\nHost: {host}:{port}\r\n"
                f"Authorization: Basic {b64encode(credential.encode()).decode()}\r\n"
                "Content-Type: application/x-git-receive-pack-request\r\n"
                f"Content-Length: {20 * MEGABYTE}\r\n\r\n"
            )
            connection.sendall(head.encode() + sent)
    work.commit({"data.bin": os.urandom(8 * MEGABYTE)})
    for pause in (0.1, 0.4):
        kill_a_push(work, address, after_seconds=pause)
        assert refs_of(store) in ({}, refs_of(work.path))
    # None of them was in the way of the next one for long.
    assert eventually(lambda: has_pushed(work, address))
    wait_for_words(hub, f"/c/{path.removesuffix('.git')}/", b"marmalade")
    assert refs_of(store) == refs_of(work.path)
    assert eventually(lambda: not [one for one in store.rglob("*") if "nexus-incoming" in one.name])
