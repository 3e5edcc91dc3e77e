"""Several processes and one index: one writes, all read; a killed one loses nothing."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nexus.search.tests.file_hub import FileHub
from nexus.search.tests.hub import ask, keys
from tests.services.patience import PATIENCE


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.jsonl"


@pytest.fixture
def shared(log: Path) -> FileHub:
    return FileHub(log)


@contextmanager
def follower(directory: Path, log: Path, mode: str = "follow") -> Iterator[subprocess.Popen[str]]:
    """Another process that follows the log; killed at the end if it still runs."""
    command = [sys.executable, "-m", "nexus.search.tests.file_hub", str(directory), str(log), mode]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "following\n"
        yield process
    finally:
        process.stdin.close()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def test_one_process_writes_and_another_reads(shared: FileHub, log: Path, directory: Path) -> None:
    shared.put("a", "Caching")
    reader = shared.engine(directory)
    with follower(directory, log):
        reader.catch_up()
        assert keys(ask(reader, "caching")) == ["a"]
        shared.put("b", "Caching as well")
        reader.catch_up()
        assert set(keys(ask(reader, "caching"))) == {"a", "b"}
    shared.put("a", "Nothing")
    reader.catch_up()
    assert keys(ask(reader, "caching")) == ["b"]
    reader.stop()


@pytest.mark.parametrize("first", ["", "a"], ids=["in a rebuild", "between two commits"])
def test_a_process_killed_while_writing_skips_no_event(
    shared: FileHub, log: Path, directory: Path, first: str
) -> None:
    if first:
        shared.put(first, "Before")
        before = shared.engine(directory)
        before.catch_up()
        before.stop()
    for key in ("b", "stall", "c"):
        shared.put(key, "After")
    with follower(directory, log, "stall") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "stalling\n"
        process.kill()
        process.wait()
    engine = shared.engine(directory)
    engine.catch_up()
    assert set(keys(ask(engine, "after "))) == {"b", "stall", "c"}
    assert engine.status().cursor == shared.last_number()
    engine.stop()
