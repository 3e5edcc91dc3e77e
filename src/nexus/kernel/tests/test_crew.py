"""Much work is done by other processes: with the same results, whatever becomes of these."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from functools import partial
from itertools import count
from socket import SHUT_WR, setdefaulttimeout, socketpair

import pytest

from nexus.kernel import crew
from nexus.kernel.crew import Crew, NoWorker, Worker
from nexus.kernel.crew_worker import hear, say, serve
from tests.services.patience import PATIENCE

Numbers = Crew[int, str]


def spelt(number: int) -> str:
    return str(number)


def deadly(number: int) -> str:
    """Dies at thirteen, as a process does that uses too much memory."""
    if number == 13:
        os._exit(1)
    return spelt(number)


def spelling(work: Callable[[int], str] = spelt) -> AbstractContextManager[Callable[[int], str]]:
    return nullcontext(work)


@contextmanager
def spelling_elsewhere(home: int) -> Iterator[Callable[[int], str]]:
    """Only the process ``home`` can begin."""
    if os.getpid() != home:
        raise OSError("there is nothing here to work with")
    yield spelt


def lost(number: int) -> str:
    return f"{number} was lost"


def numbers(workers: int = 2, **values: Callable[[int], str]) -> "closing[Numbers]":
    return closing(Crew(partial(spelling, **values), lost, workers=workers, chunk=5))


@pytest.fixture
def worker() -> Iterator[Worker[int, str]]:
    with closing(Worker(spelling, lost)) as worker:
        yield worker


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """The processes that were started."""
    processes: list[subprocess.Popen[bytes]] = []
    start = crew._started

    def noted(descriptor: int) -> "subprocess.Popen[bytes]":
        processes.append(start(descriptor))
        return processes[-1]

    monkeypatch.setattr(crew, "_started", noted)
    return processes


def test_the_results_come_in_the_order_of_what_was_asked() -> None:
    with numbers() as crew:
        assert list(crew.work(range(201))) == [str(number) for number in range(201)]
        assert list(crew.work([])) == []
        assert list(crew.work([7])) == ["7"]


def test_it_goes_on_with_what_has_no_end() -> None:
    with numbers() as crew:
        endless = crew.work(count())
        assert [next(endless) for _ in range(100)] == [str(number) for number in range(100)]


def test_a_process_that_dies_costs_what_it_was_at() -> None:
    with numbers(work=deadly) as crew:
        found = list(crew.work(range(20)))
    assert found == [lost(n) if n == 13 else str(n) for n in range(20)]


def test_a_process_that_was_killed_is_started_again(
    worker: Worker[int, str], started: list["subprocess.Popen[bytes]"]
) -> None:
    worker.work([1])
    started[0].send_signal(signal.SIGKILL)
    started[0].wait()
    assert worker.work([1, 2, 3]) == ["1", "2", "3"]
    assert len(started) == 2


def test_where_no_process_can_be_started_it_is_done_right_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with numbers() as crew:
        assert list(crew.work(range(7))) == [str(number) for number in range(7)]


def test_where_no_process_can_begin_it_is_done_right_here() -> None:
    begin = partial(spelling_elsewhere, os.getpid())
    with closing(Crew(begin, lost, workers=1, chunk=5)) as crew:
        assert list(crew.work(range(7))) == [str(number) for number in range(7)]


def test_a_worker_that_was_ended_is_not_started_again(worker: Worker[int, str]) -> None:
    worker.kill()
    with pytest.raises(NoWorker):
        worker.work([1])


def test_a_worker_that_is_ended_while_it_starts_is_not_left(
    worker: Worker[int, str],
    started: list["subprocess.Popen[bytes]"],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start, closer = crew._started, threading.Thread(target=worker.kill)

    def meanwhile(descriptor: int) -> "subprocess.Popen[bytes]":
        closer.start()
        closer.join(0.2)
        return start(descriptor)

    monkeypatch.setattr(crew, "_started", meanwhile)
    with suppress(NoWorker):  # or it was quicker
        worker.work([1])
    closer.join(PATIENCE)
    for process in started:
        process.wait(PATIENCE)  # raises if it lives on
    assert len(started) == 1


def test_no_process_is_left_when_it_ends_early(started: list["subprocess.Popen[bytes]"]) -> None:
    with numbers() as crew:
        next(crew.work(count()))
    assert started
    assert all(process.poll() is not None for process in started)


_RUN = """
import time
from itertools import count
from nexus.kernel.tests.test_crew import numbers
with numbers() as crew:
    next(crew.work(count()))
    print("running", flush=True)
    time.sleep(600)
"""


def test_workers_end_when_the_process_that_started_them_is_killed() -> None:
    command = [sys.executable, "-c", _RUN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"running\n"
        run.send_signal(signal.SIGKILL)
        # Its workers share its error output: that ends when the last of them has ended.
        run.communicate(timeout=PATIENCE)
    assert run.returncode == -signal.SIGKILL


def test_a_worker_answers_each_list_until_nobody_asks() -> None:
    ours, theirs = socketpair()
    with ours, theirs:
        say(ours, [1, 2])
        say(ours, [3])
        ours.shutdown(SHUT_WR)
        with pytest.raises(EOFError):
            serve(theirs, spelt)
        assert [hear(ours), hear(ours)] == [["1", "2"], ["3"]]


def test_a_limit_for_new_sockets_ends_no_worker() -> None:
    setdefaulttimeout(0.01)
    try:
        with numbers() as crew_of_two:
            assert list(crew_of_two.work(range(50))) == [str(number) for number in range(50)]
    finally:
        setdefaulttimeout(None)
