"""What was committed is found at once, whatever else the index has to do."""

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nexus.search import writer
from nexus.search.engine import SearchEngine
from nexus.search.tests.hub import SmallHub, ask, document, keys
from tests.services.patience import PATIENCE, eventually


class SlowMerges:
    """tantivy's writer, whose merges end when the test says so and not before."""

    def __init__(self, real: Any, end: threading.Event) -> None:
        self._real = real
        self._end = end

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def wait_merging_threads(self) -> None:
        self._end.wait(PATIENCE)
        self._real.wait_merging_threads()


def test_a_change_does_not_wait_for_the_merges_of_the_first_build(
    hub: SmallHub, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merged, create = threading.Event(), writer._create

    def create_slowly(generation: Path) -> Any:
        index = create(generation)
        return SimpleNamespace(writer=lambda *sizes: SlowMerges(index.writer(*sizes), merged))

    monkeypatch.setattr(writer, "_create", create_slowly)
    hub.put(document("a"))
    engine = hub.engine(directory)
    engine.start()
    engine.catch_up()
    hub.put(document("b", title="Freshly written"))
    engine.wake()
    found = eventually(lambda: keys(ask(engine, "freshly")) == ["b"])
    waited = merged.is_set()
    merged.set()
    engine.stop()
    assert found
    assert not waited


def test_whoever_keeps_answers_hears_when_others_may_be_found(
    hub: SmallHub, engine: SearchEngine
) -> None:
    heard: list[int] = []
    engine.on_change(lambda: heard.append(ask(engine, "caching").total))
    hub.put(document("a", title="Caching"))
    engine.catch_up()
    assert heard[-1] == 1
    before = len(heard)
    engine.catch_up()
    assert len(heard) == before
    hub.put(document("b", title="Caching"))
    engine.catch_up()
    assert heard[before:] == [2]
    hub.put()
    engine.catch_up()
    assert heard[before:] == [2]
    engine.rebuild()
    assert heard[before:] == [2, 2]


def test_a_process_that_only_reads_hears_without_being_asked(
    hub: SmallHub, engine: SearchEngine, directory: Path
) -> None:
    engine.catch_up()
    heard = threading.Event()
    reader = hub.engine(directory, poll_seconds=600)
    reader.on_change(heard.set)
    reader.start()
    assert heard.wait(PATIENCE)
    heard.clear()
    hub.put(document("a"))
    reader.wake()
    engine.catch_up()
    assert heard.wait(PATIENCE)
    reader.stop()
