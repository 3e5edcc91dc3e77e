"""Slips of the finger find what was meant, less than what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.search.engine import SearchEngine
from nexus.search.results import Correction
from nexus.search.spelling import distance, edits_allowed
from nexus.search.tests.hub import SmallHub, ask, document, keys

WORDS = st.text("abc", max_size=7)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("django", "django", 0), ("djagno", "django", 1), ("algoritm", "algorithm", 1),
     ("chache", "cache", 1), ("cashe", "cache", 1), ("histgarm", "histogram", 2), ("", "ab", 2)],
)  # fmt: skip
def test_distance(one: str, other: str, slips: int) -> None:
    assert distance(one, other, at_most=5) == slips
    assert distance(other, one, at_most=5) == slips


@given(WORDS, WORDS)
def test_distance_is_symmetric_and_zero_only_for_the_same(one: str, other: str) -> None:
    far = distance(one, other, at_most=9)
    assert far == distance(other, one, at_most=9)
    assert (far == 0) == (one == other)
    assert abs(len(one) - len(other)) <= far <= max(len(one), len(other))


@given(WORDS, WORDS)
def test_distance_to_a_beginning_is_that_to_the_nearest_beginning(one: str, word: str) -> None:
    nearest = min(distance(one, word[:end], at_most=9) for end in range(len(word) + 1))
    assert distance(one, word, at_most=9, prefix=True) == nearest


@given(WORDS, WORDS, st.integers(0, 3))
def test_a_bounded_distance_agrees_within_its_bound(one: str, other: str, bound: int) -> None:
    far = distance(one, other, at_most=9)
    assert min(distance(one, other, at_most=bound), bound + 1) == min(far, bound + 1)


@pytest.mark.parametrize(
    ("word", "slips"), [("api", 0), ("rest", 1), ("caching", 1), ("database", 2)]
)
def test_longer_words_may_hold_more_slips(word: str, slips: int) -> None:
    assert edits_allowed(word) == slips


@pytest.fixture
def filled(hub: SmallHub, engine: SearchEngine) -> SearchEngine:
    """An engine with documents about Django and algorithms."""
    hub.put(
        *(document(f"dj{number}", title=f"Django views {number}") for number in range(5)),
        document("algo", body="An algorithm for histograms; the database has select_related."),
        document("slip", body="I wrote djagno by mistake."),
    )
    engine.catch_up()
    return engine


@pytest.mark.parametrize(
    ("typed", "meant", "first"),
    [
        ("djngo ", "django", "dj"),
        ("algoritm ", "algorithm", "algo"),
        ("algorihtsm ", "algorithm", "algo"),
        ("databse ", "database", "algo"),
        ("algoriht", "algorithm", "algo"),
        ("selectrelatd ", "selectrelated", "algo"),
    ],
)
def test_a_slip_finds_what_was_meant_and_says_so(
    filled: SearchEngine, typed: str, meant: str, first: str
) -> None:
    results = ask(filled, typed)
    assert results.hits[0].key.startswith(first)
    assert results.corrected == (Correction(typed.strip(), meant),)
    assert results.did_you_mean == typed.replace(typed.strip(), meant)


def test_what_was_typed_still_counts_more(filled: SearchEngine) -> None:
    results = ask(filled, "djagno ")
    assert results.total == 6
    assert results.hits[0].key == "slip"
    assert "<mark>djagno</mark>" in results.hits[0].extract_html
    assert "<mark>Django</mark>" in results.hits[1].title_html


def test_only_the_word_with_the_slip_is_replaced(filled: SearchEngine) -> None:
    results = ask(filled, "views -djngox djngo views")
    assert results.did_you_mean == "views -djngox django views"
    assert results.total == 5


@pytest.mark.parametrize("typed", ["vws ", "django ", '"djngo"', "zzzzzzzz ", "数据库 "])
def test_no_correction(filled: SearchEngine, typed: str) -> None:
    results = ask(filled, typed)
    assert results.corrected == ()
    assert results.did_you_mean == ""


def test_a_correction_keeps_to_the_filters(filled: SearchEngine) -> None:
    assert ask(filled, "djngo -django").corrected == ()
    assert keys(ask(filled, "djngo kind:snippet")) == []


def test_the_word_in_most_documents_that_the_reader_sees_was_meant(
    hub: SmallHub, engine: SearchEngine
) -> None:
    hub.put(
        *(document(body="casher", audience="hidden") for _ in range(4)),
        *(document(body="cashew") for _ in range(3)),
        *(document(body="cached") for _ in range(2)),
        document(body="cashes"),
    )
    engine.catch_up()
    assert ask(engine, "cashed ").corrected == (Correction("cashed", "cashew"),)
    assert ask(engine, "cashed ", audiences=frozenset({"hidden"})).corrected == (
        Correction("cashed", "casher"),
    )


def test_a_whole_word_is_meant_rather_than_a_beginning(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(*(document(body=word) for word in ("cached", "cached", *["cachodays"] * 3)))
    engine.catch_up()
    assert ask(engine, "cachad").corrected == (Correction("cachad", "cached"),)
    assert ask(engine, "cachozay").corrected == (Correction("cachozay", "cachodays"),)
