"""What is left out of a query, or asked in a cheaper way, is not missed in its answer."""

import pytest

from nexus.search.engine import SearchEngine
from nexus.search.parsing import parse
from nexus.search.queries import QueryBuilder
from nexus.search.tests.hub import SmallHub, ask, document, keys


@pytest.mark.parametrize("count", [1, 49, 50, 51, 120])
def test_however_many_words_begin_so_all_are_found(
    hub: SmallHub, engine: SearchEngine, count: int
) -> None:
    hub.put(*(document(f"k{number}", body=f"abcd{number:03}") for number in range(count)))
    hub.put(document("other", body="abc abde"))
    engine.catch_up()
    assert ask(engine, "abcd").total == count
    hub.remove(*(f"k{number}" for number in range(count - 1)))
    engine.catch_up()
    assert keys(ask(engine, "abcd")) == [f"k{count - 1}"]


def test_a_word_is_looked_for_where_it_stands(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(document("a", title="Cache", body="one"), document("b", body="caches"))
    engine.catch_up()
    snapshot = engine._follower.reader.snapshot()
    assert snapshot is not None
    places = QueryBuilder(snapshot).places(parse("cache ").wanted[0])
    assert [(place.field, place.documents) for place in places] == [("title", 1), ("loose", 2)]


def test_a_word_that_came_or_went_is_known_to_have(hub: SmallHub, engine: SearchEngine) -> None:
    for _ in range(2):
        assert keys(ask(engine, "cache ")) == []
        hub.put(document("a", body="the cache"))
        engine.catch_up()
        assert keys(ask(engine, "cache ")) == ["a"]
        hub.remove("a")
        engine.catch_up()
