"""The clock: again and again, whatever a call does, and never in a burst."""

import threading
import time

import pytest

from nexus.kernel.runtime.scheduler import Every, Scheduler
from tests.services.patience import PATIENCE


class Counter:
    """Counts calls and waits for as many as a test wants."""

    def __init__(self) -> None:
        self.calls: list[float] = []
        self._news = threading.Condition()

    def __call__(self) -> None:
        with self._news:
            self.calls.append(time.monotonic())
            self._news.notify_all()

    def wait_for(self, count: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: len(self.calls) >= count, timeout=PATIENCE)


def test_calls_again_and_again_until_it_is_stopped() -> None:
    often, seldom = Counter(), Counter()
    scheduler = Scheduler([Every(0.01, often, "often"), Every(3600, seldom, "seldom")])
    scheduler.start()
    thread = scheduler._thread
    assert thread
    often.wait_for(5)
    scheduler.stop()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert seldom.calls == []


def test_a_call_that_fails_has_its_next_turn(caplog: pytest.LogCaptureFixture) -> None:
    counter = Counter()

    def failing() -> None:
        counter()
        raise ValueError("no broker")

    scheduler = Scheduler([Every(0.01, failing, "look for work")])
    scheduler.start()
    counter.wait_for(3)
    scheduler.stop()
    assert "“look for work” failed" in caplog.text


def test_turns_that_were_missed_are_not_made_up_for() -> None:
    counter, gate = Counter(), threading.Event()

    def blocked_once() -> None:
        counter()
        if len(counter.calls) == 1:
            assert gate.wait(PATIENCE)

    scheduler = Scheduler([Every(0.05, blocked_once, "blocked", jitter=0)])
    scheduler.start()
    counter.wait_for(1)
    time.sleep(0.3)
    freed = time.monotonic()
    gate.set()
    counter.wait_for(2)
    scheduler.stop()
    assert counter.calls[1] - freed >= 0.04, "the next turn comes after a whole wait"


def test_waits_differ_by_the_jitter_and_no_more() -> None:
    waits = [Every(10, print, "x", jitter=0.2).wait() for _ in range(200)]
    assert all(8 <= wait <= 12 for wait in waits)
    assert len(set(waits)) > 1


def test_starting_and_stopping_twice_changes_nothing() -> None:
    counter = Counter()
    scheduler = Scheduler([Every(0.01, counter, "x")])
    scheduler.stop()
    scheduler.start()
    first = scheduler._thread
    scheduler.start()
    assert scheduler._thread is first
    scheduler.stop()
    scheduler.stop()
    scheduler.start()
    counter.wait_for(1)
    scheduler.stop()


def test_an_empty_schedule_is_no_work() -> None:
    scheduler = Scheduler([])
    scheduler.start()
    scheduler.stop()
