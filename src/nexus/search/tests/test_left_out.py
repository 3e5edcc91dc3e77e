"""What cannot be read is not found, is counted, and comes back when it can be read again."""

from dataclasses import replace

import pytest

from nexus.search.documents import LeftOut, SearchDocument
from nexus.search.engine import SearchEngine
from nexus.search.omissions import Omissions
from nexus.search.tests.hub import SmallHub, ask, document, keys


def _lose(hub: SmallHub, key: str) -> None:
    hub.lost.add(key)
    hub.put(hub.truth[key])


@pytest.fixture
def filled(hub: SmallHub, engine: SearchEngine) -> SearchEngine:
    """An engine that has indexed three documents and can no longer read one of them."""
    hub.put(*(document(key, title="Caching") for key in "abc"))
    engine.catch_up()
    _lose(hub, "b")
    engine.catch_up()
    return engine


@pytest.mark.parametrize("words", ["", "caching", "cachng ", "cach", "-redis", "kind:document"])
def test_what_is_left_out_is_neither_found_nor_counted(filled: SearchEngine, words: str) -> None:
    results = ask(filled, words)
    assert set(keys(results)) == {"a", "c"}
    assert results.facets["kind"] == [("document", 2)]
    suggested = filled.suggest("cach", frozenset({"public"}))
    assert {each.address for each in suggested} == {"/a", "/c"}


def test_the_status_says_how_much_is_left_out(filled: SearchEngine) -> None:
    status = filled.status()
    assert (status.documents, status.left_out) == (2, 1)


def test_it_is_found_again_when_an_event_touches_it(hub: SmallHub, filled: SearchEngine) -> None:
    hub.lost.clear()
    hub.put(hub.truth["b"])
    filled.catch_up()
    assert set(keys(ask(filled, "caching"))) == {"a", "b", "c"}
    assert filled.status().left_out == 0


def test_it_is_forgotten_when_it_goes(hub: SmallHub, filled: SearchEngine) -> None:
    hub.lost.clear()
    hub.remove("b")
    filled.catch_up()
    assert (filled.status().documents, filled.status().left_out) == (2, 0)


def test_a_rebuild_goes_on_and_asks_again(hub: SmallHub, filled: SearchEngine) -> None:
    _lose(hub, "a")
    filled.rebuild()
    assert keys(ask(filled, "caching")) == ["c"]
    assert filled.status().left_out == 2
    hub.lost.clear()
    filled.rebuild()
    assert (filled.status().documents, filled.status().left_out) == (3, 0)


def test_a_document_that_cannot_be_laid_out_is_left_out(
    hub: SmallHub, engine: SearchEngine
) -> None:
    broken: SearchDocument = replace(document("bad"), quality="high")  # type: ignore[arg-type]
    hub.put(document("a"), broken, document("b"))
    engine.catch_up()
    assert set(keys(ask(engine))) == {"a", "b"}
    assert engine.status().left_out == 1


def test_the_log_has_one_line_a_reason(
    hub: SmallHub, engine: SearchEngine, caplog: pytest.LogCaptureFixture
) -> None:
    hub.put(*(document(f"k{number}") for number in range(30)))
    hub.lost |= set(hub.truth)
    engine.rebuild()
    assert caplog.messages == ["search leaves out k0 and 29 more: its shelf is locked"]


def test_reasons_without_number_do_not_fill_the_log(caplog: pytest.LogCaptureFixture) -> None:
    omissions = Omissions()
    for number in range(200):
        omissions.note(LeftOut(f"k{number}", f"reason {number % 100}"))
    omissions.say()
    assert len(caplog.messages) == 21
    assert caplog.messages[0] == "search leaves out k0 and 1 more: reason 0"
    assert caplog.messages[-1] == "search leaves out k20 and 159 more: several other reasons"
