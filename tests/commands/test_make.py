"""What make hands on to the hub, and what it says."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.architecture.sources import ROOT


def make(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make in the checkout, as somebody who has set nothing but ``environment``."""
    clean = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    return subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env={**clean, **environment},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def serve(tmp_path: Path):
    """``make serve`` with a ``nexus`` that only repeats what it was given."""
    program = tmp_path / "nexus"
    program.write_text('#!/bin/sh\nprintf "%s|" "$@" "$NEXUS_HOME"\n')
    program.chmod(0o755)
    stamps = ["-o", ".venv/.ready", "-o", ".cache/frontend-built"]

    def run(*arguments: str, **environment: str) -> list[str]:
        done = make("serve", f"BIN={tmp_path}", *stamps, *arguments, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.split("|")[:-1]

    return run


def test_serve_uses_port_8000(serve):
    assert serve() == ["serve", "--port", "8000", ""]


@pytest.mark.parametrize("source", ["https://example.org/notes.git", "/my notes/it's & $HOME; x"])
def test_serve_takes_a_repository_as_it_is_written(serve, source):
    assert serve(FROM=source) == ["serve", "--port", "8000", "--from", source, ""]


def test_serve_takes_port_and_home_from_either_place(serve):
    assert serve("PORT=8123", NEXUS_HOME="/a b") == ["serve", "--port", "8123", "/a b"]
    assert serve(PORT="8123") == ["serve", "--port", "8123", ""]


def test_help_names_every_command():
    said = make("help").stdout

    for command in ("help", "serve", "test", "check", "audit", "format", "benchmark", "clean"):
        assert f"make {command} " in said


def test_help_is_what_make_alone_says():
    assert make().stdout == make("help").stdout


def test_holes_of_packages_are_asked_for_where_there_is_a_network() -> None:
    called = {
        words[1]
        for workflow in (ROOT / ".github" / "workflows").glob("*.yml")
        for job in yaml.safe_load(workflow.read_text())["jobs"].values()
        for step in job["steps"]
        if (words := step.get("run", "").split())[:1] == ["make"]
    }
    assert "audit" in called
    assert called <= set(make("help").stdout.split())
