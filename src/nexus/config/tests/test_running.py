"""Commands know where the hub of their home is served, and that it is not any more."""

import subprocess
import sys

import pytest

from nexus.config import links
from nexus.config.environment import Environment
from nexus.config.running import announced, served_address


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    """A home of the test's own, and no settings that matter here."""
    monkeypatch.delenv("PORT", raising=False)
    environment = Environment(NEXUS_HOME=tmp_path, NEXUS_PUBLIC_URL="")
    for module in ("running", "links"):
        monkeypatch.setattr(f"nexus.config.{module}.environment", lambda: environment)
    return tmp_path


def test_the_address_is_known_as_long_as_it_serves(own_home):
    assert served_address() == ""
    with announced("http://127.0.0.1:8123"):
        assert served_address() == "http://127.0.0.1:8123"
        assert links.hub_address() == "http://127.0.0.1:8123"
    assert served_address() == ""
    with announced("http://127.0.0.1:9"):
        assert served_address() == "http://127.0.0.1:9"


def test_the_first_of_two_is_named(own_home):
    with announced("http://127.0.0.1:8123"), announced("http://127.0.0.1:8124"):
        assert served_address() == "http://127.0.0.1:8123"


def test_a_process_that_was_killed_serves_no_more(own_home):
    code = (
        "import os, signal\n"
        "from nexus.config.running import announced\n"
        "with announced('http://127.0.0.1:8123'): os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"NEXUS_HOME": str(own_home)}, check=False
    )
    assert done.returncode != 0
    assert (own_home / "serving.address").read_text().strip() == "http://127.0.0.1:8123"
    assert served_address() == ""


def test_where_nothing_is_served_the_settings_say_where_it_would_be(own_home, monkeypatch):
    assert links.hub_address() == "http://127.0.0.1:8000"
    monkeypatch.setenv("PORT", "8222")
    assert links.hub_address() == "http://127.0.0.1:8222"
    public = Environment(NEXUS_HOME=own_home, NEXUS_PUBLIC_URL="https://hub.example.org/")
    monkeypatch.setattr("nexus.config.links.environment", lambda: public)
    with announced("http://127.0.0.1:8123"):
        assert links.hub_address() == "https://hub.example.org"
