"""The engine as the rest of the hub meets it: how it begins, ends, and tells of itself."""

from collections.abc import Collection, Iterable
from pathlib import Path

import pytest

from nexus.search.damage import IndexDamaged
from nexus.search.documents import Change
from nexus.search.engine import SearchEngine
from nexus.search.reader import IndexReader
from nexus.search.registry import LoggedEvent, SourceRegistry
from nexus.search.results import IndexState
from nexus.search.storage import Storage, _size
from nexus.search.tests.hub import SmallHub, ask, document, keys
from nexus.search.writer import IndexWriter


def test_making_an_engine_touches_nothing(hub: SmallHub, directory: Path) -> None:
    hub.engine(directory)
    assert not directory.exists()


def test_an_empty_hub_is_ready_too(engine: SearchEngine) -> None:
    engine.catch_up()
    status = engine.status()
    assert status.state is IndexState.READY
    assert (status.documents, status.cursor, status.behind_by, status.error) == (0, 0, 0, "")
    assert ask(engine).total == 0
    assert not ask(engine).building


def test_the_status_counts_documents_and_events(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(document("a"), document("b", audience="cohort:1"))
    hub.remove("nothing")
    engine.catch_up()
    hub.put(document("c"))
    status = engine.status()
    assert (status.documents, status.cursor, status.behind_by) == (2, 2, 1)
    assert status.state is IndexState.READY
    assert status.size_bytes > 1_000


def test_a_stopped_engine_still_answers_and_starts_again(
    hub: SmallHub, engine: SearchEngine
) -> None:
    hub.put(document("a", title="Caching"))
    engine.start()
    engine.catch_up()
    engine.stop()
    engine.stop()
    assert keys(ask(engine, "caching")) == ["a"]
    hub.put(document("b", title="Caching"))
    engine.wake()
    assert keys(ask(engine, "caching")) == ["a"]
    engine.start()
    engine.catch_up()
    assert set(keys(ask(engine, "caching"))) == {"a", "b"}


def test_another_takes_over_when_the_writer_ends(
    hub: SmallHub, engine: SearchEngine, directory: Path
) -> None:
    engine.start()
    engine.catch_up()
    other = hub.engine(directory, poll_seconds=0.02)
    other.start()
    engine.stop()
    hub.put(document("a"))
    other.catch_up()
    assert keys(ask(engine)) == ["a"]
    other.stop()


def test_damage_met_while_catching_up_is_mended(
    hub: SmallHub, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.catch_up()
    hub.put(document("a"))
    apply, calls = IndexWriter.apply, []

    def fails_once(writer: IndexWriter, changes: object, *, cursor: int) -> None:
        calls.append(cursor)
        if len(calls) == 1:
            raise IndexDamaged("a file is gone")
        apply(writer, changes, cursor=cursor)  # type: ignore[arg-type]

    monkeypatch.setattr(IndexWriter, "apply", fails_once)
    engine.catch_up()
    assert calls == [1, 1]
    assert keys(ask(engine)) == ["a"]


def test_a_writer_needs_a_generation_that_was_found_good(directory: Path) -> None:
    with pytest.raises(IndexDamaged, match="no generation"):
        IndexWriter(Storage(directory)).apply([], cursor=1)


def test_the_size_leaves_out_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"123")
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "folder").mkdir()
    assert Storage(tmp_path).size() == 3
    assert _size(tmp_path / "gone") == 0


def test_a_reader_keeps_what_it_has_when_the_new_commit_cannot_be_read(
    hub: SmallHub, engine: SearchEngine, directory: Path
) -> None:
    hub.put(document("a"))
    engine.catch_up()
    engine.stop()
    reader = IndexReader(Storage(directory))
    before = reader.snapshot()
    assert before is not None
    (meta,) = directory.glob("generation-*/meta.json")
    whole = meta.read_bytes()
    meta.write_bytes(b"{}")
    assert reader.snapshot() is before
    meta.write_bytes(whole)
    after = reader.refresh()
    assert after is not None
    assert after.documents == 1


def test_a_source_hears_of_each_key_once(hub: SmallHub) -> None:
    asked: list[list[str]] = []

    class Listening(SmallHub):
        def documents(self, keys: Collection[str]) -> Iterable[Change]:
            asked.append(sorted(keys))
            return super().documents(keys)

    sources = SourceRegistry()
    sources.register(Listening())
    events = [LoggedEvent(n, "changed", {"keys": ["a", "b"]}) for n in (1, 2)]
    touched = [one for event in events for one in sources.touched_by(event)]
    assert {change.key for change in sources.documents(touched)} == {"a", "b"}
    assert asked == [["a", "b"]]
    assert list(sources.touched_by(LoggedEvent(3, "changed", {"keys": []}))) == []
