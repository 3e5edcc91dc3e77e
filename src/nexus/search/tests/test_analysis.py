"""Text is cut into the terms that people look for, in every script and in code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.search import analysis


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Hello, World", ["hello", "world"]),
        ("select_related()", ["select", "related"]),
        ("django.db.models", ["django", "db", "models"]),
        ("C++ and C#, F# on .NET", ["c++", "and", "c#", "f#", "on", ".net"]),
        ("the N+1 problem", ["the", "n+1", "problem"]),
        ("count++ page#top", ["count", "page", "top"]),
        ("Привет, мир", ["привет", "мир"]),
        ("Καλημέρα κόσμε", ["καλημερα", "κοσμε"]),
        ("लड़का पढ़ता है", ["लड़का", "पढ़ता", "है"]),
        ("كِتَابٌ جديد", ["كتاب", "جديد"]),
        ("שָׁלוֹם עולם", ["שלום", "עולם"]),
        ("数据库", ["数据", "据库", "库"]),
        ("スキーマ", ["スキ", "キー", "ーマ", "マ"]),
        ("ไทย", ["ไท", "ทย", "ย"]),
        ("用Django吧", ["用", "django", "吧"]),
        ("été_français", ["ete", "francais"]),
        ("🎉 … --- ***", []),
        ("", []),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert analysis.terms(text) == terms


@given(st.text())
def test_terms_hold_no_white_space_and_are_never_long(text: str) -> None:
    for term in analysis.terms(text):
        assert term
        assert len(term.split()) == 1
        assert len(term) <= analysis.MAX_TERM


@given(st.lists(st.sampled_from(["cache", "数据库", "n+1", "été", "ไทย", "select_related"])))
def test_what_is_asked_is_always_among_what_is_indexed(words: list[str]) -> None:
    text = " ".join(words)
    assert set(analysis.question_terms(text)) <= set(analysis.terms(text))


@pytest.mark.parametrize("text", ["a" * 65, "é" * 65])
def test_very_long_words_are_left_out(text: str) -> None:
    assert analysis.terms(f"before {text} after") == ["before", "after"]


@pytest.mark.parametrize(("run", "wanted"), [("数据库", ["数据", "据库"]), ("库", ["库"])])
def test_a_question_in_an_unspaced_script_may_go_on(run: str, wanted: list[str]) -> None:
    assert analysis.question_terms(run) == wanted


@pytest.mark.parametrize(
    "name", ["select_related", "selectRelated", "SelectRelated", "select-related", "SELECT_RELATED"]
)
def test_a_name_of_code_is_one_name_in_every_style(name: str) -> None:
    assert analysis.names(f"use {name} here") == {"selectrelated"}
    assert analysis.glued(name) == "selectrelated"


def test_dotted_names_are_found_whole_and_by_segment() -> None:
    assert analysis.names("models.QuerySet.select_related") == {
        "modelsquerysetselectrelated", "queryset", "selectrelated",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["plain words only", "A Title Here", "ALL CAPS", "3.11", "1_000"])
def test_words_and_numbers_are_no_names(text: str) -> None:
    assert analysis.names(text) == set()


def test_camel_case_is_found_by_its_parts() -> None:
    assert analysis.name_parts("getUserName parseHTTPResponse") == {
        "get", "user", "name", "parse", "http", "response",
    }  # fmt: skip
    assert analysis.camel_parts("single") == []


_RUNS = st.text(
    st.sampled_from("aZ\u00e9\u0130\u03a3\u0301_.-+#9\u6570\u0e44\ufdf2\u037a\u00a0"), max_size=8
)


@given(st.lists(_RUNS, max_size=6))
def test_words_that_came_by_before_are_cut_as_at_the_first_time(runs: list[str]) -> None:
    text = " ".join(runs)
    first = analysis.terms(text), analysis.names(text), analysis.name_parts(text)
    for known in (analysis._ASCII_CUTS, analysis._CUTS, analysis._COMPOUNDS, analysis._TERMS):
        known.clear()
    assert (analysis.terms(text), analysis.names(text), analysis.name_parts(text)) == first


@given(_RUNS, _RUNS)
def test_no_word_reaches_over_a_blank(one: str, other: str) -> None:
    # What is no ASCII is said of the whole text: a word is cut the same beside any other.
    both = analysis.terms(f"{one}\u00e9 {other}\u00e9")
    assert both == [*analysis.terms(f"{one}\u00e9"), *analysis.terms(f"{other}\u00e9")]
    names = analysis.names(f"{one} {other}")
    assert names == analysis.names(one) | analysis.names(other)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("one of the models", ["of_the"]),
        ("this is a model of it", ["this_is", "is_a", "this_is_a", "of_it"]),
        ("of query of model", []),
        ("to be or not", ["to_be", "be_or", "to_be_or", "or_not", "be_or_not"]),
        ("the", []),
        ("", []),
    ],
)
def test_frequent_words_side_by_side_are_terms_too(text: str, runs: list[str]) -> None:
    assert list(analysis.frequent_runs(text.split())) == runs
