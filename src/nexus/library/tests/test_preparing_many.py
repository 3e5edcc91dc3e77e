"""Many files are prepared by other processes: with the same results, whatever becomes of these."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from nexus.library import preparing_many
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.preparing_files import Work
from nexus.library.preparing_many import WORTH_WORKERS, NoWorker, prepare_files
from nexus.repositories.git.reading import Kind, Reader, TreeFile
from nexus.repositories.git.stores import create_store
from nexus.repositories.git.tests.builders import Repository
from tests.services.patience import PATIENCE

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x07\0\0\0\x05\x08\x02\0\0\0"


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    create_store(tmp_path / "store.git")
    with Reader(tmp_path / "store.git") as reader:
        yield reader


def _page(number: int) -> str:
    return (
        f"# Page {number}\n\n![x](x.png) me@example.org\n\n"
        "- Problem: the queue lost half of its messages\n- Solution: we wrote them down first\n\n"
        f"```python\nfor n in range({number}):\n    print(n)\n    keep(n)\n    tell(n)\n```\n"
    )


@pytest.fixture
def work(tmp_path: Path, reader: Reader) -> Work:
    pages = {f"docs/{number:03}.md": _page(number) for number in range(WORTH_WORKERS)}
    more: dict[str, str | bytes] = {"a.bin": b"\0\1\2", "b.py": "print(1)\n", "docs/x.png": PNG}
    sha = Repository(tmp_path / "store.git").commit({**pages, **more})
    own = OwnAddresses.of("https://code.example.dev/ada/notes")
    return Work(tmp_path / "store.git", sha, "commons", "notes", own)


@pytest.fixture
def files(work: Work, reader: Reader) -> list[TreeFile]:
    lost = TreeFile("gone.md", "0" * 40, 0o100644, Kind.FILE, 3)
    return [*reader.files(work.commit), lost]


def test_workers_give_what_is_given_without_them_in_the_same_order(work, files, reader):
    alone = list(prepare_files(files, work, reader, workers=0))
    together = list(prepare_files(files, work, reader, workers=2))
    assert [file for file, _ in together] == files
    assert together == alone
    assert together[-1][1] is None
    assert (
        'width="7"' in next(one for _, one in together if one and one.reading).reading.rendered.html
    )


def test_few_files_start_no_process(work, files, reader, monkeypatch):
    monkeypatch.setattr(preparing_many, "_started", None)
    few = files[: WORTH_WORKERS - 1]
    assert len(list(prepare_files(few, work, reader, workers=2))) == len(few)


def test_a_worker_that_dies_costs_the_file_it_was_at(work, files):
    worker = preparing_many._Worker(work)
    worker.prepare(files[:1])
    worker._process.send_signal(signal.SIGKILL)
    worker._process.wait()
    first, second, third = worker.prepare(files[:3])
    worker.close()
    assert [problem.code for problem in first.problems] == ["document-failed"]
    assert (first.path, first.reading, first.is_binary) == (files[0].path, None, False)
    assert not second.problems
    assert third.path == files[2].path


def test_where_no_process_can_be_started_it_is_done_right_here(work, files, reader, monkeypatch):
    expected = list(prepare_files(files, work, reader, workers=0))
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert list(prepare_files(files, work, reader, workers=2)) == expected


def test_a_worker_that_cannot_open_the_store_is_none(tmp_path, work, files):
    elsewhere = Work(tmp_path / "none.git", work.commit, "commons", "notes", work.own)
    with pytest.raises(NoWorker):
        preparing_many._Worker(elsewhere).prepare(files[:1])


def test_a_worker_that_was_closed_is_not_started_again(work, files):
    worker = preparing_many._Worker(work)
    worker.close()
    with pytest.raises(NoWorker):
        worker.prepare(files[:1])


def test_a_worker_that_is_closed_while_it_starts_is_not_left(work, files, monkeypatch):
    worker = preparing_many._Worker(work)
    started: list[subprocess.Popen[bytes]] = []
    start, closer = preparing_many._started, threading.Thread(target=worker.close)

    def meanwhile(descriptor: int) -> "subprocess.Popen[bytes]":
        closer.start()
        closer.join(0.2)
        started.append(start(descriptor))
        return started[-1]

    monkeypatch.setattr(preparing_many, "_started", meanwhile)
    with suppress(NoWorker):  # or it was quicker
        worker.prepare(files[:1])
    closer.join(PATIENCE)
    for process in started:
        process.wait(PATIENCE)  # raises if it lives on
    assert len(started) == 1


def test_no_process_is_left_when_the_run_ends_early(work, files, reader, monkeypatch):
    started: list[subprocess.Popen[bytes]] = []
    start = preparing_many._started

    def noted(descriptor: int) -> "subprocess.Popen[bytes]":
        started.append(start(descriptor))
        return started[-1]

    monkeypatch.setattr(preparing_many, "_started", noted)
    with closing(prepare_files(files, work, reader, workers=2)) as prepared:
        next(prepared)
    assert started
    assert all(process.poll() is not None for process in started)


_RUN = """
import sys, time
from pathlib import Path
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.preparing_files import Work
from nexus.library.preparing_many import prepare_files
from nexus.repositories.git.reading import Reader
work = Work(Path(sys.argv[1]), sys.argv[2], "commons", "notes", OwnAddresses())
with Reader(work.store) as reader:
    prepared = prepare_files(list(reader.files(work.commit)), work, reader, workers=2)
    next(prepared)
    print("running", flush=True)
    time.sleep(600)
"""


def test_workers_end_when_the_process_that_started_them_is_killed(work, files):
    command = [sys.executable, "-c", _RUN, str(work.store), work.commit]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"running\n"
        run.send_signal(signal.SIGKILL)
        # Its workers share its error output: that ends when the last of them has ended.
        run.communicate(timeout=PATIENCE)
    assert run.returncode == -signal.SIGKILL
