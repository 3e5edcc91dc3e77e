"""Commands that run at once, and read as if they had been run in turn."""

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import side_by_side
from scripts.side_by_side import Commands, run
from tests.architecture.sources import ROOT

#: Says that it is there, and waits for the other.
MEETS = "touch {mine}; until [ -e {other} ]; do sleep 0.01; done; echo {mine}"


def heard(*commands: str) -> tuple[int, list[str]]:
    """The exit code, and the lines that were shown."""
    out = io.BytesIO()
    return run(commands, out), out.getvalue().decode().splitlines()


def test_they_run_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    commands = [MEETS.format(mine=a, other=b) for a, b in (("one", "two"), ("two", "one"))]
    assert heard(*commands) == (0, ["one", "two"])


def test_who_comes_later_in_the_list_speaks_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = "echo begin; until [ -e over ]; do sleep 0.01; done; echo end >&2"
    assert heard(first, "echo said at once; touch over") == (0, ["begin", "end", "said at once"])


@pytest.mark.parametrize("commands", [("exit 3", "true"), ("true", "exit 3"), ("kill -9 $$", "")])
def test_it_fails_when_one_of_them_does(commands: tuple[str, ...]) -> None:
    assert heard(*commands) == (1, [])


def test_what_the_first_says_is_shown_as_it_comes(tmp_path: Path) -> None:
    waits = f"echo begin; until [ -e '{tmp_path}/heard' ]; do sleep 0.01; done"
    command = [sys.executable, "-m", "scripts.side_by_side", waits]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "begin\n"
        (tmp_path / "heard").touch()
    assert running.returncode == 0


def test_who_does_not_end_when_asked_is_killed_when_asked_again() -> None:
    goes_on = "trap 'echo asked' INT; echo begin; while :; do sleep 0.01; done"
    command = [sys.executable, "-m", "scripts.side_by_side", goes_on]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for said in ("begin\n", "asked\n"):
            assert running.stdout.readline() == said
            running.send_signal(signal.SIGTERM)
    assert running.returncode == 130


def test_who_does_not_end_when_asked_is_killed_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_by_side, "PATIENCE_SECONDS", 0)
    commands = Commands()
    commands.end()
    assert run(["trap '' INT; while :; do sleep 0.01; done"], io.BytesIO(), commands) == 130
