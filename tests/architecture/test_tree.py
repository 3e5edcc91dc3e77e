"""What lies in the tree beside the code."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.secrets import spilled
from tests.architecture.sources import ROOT, tracked

LARGEST_BYTES = 1_000_000


def test_no_secret_and_no_path_of_a_machine_is_kept():
    found = {}
    for path in tracked():
        text = path.read_text(errors="replace")
        if faults := list(spilled(text, checkout=ROOT)):
            found[str(path.relative_to(ROOT))] = faults

    assert not found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("-----BEGIN RSA " + "PRIVATE KEY-----\n" + ("A" * 64 + "\n") * 4, "line 1: private key"),
        ("x\nkey = " + "AKIA" + "B4" * 8, "line 2: AWS key"),
        ("gh" + "p_" + "a1" * 18, "line 1: GitHub token"),
        ("xox" + "b-123456789-123456789-" + "x" * 24, "line 1: Slack token"),
        ("/ho" + "me/karin/nexus", "line 1: path of a home"),
        ("/srv/nexus/src", "line 1: path of this checkout"),
    ],
)
def test_what_must_not_be_kept_is_found(text, fault):
    assert list(spilled(text, checkout=Path("/srv/nexus"))) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN PRIVATE KEY" + "-----",
        "AKIAIOSFODNN7EXAMPLE",
        "/home/you/notes/",
        "/srv/nexus-two/src",
        "https://example.org/home/",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert not list(spilled(text, checkout=Path("/srv/nexus")))


def test_no_large_file_is_kept():
    large = [str(path.relative_to(ROOT)) for path in tracked() if size(path) > LARGEST_BYTES]

    assert not large


def size(path: Path) -> int:
    return path.stat().st_size


def test_the_changelog_begins_with_this_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert newest is not None
    assert newest[1] == project["version"]


def test_the_node_packages_are_locked():
    assert (ROOT / "frontend" / "package-lock.json").exists()
