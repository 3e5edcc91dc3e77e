"""A hub for other people does not start with what is only good for trying it out."""

import hashlib
import os
import secrets
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.config.environment import Environment
from nexus.config.protection import Unprotected, refuse_unprotected, weakness_of
from tests.browser.hubs import NEXUS, migrated

PUBLIC = "https://hub.example.org"
#: The same in every worker of a test run: it stands in the names of tests.
STRONG = hashlib.sha256(b"a key of these tests").hexdigest()


@pytest.fixture
def start(tmp_path):
    """``nexus person list`` with these variables and no others of Nexus."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEXUS_", "DJANGO_", "DATABASE_", "REDIS_"))
    }

    home = migrated(tmp_path / "home")

    def run(**variables):
        return subprocess.run(
            [NEXUS, "person", "list"],
            env={**clean, "NEXUS_HOME": str(home), **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_public_hub_starts_with_a_key_of_its_own(start):
    ran = start(NEXUS_PUBLIC_URL=PUBLIC)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"NEXUS_SECRET_KEY": "hunter2"}, "NEXUS_SECRET_KEY has 7 characters"),
        ({"NEXUS_DEBUG": "true"}, "Leave NEXUS_DEBUG out"),
        ({"NEXUS_PUBLIC_URL": f"{PUBLIC}/hub"}, "NEXUS_PUBLIC_URL: Value error, the hub is at the"),
        ({"NEXUS_SECRET_KEY_FALLBACKS": f"{STRONG},old"}, "NEXUS_SECRET_KEY_FALLBACKS has 3"),
        ({"NEXUS_MAIL_URL": "https://ada:hunter2@mail"}, "NEXUS_MAIL_URL: "),  # nexus:allow
        ({"DATABASE_URL_FILE": "/nowhere/at all"}, "No such file or directory"),
    ],
)
def test_a_public_hub_says_why_it_does_not_start(start, variables, said):
    ran = start(**{"NEXUS_PUBLIC_URL": PUBLIC, **variables})
    assert ran.returncode == 4
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "hunter2" not in ran.stderr


def test_a_secret_that_everybody_reads_stops_a_public_hub(start, tmp_path):
    place = tmp_path / "key"
    place.write_text(STRONG)
    place.chmod(0o644)
    ran = start(NEXUS_PUBLIC_URL=PUBLIC, NEXUS_SECRET_KEY_FILE=str(place))
    assert ran.returncode == 4
    assert f"chmod o-rwx {place}" in ran.stderr

    place.chmod(0o640)
    assert start(NEXUS_PUBLIC_URL=PUBLIC, NEXUS_SECRET_KEY_FILE=str(place)).returncode == 0


def hub(home, **given):
    """Settings of a hub, whatever the environment says."""
    return Environment(**{"NEXUS_HOME": home, "NEXUS_SECRET_KEY": STRONG, **given})


@pytest.mark.parametrize(
    "given",
    [
        {"NEXUS_PUBLIC_URL": "", "NEXUS_DEBUG": False},
        {"NEXUS_PUBLIC_URL": "", "NEXUS_DEBUG": True},
        {"NEXUS_PUBLIC_URL": "http://localhost:8000", "NEXUS_DEBUG": True},
    ],
)
def test_a_hub_of_ones_own_starts_with_anything(tmp_path, given):
    refuse_unprotected(hub(tmp_path, NEXUS_SECRET_KEY="x", **given))


def test_a_public_address_without_https_is_public_too(tmp_path):
    with pytest.raises(Unprotected) as refused:
        refuse_unprotected(
            hub(tmp_path, NEXUS_PUBLIC_URL="http://hub.example.org", NEXUS_SECRET_KEY="x")
        )
    assert refused.value.code == "weak-key"


@pytest.mark.parametrize("kept", ["secret.key", "ssh"])
def test_the_files_of_the_hub_itself_are_looked_at(tmp_path, kept):
    (tmp_path / kept).write_text(STRONG)
    (tmp_path / kept).chmod(0o604)
    given = {"NEXUS_SECRET_KEY": ""} if kept == "secret.key" else {}
    with pytest.raises(Unprotected, match=kept):
        refuse_unprotected(
            hub(tmp_path, NEXUS_PUBLIC_URL=PUBLIC, NEXUS_SSH_KEY=tmp_path / "ssh", **given)
        )


def test_a_weak_key_that_lies_in_the_home_is_named_by_its_file(tmp_path):
    (tmp_path / "secret.key").write_text("short")
    (tmp_path / "secret.key").chmod(0o600)
    with pytest.raises(Unprotected, match=r"secret\.key has 5 characters"):
        refuse_unprotected(hub(tmp_path, NEXUS_PUBLIC_URL=PUBLIC, NEXUS_SECRET_KEY=""))


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "has 0 characters"),
        (STRONG[:31], "has 31 characters"),
        (f"django-insecure-{STRONG}", "a word in it"),
        (f"CHANGE_ME {STRONG}", "a word in it"),
        ("k" * 64, "again and again"),
        (STRONG[:12] * 4, "again and again"),
        ("aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd", "too few different"),
    ],
)
def test_a_key_that_could_be_guessed_is_weak(key, why):
    assert why in weakness_of(key)


@given(st.integers(16, 64), st.sampled_from([secrets.token_hex, secrets.token_urlsafe]))
def test_a_random_key_of_128_bits_is_strong_enough(size, make):
    key = make(size)
    assert len(key) < 32 or not weakness_of(key)
