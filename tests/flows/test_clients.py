"""A program signs in to a hub that serves, pushes with what it was given, and is shut out."""

import json
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from nexus.repositories.git.tests.builders import Repository as GitRepository
from nexus.repositories.git.tests.builders import git, refs_of
from tests.browser.hubs import PATIENCE_SECONDS, Hub, migrated, serving
from tests.services.patience import eventually

pytestmark = pytest.mark.usefixtures("no_cover")

PASSWORD = "seven wild geese"


class Browser:
    """As much of one as a form needs."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self._opener.open(self._hub.address + path, timeout=PATIENCE_SECONDS) as answer:
            return str(answer.read().decode())

    def send(self, path: str, **fields: str) -> str:
        """Fill in the form at ``path`` and send it."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert token
        body = urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        headers = {"Origin": self._hub.address}
        request = urllib.request.Request(self._hub.address + path, body, headers)
        with self._opener.open(request, timeout=PATIENCE_SECONDS) as answer:
            return str(answer.read().decode())


def asked(
    hub: Hub, path: str, told: object = None, *, token: str = "", method: str = "GET"
) -> tuple[int, dict[str, Any]]:
    """(status, answer) of what a program asks."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body = None
    if told is not None:
        body, method = json.dumps(told).encode(), "POST"
        headers["Content-Type"] = "application/json"
    request = urllib.request.Request(hub.address + path, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refusal:
        answered = refusal
    assert answered.headers["Content-Type"] == "application/problem+json"
    return answered.code, json.loads(answered.read())


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[tuple[Hub, Browser]]:
    """A hub that serves, and its owner, who has a password."""
    with serving(migrated(tmp_path / "home")) as hub:
        browser = Browser(hub)
        browser.send(hub.owner_link.removeprefix(hub.address))
        browser.send("/accounts/password", password1=PASSWORD)
        yield hub, browser


def pushed(work: GitRepository, clone: str, token: str) -> subprocess.CompletedProcess[str]:
    address = clone.replace("http://", f"http://owner:{token}@")
    return subprocess.run(
        ["git", f"--git-dir={work.path}", "push", address, "main"],
        capture_output=True,
        check=False,
        text=True,
        env={"GIT_TERMINAL_PROMPT": "0", "PATH": "/usr/local/bin:/usr/bin:/bin"},
    )


def cloned(address: str, to: Path) -> bool:
    git("clone", "-q", "--mirror", address, to, check=False)
    return to.exists()


def test_a_client_signs_in_pushes_renews_and_is_ended_when_a_copy_is_shown(
    owner: tuple[Hub, Browser], tmp_path: Path
):
    hub, browser = owner
    clone = json.loads(hub.run("host", "commons", "owner", "--empty", "--json").stdout)["clone"]
    work = GitRepository(tmp_path / "work.git")
    work.commit({"README.md": "# Quinces\n\nHow to make marmalade.\n"})

    name = {"username": "owner", "password": PASSWORD}
    status, told = asked(hub, "/api/v1/auth/login", name)
    assert status == 200
    tokens = told["meta"]
    assert asked(hub, "/api/v1/me", token=tokens["access_token"])[1]["credential"] == "client"
    assert "a program, with tokens" in browser.get("/accounts/sessions")

    # The access token is a password for Git, as a session may do everything.
    assert pushed(work, clone, tokens["access_token"]).returncode == 0
    address = clone.replace("http://", f"http://owner:{tokens['access_token']}@")
    assert eventually(lambda: cloned(address, tmp_path / "clone.git")), "once it is looked through"
    assert refs_of(tmp_path / "clone.git") == refs_of(work.path)

    first = {"refresh_token": tokens["refresh_token"]}
    status, renewed = asked(hub, "/api/v1/auth/tokens/refresh", first)
    assert status == 200
    access = renewed["data"]["access_token"]
    assert asked(hub, "/api/v1/me", token=access)[0] == 200

    status, refused = asked(hub, "/api/v1/auth/tokens/refresh", first)
    assert (status, refused["code"]) == (401, "token-refused")
    for token in (access, tokens["access_token"]):
        assert asked(hub, "/api/v1/me", token=token)[0] == 401
    work.commit({"more.md": "# More\n"})
    shut = pushed(work, clone, access)
    assert shut.returncode != 0
    assert "a program, with tokens" not in browser.get("/accounts/sessions")
    assert "showed a refresh token again" in browser.get("/log")

    # Signing in again opens another session, which signing out ends.
    again = asked(hub, "/api/v1/auth/login", name)[1]["meta"]["access_token"]
    assert asked(hub, "/api/v1/auth/session", token=again, method="DELETE")[0] == 200
    assert asked(hub, "/api/v1/me", token=again)[0] == 401
