"""Somebody whom a repository names has a page that shows no address of theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.people.page_names import without_address
from nexus.people.services import ensure_page_of


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("ada@example.org", "ada"),
        ("ada%40example.org", "ada"),
        ("ada\N{FULLWIDTH COMMERCIAL AT}example.org", "ada"),
        ("Ada Lovelace <ada@example.org>", "Ada Lovelace"),
        ("<ada@example.org>", "ada"),
        ("@example.org", "Somebody"),
        ("", ""),
    ],
)
def test_what_is_left_of_a_name(name, left):
    assert without_address(name) == left


@given(st.text(max_size=60))
def test_no_name_keeps_an_at_sign(name):
    assert "@" not in without_address(name)


@pytest.mark.django_db
def test_neither_the_handle_nor_the_name_of_a_page_is_an_address():
    person = ensure_page_of("ada.lovelace@example.org")
    assert (person.handle, person.name) == ("ada-lovelace", "ada.lovelace")
    assert ensure_page_of("ada.lovelace@example.com") == person
