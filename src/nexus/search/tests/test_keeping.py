"""Counts are kept while the index stays as it is, for the one who asked, and no longer."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from nexus.search.engine import SearchEngine
from nexus.search.keeping import Kept
from nexus.search.tests.hub import SmallHub, ask, document
from tests.services.patience import PATIENCE


class Work:
    """Answers, and remembers what it was asked."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def on(self, asked: str) -> str:
        self.done.append(asked)
        return asked.upper()


def test_an_answer_is_worked_out_once() -> None:
    kept, work = Kept[str](2), Work()
    answers = [kept.get(asked, partial(work.on, asked)) for asked in "aaba"]
    assert answers == ["A", "A", "B", "A"]
    assert work.done == ["a", "b"]


def test_what_was_not_asked_for_the_longest_time_goes_first() -> None:
    kept, work = Kept[str](2), Work()
    for asked in "abacab":
        kept.get(asked, partial(work.on, asked))
    assert work.done == ["a", "b", "c", "b"]
    kept.clear()
    kept.get("a", partial(work.on, "a"))
    assert work.done[-1] == "a"


def test_one_who_asks_does_not_wait_for_the_answer_of_another() -> None:
    kept, begun, go_on = Kept[str](2), threading.Event(), threading.Event()

    def slowly() -> str:
        begun.set()
        assert go_on.wait(PATIENCE)
        return "slow"

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(kept.get, "a", slowly)
        assert begun.wait(PATIENCE)
        assert kept.get("b", lambda: "quick") == "quick"
        go_on.set()
        assert slow.result() == "slow"


def test_counts_follow_the_index(hub: SmallHub, engine: SearchEngine) -> None:
    for number in range(1, 4):
        hub.put(document(f"k{number}", title="Caching", person="ada"))
        engine.catch_up()
        for _ in range(2):
            assert ask(engine, "caching").facets["person"] == [("ada", number)]


def test_counts_are_those_of_the_reader(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(document("a", title="Caching"), document("b", title="Caching", audience="cohort:1"))
    engine.catch_up()
    both = frozenset({"public", "cohort:1"})
    for _ in range(2):
        assert ask(engine, "caching", audiences=both).facets["kind"] == [("document", 2)]
        assert ask(engine, "caching").facets["kind"] == [("document", 1)]
        assert ask(engine, "caching", audiences=frozenset()).facets["kind"] == []


def test_what_one_does_to_an_answer_is_not_seen_by_the_next(
    hub: SmallHub, engine: SearchEngine
) -> None:
    hub.put(document("a", title="Caching"))
    engine.catch_up()
    ask(engine, "caching").facets["kind"].clear()
    assert ask(engine, "caching").facets["kind"] == [("document", 1)]
