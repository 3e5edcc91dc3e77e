"""Text is made comparable without moving a single character."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.search.text import clean, fold, lower


@given(st.text())
def test_every_character_stays_where_it_was(text: str) -> None:
    assert len(fold(lower(text))) == len(text)


def test_no_letter_of_any_script_changes_its_length() -> None:
    letters = [chr(point) for point in range(sys.maxunicode + 1)
               if unicodedata.category(chr(point))[0] == "L"]  # fmt: skip
    assert [letter for letter in letters if len(fold(lower(letter))) != 1] == []


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold(lower(text))
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ÉCOLE", "ecole"),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
        ("ＦＵＬＬ１２", "full12"),
        ("ёлка", "елка"),
        ("новый", "новый"),
        ("ΣΟΦΌΣ", "σοφοσ"),
        ("أحمد", "احمد"),
        ("१२", "12"),
        ("が", "が"),
        ("straße", "straße"),
    ],
)
def test_letters_that_people_take_for_the_same_become_the_same(written: str, folded: str) -> None:
    assert fold(lower(written)) == folded


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_can_always_be_stored(text: str) -> None:
    tidy = clean(text)
    tidy.encode("utf-8")
    assert "\x00" not in tidy
    assert unicodedata.is_normalized("NFC", tidy)


def test_lines_and_tabs_survive_cleaning() -> None:
    assert clean("a\tb\nc\r\x0bd\x00e") == "a\tb\nc\r d e".replace("\r ", "\r ")


def test_decomposed_letters_are_composed() -> None:
    assert clean("cafe\u0301") == "café"
