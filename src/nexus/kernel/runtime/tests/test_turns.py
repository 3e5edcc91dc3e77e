"""Turns: no more at a time than there are, none lost, and nobody waits for one that takes long."""

import threading
from collections.abc import Callable

import pytest

from nexus.kernel.runtime.turns import Turns
from tests.services.patience import PATIENCE


def in_threads(count: int, call: Callable[[], None]) -> None:
    threads = [threading.Thread(target=call, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_more_have_a_turn_than_may_and_everybody_has_theirs(most: int) -> None:
    turns, lock = Turns(most, seconds=PATIENCE), threading.Lock()
    inside: set[int] = set()
    seen: list[int] = []

    def take_some() -> None:
        for _ in range(50):
            with turns.one():
                with lock:
                    inside.add(threading.get_ident())
                    seen.append(len(inside))
                with lock:
                    inside.remove(threading.get_ident())

    in_threads(8, take_some)
    assert len(seen) == 8 * 50
    assert max(seen) <= most


def test_as_many_as_may_are_at_it_together() -> None:
    turns, together = Turns(3, seconds=PATIENCE), threading.Barrier(3, timeout=PATIENCE)

    def meet() -> None:
        with turns.one():
            together.wait()

    in_threads(3, meet)
    assert not together.broken


def test_a_turn_that_takes_long_keeps_nobody() -> None:
    turns, begun, gate = Turns(1, seconds=0.01), threading.Event(), threading.Event()
    done: list[str] = []

    def hang() -> None:
        with turns.one():
            begun.set()
            gate.wait(PATIENCE)
            done.append("long")

    def be_quick() -> None:
        with turns.one():
            done.append("quick")

    long = threading.Thread(target=hang, daemon=True)
    long.start()
    assert begun.wait(PATIENCE)
    in_threads(4, be_quick)
    gate.set()
    long.join(PATIENCE)
    assert done == ["quick"] * 4 + ["long"]


def test_a_turn_ends_with_what_failed_in_it() -> None:
    turns = Turns(1, seconds=PATIENCE)
    with pytest.raises(ValueError, match="no"), turns.one():
        raise ValueError("no")

    def have_one() -> None:
        with turns.one():
            pass

    in_threads(1, have_one)
