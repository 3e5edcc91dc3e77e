"""The query language: what readers type, understood; nothing is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.search.parsing import MAX_TERMS, Question, parse


def wanted(question: Question) -> list[tuple[str, ...]]:
    return [clause.terms for clause in question.wanted]


def test_words_are_wanted_and_the_last_may_go_on() -> None:
    question = parse("django cach")
    assert wanted(question) == [("django",), ("cach",)]
    assert [clause.prefix for clause in question.wanted] == [False, True]


def test_a_space_ends_the_last_word() -> None:
    assert not parse("django cache ").wanted[-1].prefix


def test_a_star_marks_a_beginning_anywhere() -> None:
    assert [clause.prefix for clause in parse("cach* django ").wanted] == [True, False]


def test_quotes_make_a_phrase() -> None:
    (clause,) = parse('"N+1 queries"').wanted
    assert clause.is_phrase
    assert clause.terms == ("n+1", "queries")
    assert not clause.prefix


def test_a_quote_left_open_is_a_phrase_still_being_typed() -> None:
    (clause,) = parse('"select rela').wanted
    assert clause.is_phrase
    assert clause.prefix


def test_a_minus_makes_words_phrases_and_filters_unwanted() -> None:
    question = parse('cache -redis -"rate limit" -kind:file well-known')
    assert [clause.terms for clause in question.unwanted] == [("redis",), ("rate", "limit")]
    assert question.unwanted_filters == {"kind": ("file",)}
    assert wanted(question) == [("cache",), ("well", "known")]


@pytest.mark.parametrize(
    ("typed", "field", "values"),
    [
        ("kind:snippet", "kind", ("snippet",)),
        ("lang:python language:go", "code_language", ("python", "go")),
        ('lang:"Jupyter Notebook"', "code_language", ("Jupyter Notebook",)),
        ("person:ada by:alan", "person", ("ada", "alan")),
        ("cohort:x", "cohort", ("x",)),
        ("repo:x/nexus repository:y/z", "repository", ("x/nexus", "y/z")),
        ("topic:caching", "labels.topic", ("caching",)),
        ("tech:redis", "labels.technology", ("redis",)),
        ("path:docs/api", "path", ("docs/api",)),
        ("KIND:project", "kind", ("project",)),
    ],
)
def test_filters(typed: str, field: str, values: tuple[str, ...]) -> None:
    assert parse(typed) == Question(filters={field: values})


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("std:vector", ("std", "vector")),
        ("https://example.com", ("https", "example", "com")),
        ("kind:", ("kind",)),
    ],
)
def test_other_colons_are_words(typed: str, terms: tuple[str, ...]) -> None:
    assert wanted(parse(typed)) == [terms]


def test_runs_of_unspaced_scripts_stand_apart_from_words() -> None:
    assert wanted(parse("用Django数据库")) == [("用",), ("django",), ("数据", "据库")]


@pytest.mark.parametrize("typed", ["***", '"', '""', "🎉", "- -- ---", ". , ;", '-"', ":"])
def test_questions_without_anything_to_look_for_are_hollow(typed: str) -> None:
    assert parse(typed).is_hollow


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\x00"])
def test_an_empty_question_is_not_hollow(typed: str) -> None:
    assert parse(typed) == Question()


@given(st.text(st.characters(exclude_categories=()), max_size=3_000))
def test_nothing_raises_and_every_question_is_bounded(typed: str) -> None:
    question = parse(typed)
    clauses = (*question.wanted, *question.unwanted)
    assert sum(len(clause.terms) for clause in clauses) <= MAX_TERMS
    assert all(clause.terms for clause in clauses)


def test_ten_thousand_words_are_cut_short() -> None:
    assert len(parse("word " * 10_000).wanted) == MAX_TERMS
    assert parse("kind:x " * 200).filters == {"kind": ("x",) * MAX_TERMS}
