"""Promises of the words that topics are compared by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.topics.words import BREAK, MAX_WORD, STOP, folded, key_of, pieces, written_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Django", "django"),
        ("cache invalidation", "Cache-Invalidation"),
        ("N+1 queries", "n+1 query"),
        ("modèles de données", "modele de donnee"),
        ("WebSockets", "websocket"),
        ("select_related", "select related"),
        ("CI/CD", "ci cd"),
        ("Node.js", "node js"),
        ("**Docker** Compose", "docker compose"),
    ],
)
def test_spellings_of_one_name_are_compared_alike(one, other):
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("C", "C++"), ("C", "C#"), (".NET", "net"), ("access", "acces"), ("maps", "map")],
)
def test_different_names_stay_apart(one, other):
    assert key_of(one) != key_of(other)


def test_the_words_keep_how_they_were_written():
    assert written_of("the .NET Framework, 4.8") == ("the", ".NET", "Framework", "4", "8")


@pytest.mark.parametrize(
    "text",
    [
        "Django. REST",
        "Django, REST",
        "Django (REST)",
        "Django | REST",
        "Django - REST",
        "Django: REST",
    ],
)
def test_no_name_reaches_over_the_end_of_a_phrase(text):
    assert [piece.key for piece in pieces(text)][:3] == ["django", STOP, "rest"]


@pytest.mark.parametrize("text", ["Django\nREST", "Django REST", "**Django** REST", "Django-REST"])
def test_marks_and_wrapped_lines_do_not_part_a_name(text):
    assert [piece.key for piece in pieces(text)] == ["django", "rest"]


@pytest.mark.parametrize(
    "text",
    [
        "see https://react.dev/learn?x=1 now",
        "see [this](https://react.dev) now",
        "see [this](react.md) now",
        "see www.react.dev now",
    ],
)
def test_addresses_are_no_words(text):
    assert "react" not in {piece.key for piece in pieces(text)}


def test_words_in_backticks_are_told_from_others():
    told = {piece.written: piece.in_code for piece in pieces("run `make all` and make tea")}
    assert told == {"run": False, "make": False, "all": True, "and": False, "tea": False}


def test_what_is_too_long_for_a_word_is_left_as_it_is():
    assert folded("Ä" * 41) == "Ä" * 41


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    for piece in pieces(text):
        assert piece is BREAK or (piece.key and piece.written in text)


@given(st.text())
def test_the_case_of_a_word_makes_no_difference(text: str) -> None:
    for piece in pieces(text):
        assert piece.key == piece.key.casefold() or len(piece.written) > MAX_WORD


def test_letters_that_only_look_special_are_letters():
    assert folded("ℌ𝐞xa") == "hexa"
