"""What make hands on to the hub, and what it says."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.architecture.sources import ROOT
from tests.services.patience import eventually


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


@pytest.fixture
def tests_that_run(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """``make test`` elsewhere, with a ``pytest`` that has last words when it is interrupted."""
    programs = {
        "python": f'[ "$2" = scripts.run_npm ] || exec "{sys.executable}" "$@"',
        "pytest": f"""name=${{NEXUS_TEST_DATABASE:-sqlite}}
            trap 'echo "$name ends"; exit 2' INT
            echo "$name begins"; touch "$name"; while kill -0 {os.getpid()}; do sleep 0.01; done""",
    }
    for name, does in programs.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{does}\n")
        program.chmod(0o755)
    made = [".venv/.ready-dev", ".cache/frontend-built"]
    for name in made:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    command = ["make", "-C", str(tmp_path), "-f", str(ROOT / "Makefile"), f"BIN={tmp_path}"]
    with subprocess.Popen(
        [*command, *(part for name in made for part in ("-o", name)), "test"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        start_new_session=True,  # what a terminal interrupts
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        try:
            assert eventually((tmp_path / "sqlite").exists)
            assert eventually((tmp_path / "postgresql").exists)
            yield running
        finally:
            running.kill()


@pytest.mark.parametrize("signals", [os.killpg, os.kill])
def test_tests_that_are_ended_tell_what_they_said(tests_that_run, signals):
    """By Ctrl-C, which all of them hear, and by a signal that only make hears."""
    signals(tests_that_run.pid, signal.SIGINT if signals is os.killpg else signal.SIGTERM)
    said = tests_that_run.communicate()[0].splitlines()
    assert [line for line in said if "make" not in line] == [
        "postgresql begins",
        "postgresql ends",
        "sqlite begins",
        "sqlite ends",
    ]
    assert tests_that_run.returncode != 0


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
