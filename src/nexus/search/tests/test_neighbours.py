"""Words one slip away from a typed one are found in the index, whatever the slip."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tantivy import Searcher

from nexus.search.neighbours import can_have_neighbours, is_one_slip, neighbours
from nexus.search.spelling import distance
from nexus.search.tests.hub import SmallHub, document

_LETTERS = "abcd"
_ROOTS = (
    "ab",
    "abc",
    "abd",
    "acb",
    "bca",
    "cab",
    "dab",
    "bad",
    "cad",
    "abcd",
    "bacd",
    "dcba",
    "aab",
)
_WORDS = sorted({(root * 3)[:size] for root in _ROOTS for size in (4, 5, 6)})


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """An index of words that are much alike, each as often as its place in the list says."""
    hub = SmallHub()
    hub.put(*(document(body=word) for word in _WORDS), document(body=_WORDS[0]))
    engine = hub.engine(Path(tmp_path_factory.mktemp("neighbours")))
    engine.catch_up()
    engine.stop()
    snapshot = engine._follower.reader.snapshot()
    assert snapshot is not None
    return snapshot.searcher


@given(st.text(_LETTERS, max_size=7), st.text(_LETTERS, max_size=7))
def test_one_slip_is_a_distance_of_one(typed: str, word: str) -> None:
    assert is_one_slip(typed, word) == (distance(typed, word, at_most=2) == 1)


@given(typed=st.text(_LETTERS, min_size=4, max_size=7))
def test_no_word_one_slip_away_is_missed(searcher: Searcher, typed: str) -> None:
    expected = {word for word in _WORDS if distance(typed, word, at_most=2) == 1}
    assert set(neighbours(searcher, typed)) == expected


def test_it_is_said_in_how_many_documents_a_neighbour_is(searcher: Searcher) -> None:
    first, second = _WORDS[0], _WORDS[1]
    assert neighbours(searcher, f"{first}x")[first] == 2
    assert neighbours(searcher, f"{second}x")[second] == 1


@pytest.mark.parametrize(
    ("typed", "can"), [("djngo", True), ("api", False), ("db2s", False), ("джанг", False)]
)
def test_only_plain_words_have_neighbours(typed: str, can: bool) -> None:
    assert can_have_neighbours(typed) == can
