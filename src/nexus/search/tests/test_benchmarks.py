"""The commands that measure search run; what they measure is for people to read."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.patience import PATIENCE

BENCHMARKS = Path(__file__).resolve().parents[4] / "benchmarks"


@pytest.mark.parametrize(
    ("script", "options", "line"),
    [
        ("search_speed.py", ["--documents", "60", "--questions", "3"], "suggestions"),
        ("search_freshness.py", ["--documents", "20", "--rounds", "3"], "median"),
    ],
)
def test_a_benchmark_prints_its_figures(script: str, options: list[str], line: str) -> None:
    command = [sys.executable, str(BENCHMARKS / script), *options]
    told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert any(each.startswith(line) for each in told.stdout.splitlines())
    assert told.stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc")
def test_a_process_that_ends_while_it_is_weighed_weighs_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    memory_of = importlib.import_module("_processes").memory_of
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        os.waitid(os.P_PID, gone.pid, os.WEXITED | os.WNOWAIT)
        assert memory_of(gone.pid).processes == 0
    assert memory_of(gone.pid).pss == 0
    assert memory_of(os.getpid()).pss > 0
