"""A missing, damaged or older index is rebuilt, and meanwhile the site serves."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nexus.kernel.errors import Unavailable
from nexus.search import storage
from nexus.search.documents import Change
from nexus.search.engine import SearchEngine
from nexus.search.results import IndexState
from nexus.search.schema import SCHEMA_VERSION
from nexus.search.tests.hub import SmallHub, ask, document, keys
from tests.services.patience import PATIENCE, eventually


@pytest.fixture
def filled(hub: SmallHub, engine: SearchEngine) -> SearchEngine:
    """An engine that has indexed three documents."""
    hub.put(*(document(key, title="Caching", body="More words. " * 50) for key in "abc"))
    engine.catch_up()
    return engine


def _files(directory: Path, pattern: str) -> list[Path]:
    return sorted(directory.glob(f"generation-*/{pattern}"))


def _spoil(path: Path, content: bytes) -> None:
    """Give ``path`` other content as a new file, so that readers keep the pages they map."""
    path.unlink()
    path.write_bytes(content)


def _truncate(directory: Path) -> None:
    for path in _files(directory, "*.store"):
        _spoil(path, path.read_bytes()[: path.stat().st_size // 2])


def _scribble(directory: Path) -> None:
    for path in _files(directory, "*.idx"):
        _spoil(path, b"\x00garbage" * 100)


def _lose_files(directory: Path) -> None:
    for path in _files(directory, "*.term"):
        path.unlink()


def _lose_the_list(directory: Path) -> None:
    for path in _files(directory, "meta.json"):
        path.unlink()


def _foreign(directory: Path) -> None:
    pointer = json.loads((directory / "current.json").read_text())
    (directory / "current.json").write_text(json.dumps(pointer | {"schema": -1}))


def _lose_the_pointer(directory: Path) -> None:
    (directory / "current.json").unlink()


@pytest.mark.parametrize(
    "harm",
    [_truncate, _scribble, _lose_files, _lose_the_list, _foreign, _lose_the_pointer, shutil.rmtree],
)
def test_a_harmed_index_is_rebuilt_at_the_next_start(
    hub: SmallHub, filled: SearchEngine, directory: Path, harm: Callable[[Path], None]
) -> None:
    filled.stop()
    harm(directory)
    again = hub.engine(directory)
    again.catch_up()
    assert set(keys(ask(again, "caching"))) == {"a", "b", "c"}
    assert len(list(directory.glob("generation-*"))) == 1
    again.stop()


def test_an_index_of_an_older_schema_is_rebuilt(
    hub: SmallHub, filled: SearchEngine, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.stop()
    monkeypatch.setattr(storage, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    newer = hub.engine(directory)
    assert newer.status().state is IndexState.MISSING
    assert ask(newer, "caching").building
    newer.catch_up()
    assert set(keys(ask(newer, "caching"))) == {"a", "b", "c"}
    newer.stop()


def _lose_the_directory(directory: Path) -> None:
    directory.rename(directory.with_suffix(".gone"))


@pytest.mark.parametrize("harm", [_lose_the_directory, _lose_the_list, _lose_the_pointer])
def test_an_index_deleted_while_the_site_serves_comes_back(
    hub: SmallHub, directory: Path, harm: Callable[[Path], None]
) -> None:
    hub.put(*(document(key, title="Caching") for key in "abc"))
    engine = hub.engine(directory, poll_seconds=0.02)
    engine.start()
    engine.catch_up()
    harm(directory)
    assert ask(engine, "caching").total in range(4)
    assert eventually(lambda: engine.status().state is IndexState.READY)
    hub.put(document("d", title="Caching"))
    engine.catch_up()
    assert set(keys(ask(engine, "caching"))) == {"a", "b", "c", "d"}
    engine.stop()


def test_the_old_index_answers_while_a_new_one_is_built(
    hub: SmallHub, filled: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = []
    stream = hub.all_documents

    def watched() -> Iterator[Change]:
        answers.append(ask(filled, "caching").total)
        yield from stream()
        answers.append(ask(filled, "caching").total)
        assert filled.status().state is IndexState.BUILDING

    monkeypatch.setattr(hub, "all_documents", watched)
    filled.rebuild()
    assert answers == [3, 3]
    assert ask(filled, "caching").total == 3
    assert filled.status().state is IndexState.READY


def test_damage_met_by_a_question_is_said_and_checked(
    hub: SmallHub, filled: SearchEngine, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panic(*arguments: object) -> None:
        raise type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})("corrupt")

    with monkeypatch.context() as patched:
        patched.setattr("nexus.search.engine.find", panic)
        patched.setattr("nexus.search.engine.suggest", panic)
        with pytest.raises(Unavailable, match="could not be read"):
            ask(filled, "caching")
        with pytest.raises(Unavailable, match="could not be read"):
            filled.suggest("cach", frozenset({"public"}))
    _truncate(directory)
    hub.put(document("d", title="Caching"))
    filled.catch_up()
    assert set(keys(ask(filled, "caching"))) == {"a", "b", "c", "d"}


def test_rebuilds_that_fail_leave_no_pile_of_generations(
    hub: SmallHub, filled: SearchEngine, directory: Path
) -> None:
    hub.broken = True
    for _ in range(5):
        with pytest.raises(RuntimeError, match="does not answer"):
            filled.rebuild()
    assert len(list(directory.glob("generation-*"))) <= 2
    assert ask(filled, "caching").total == 3
    hub.broken = False
    filled.rebuild()
    assert len(list(directory.glob("generation-*"))) == 1


def test_many_threads_ask_while_the_index_changes_and_is_rebuilt(
    hub: SmallHub, filled: SearchEngine
) -> None:
    all_ask, done = threading.Barrier(5, timeout=PATIENCE), threading.Event()

    def keep_asking(words: str) -> None:
        all_ask.wait()
        while not done.is_set():
            assert 3 <= ask(filled, words).total <= 23

    with ThreadPoolExecutor(4) as pool:
        askers = [pool.submit(keep_asking, w) for w in ("caching", "cachng ", "cach", "caching")]
        try:
            all_ask.wait()
            for number in range(20):
                hub.put(document(f"x{number}", title="Caching"))
                filled.catch_up()
                if number % 7 == 0:
                    filled.rebuild()
        finally:
            done.set()
        for asker in askers:
            asker.result()
    assert ask(filled, "caching").total == 23


def test_what_is_no_damage_passes(filled: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("nexus.search.engine.find", interrupt)
    with pytest.raises(KeyboardInterrupt):
        ask(filled, "caching")


def test_before_there_is_an_index_nothing_is_found(hub: SmallHub, directory: Path) -> None:
    engine = hub.engine(directory)
    assert ask(engine, "caching").building
    assert engine.suggest("cach", frozenset({"public"})) == []
    assert engine.status().state is IndexState.MISSING
    assert not directory.exists()
