"""Daemon threads: they do every job, survive each, and end when told or with the process."""

import subprocess
import sys
import threading
from functools import partial

import pytest

from nexus.kernel.runtime.threads import Threads
from tests.services.patience import PATIENCE


def test_every_job_is_done_in_order_before_the_end() -> None:
    done: list[int] = []
    threads = Threads(1, name="t")
    for number in range(20):
        threads.put(partial(done.append, number))
    assert threads.stop(timeout=PATIENCE)
    assert done == list(range(20))
    assert (threads.pending, threads.alive) == (0, 0)


def test_a_job_that_fails_is_logged_and_the_next_is_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []
    threads = Threads(1, name="t")
    threads.put(partial(next, iter(())))
    threads.put(lambda: sys.exit(1))
    threads.put(lambda: done.append("next"))
    assert threads.stop(timeout=PATIENCE)
    assert done == ["next"]
    assert caplog.text.count("A job failed in t-1") == 2


def test_no_more_threads_than_are_needed_or_allowed() -> None:
    threads, gate = Threads(2, name="t"), threading.Event()

    def wait() -> None:
        gate.wait(PATIENCE)

    assert threads.alive == 0
    for _ in range(5):
        threads.put(wait)
    assert (threads.alive, threads.pending) == (2, 5)
    gate.set()
    assert threads.stop(timeout=PATIENCE)


def test_what_a_job_gives_is_called_when_it_no_longer_counts() -> None:
    counts: list[int] = []
    threads = Threads(1, name="t")
    threads.put(lambda: lambda: counts.append(threads.pending))
    assert threads.stop(timeout=PATIENCE)
    assert counts == [0]


def test_nothing_is_taken_after_the_end() -> None:
    threads = Threads(1, name="t")
    threads.stop(timeout=PATIENCE)
    with pytest.raises(RuntimeError, match="stopped"):
        threads.put(print)


def test_a_job_that_hangs_does_not_keep_the_process() -> None:
    program = (
        "import threading\n"
        "from nexus.kernel.runtime.threads import Threads\n"
        "threads = Threads(1, name='t')\n"
        "threads.put(lambda: threading.Event().wait() and None)\n"
        "print(threads.stop(timeout=0.1))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert ended.stdout == "False\n"
