"""The index follows the log: in order, nothing skipped, whatever happens in between."""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.kernel.errors import Unavailable
from nexus.search.documents import Change
from nexus.search.engine import SearchEngine
from nexus.search.registry import SourceRegistry
from nexus.search.results import IndexState
from nexus.search.tests.hub import MOMENT, SmallHub, ask, document, keys
from tests.services.patience import PATIENCE, eventually


def everything(engine: SearchEngine) -> dict[str, str]:
    """The titles of all that can be found, by key."""
    return {hit.key: hit.title for hit in ask(engine, limit=100).hits}


@pytest.fixture
def running(engine: SearchEngine) -> SearchEngine:
    """The engine of the test with its thread at work."""
    engine.start()
    engine.start()
    return engine


def test_what_is_written_can_be_found_changed_and_removed(
    hub: SmallHub, engine: SearchEngine
) -> None:
    hub.put(document("a", title="Caching"), document("b", title="Caching too"))
    engine.catch_up()
    assert set(keys(ask(engine, "caching"))) == {"a", "b"}

    hub.put(document("a", title="Something else"))
    hub.remove("b")
    engine.catch_up()
    assert keys(ask(engine, "caching")) == []
    assert everything(engine) == {"a": "Something else"}


def test_a_key_the_source_does_not_answer_for_is_removed(
    hub: SmallHub, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.put(document("a"))
    engine.catch_up()
    monkeypatch.setattr(hub, "documents", lambda keys: [])
    hub.put(document("a"))
    engine.catch_up()
    assert everything(engine) == {}


def test_the_thread_finds_what_was_committed_when_it_is_woken(
    hub: SmallHub, running: SearchEngine
) -> None:
    running.catch_up()
    hub.put(document("a", title="Freshly written"))
    running.wake()
    assert eventually(lambda: keys(ask(running, "freshly")) == ["a"])


def test_the_thread_looks_by_itself_too(hub: SmallHub, directory: Path) -> None:
    engine = hub.engine(directory, poll_seconds=0.05)
    engine.start()
    hub.put(document("a"))
    assert eventually(lambda: everything(engine) == {"a": "a"})
    engine.stop()


def test_a_source_that_fails_is_asked_again(hub: SmallHub, directory: Path) -> None:
    engine = hub.engine(directory, poll_seconds=0.02)
    hub.put(document("a"))
    engine.catch_up()
    hub.broken = True
    engine.start()
    hub.put(document("b"))
    assert eventually(lambda: engine.status().state is IndexState.FAILING)
    assert engine.status().error == "the database does not answer"
    assert engine.status().behind_by == 1
    assert everything(engine) == {"a": "a"}
    hub.broken = False
    assert eventually(lambda: engine.status().state is IndexState.READY)
    assert everything(engine) == {"a": "a", "b": "b"}
    engine.stop()


def test_many_events_are_followed_in_order(hub: SmallHub, engine: SearchEngine) -> None:
    engine.catch_up()
    for number in range(450):
        hub.put(document(f"k{number % 7}", title=f"State {number}"))
    engine.catch_up()
    assert everything(engine) == {key: each.title for key, each in hub.truth.items()}
    assert engine.status().cursor == 450


def test_events_that_touch_nothing_are_followed_without_a_commit(
    hub: SmallHub, engine: SearchEngine, directory: Path
) -> None:
    hub.put(document("a"))
    engine.catch_up()
    commit = next(directory.glob("generation-*/meta.json"))
    before = commit.read_bytes()
    other = hub.engine(directory)
    for _ in range(2):
        hub.put()
        engine.catch_up()
        assert (other.status().cursor, other.status().behind_by) == (hub.last_number(), 0)
    assert commit.read_bytes() == before
    engine.stop()
    hub.broken = True  # whoever takes over has no reason to ask it
    other.catch_up()
    hub.broken = False
    hub.put(document("b"))
    other.catch_up()
    assert (other.status().cursor, set(everything(other))) == (4, {"a", "b"})
    other.stop()


def test_one_document_that_cannot_be_laid_out_does_not_stop_the_rest(
    hub: SmallHub, engine: SearchEngine
) -> None:
    broken = replace(document("bad"), quality="high")  # type: ignore[arg-type]
    hub.put(document("a"), broken, document("b"))
    engine.catch_up()
    assert set(everything(engine)) == {"a", "b"}


def test_waiting_ends_with_a_clear_word(
    hub: SmallHub, engine: SearchEngine, directory: Path
) -> None:
    other = hub.engine(directory)
    other.catch_up()
    hub.put(document("a"))
    with pytest.raises(Unavailable, match="did not catch up") as refusal:
        engine.catch_up(0.1)
    assert refusal.value.code == "search-behind"
    with pytest.raises(Unavailable, match="Another process"):
        engine.rebuild()
    other.stop()
    engine.catch_up()
    assert everything(engine) == {"a": "a"}


def test_a_second_engine_reads_what_the_first_writes(
    hub: SmallHub, engine: SearchEngine, directory: Path
) -> None:
    engine.start()
    reader = hub.engine(directory)
    hub.put(document("a", title="Caching"))
    engine.wake()
    reader.catch_up()
    assert keys(ask(reader, "caching")) == ["a"]
    reader.stop()


def test_a_log_that_was_replaced_by_a_shorter_one_is_noticed(
    hub: SmallHub, engine: SearchEngine
) -> None:
    hub.put(document("a"))
    hub.put(document("b"))
    engine.catch_up()
    hub.truth, hub.events = {}, []
    hub.put(document("c"))
    engine.catch_up()
    assert eventually(lambda: not engine._follower.step() and set(everything(engine)) == {"c"})


def test_stopping_interrupts_a_rebuild_and_the_next_start_ends_it(
    hub: SmallHub, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    streaming = threading.Event()
    first = hub.engine(directory)

    def until_stopped() -> Iterator[Change]:
        yield document("a")
        streaming.set()
        assert first._follower._stopping.wait(PATIENCE)
        yield document("b")

    hub.put(document("a"), document("b"))
    with monkeypatch.context() as patched:
        patched.setattr(hub, "all_documents", until_stopped)
        first.start()
        assert streaming.wait(PATIENCE)
        assert first.status().state is IndexState.BUILDING
        assert ask(first, "a").building
        first.stop()
    second = hub.engine(directory)
    second.catch_up()
    assert set(everything(second)) == {"a", "b"}
    second.stop()


def test_a_first_build_shows_what_it_has_so_far(
    hub: SmallHub, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more, seen = threading.Event(), threading.Event()

    def slowly() -> Iterator[Change]:
        yield from (document(f"k{number}", title="Early") for number in range(1_000))
        seen.set()
        more.wait(PATIENCE)
        yield document("last", title="Late")

    monkeypatch.setattr(hub, "all_documents", slowly)
    engine = hub.engine(directory)
    engine.start()
    assert seen.wait(PATIENCE)
    assert eventually(lambda: ask(engine, "early ").total == 1_000)
    assert ask(engine, "early ").building
    more.set()
    assert eventually(lambda: keys(ask(engine, "late")) == ["last"])
    assert eventually(lambda: not ask(engine, "late").building)
    engine.stop()


# Whatever the order of writes, removals, steps and restarts, the index ends as the truth.

_KEYS = st.sampled_from("abcd")
_ACTS = st.one_of(
    st.tuples(st.just("put"), _KEYS, st.integers(0, 99)),
    st.tuples(st.just("remove"), _KEYS, st.just(0)),
    st.tuples(st.sampled_from(["step", "restart", "lose", "fail"]), st.just(""), st.just(0)),
)


@settings(max_examples=25)
@given(st.lists(_ACTS, max_size=14))
def test_the_index_ends_as_the_truth(acts: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        directory, hub = Path(folder) / "search", SmallHub()
        engine = hub.engine(directory)
        for name, key, value in acts:
            engine = _act(hub, engine, directory, name, key, value)
        engine.catch_up()
        assert everything(engine) == {key: each.title for key, each in hub.truth.items()}
        engine.stop()


def _act(
    hub: SmallHub, engine: SearchEngine, directory: Path, name: str, key: str, value: int
) -> SearchEngine:
    if name == "put":
        hub.put(document(key, title=f"Version {value}", updated_at=MOMENT))
    elif name == "remove":
        hub.remove(key)
    elif name == "step":
        engine.catch_up()
    elif name == "lose":
        shutil.rmtree(directory, ignore_errors=True)
    elif name == "fail":
        _fail_once(hub, engine)
    else:
        engine.stop()
        return hub.engine(directory)
    return engine


def _fail_once(hub: SmallHub, engine: SearchEngine) -> None:
    hub.broken = True
    try:
        engine.catch_up()
    except RuntimeError:
        pass
    finally:
        hub.broken = False


def test_two_sources_may_not_share_a_name(hub: SmallHub) -> None:
    sources = SourceRegistry()
    sources.register(hub)
    with pytest.raises(ValueError, match="already registered"):
        sources.register(SmallHub())


def test_every_source_is_asked_for_its_own(directory: Path) -> None:
    entries, files = SmallHub("entries"), SmallHub("files")
    sources = SourceRegistry()
    sources.register(entries)
    sources.register(files)
    files.truth["file:1"] = document("file:1")
    entries.affected = lambda event: [k for k in event.payload["keys"] if k != "file:1"]  # type: ignore[method-assign]
    engine = SearchEngine(directory, log=entries, sources=sources)
    engine.catch_up()
    assert set(everything(engine)) == {"file:1"}
    files.truth["file:1"] = document("file:1", title="Changed")
    entries._log(["file:1"])
    engine.catch_up()
    assert everything(engine) == {"file:1": "Changed"}
    engine.stop()
