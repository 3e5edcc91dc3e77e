"""Promises of the words that topics are compared by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.topics.words import MAX_WORD, STOP, folded, key_of, words_of, written_of


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
    assert list(words_of([text]).keys[:3]) == ["django", STOP, "rest"]


@pytest.mark.parametrize("text", ["Django\nREST", "Django REST", "**Django** REST", "Django-REST"])
def test_marks_and_wrapped_lines_do_not_part_a_name(text):
    assert key_of(text) == ("django", "rest")
    assert list(words_of([text]).keys) == ["django", "rest", STOP]


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
    assert "react" not in key_of(text)


def test_words_in_backticks_are_told_from_others():
    words = words_of(["run `make all` and make tea", "an `open", "and shut"])
    told = [word for place, word in enumerate(words.written) if words.is_in_code(place)]
    assert [word for word in told if word.isalpha()] == ["make", "all", "open"]


def test_every_word_knows_its_text():
    words = words_of(["one two", "", "three"])
    texts = {word: words.text_of(place) for place, word in enumerate(words.written)}
    assert (texts["one"], texts["two"], texts["three"]) == (0, 0, 2)
    assert list(words.lengths()) == [2, 0, 1]


@pytest.mark.parametrize("length", [10, 119, 120, 121, 5_000])
def test_long_pieces_are_cut_as_short_ones_are(length):
    piece = f"{'x' * (length - 8)}/Django,"
    for _ in range(2):  # the second time it may be remembered
        assert list(words_of([piece]).keys[1:3]) == ["django", STOP]


def test_what_parts_texts_cannot_be_written():
    assert len(words_of(["one\x1etwo"]).ends) == 1


def test_what_is_too_long_for_a_word_is_left_as_it_is():
    assert folded("Ä" * 41) == "Ä" * 41


def test_letters_that_only_look_special_are_letters():
    assert folded("ℌ𝐞xa") == "hexa"


def test_only_so_many_words_are_remembered():
    words = words_of([f"word{number}" for number in range(60_000)])
    assert words.keys[-2] == "word59999"


@given(st.lists(st.text()))
def test_any_texts_have_words(texts: list[str]) -> None:
    words = words_of(texts)
    assert len(words.written) == len(words.keys)
    assert len(words.ends) == len(texts)
    for word, key in zip(words.written, words.keys, strict=True):
        assert key == key.casefold() or len(word) > MAX_WORD
