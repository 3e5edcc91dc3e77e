"""A token is told by its form, and what is kept of it gives nothing away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.credentials.tokens import (
    digest_of,
    is_same,
    is_token,
    make_token,
    prefix_of,
)
from nexus.library.extraction.secrets import find_secrets, hide_secrets


def test_a_token_has_the_form_and_is_never_made_twice():
    made = [make_token() for _ in range(100)]
    assert all(is_token(one.text) and len(one.text) == 50 for one in made)
    assert len({one.text for one in made}) == len({one.prefix for one in made}) == 100


def test_what_is_kept_gives_nothing_away():
    made = make_token()
    assert made.prefix == made.text[:12] == prefix_of(made.text)
    assert made.text[12:44] not in made.prefix + made.digest
    assert is_same(made.text, made.digest)
    assert not is_same(make_token().text, made.digest)
    assert made.digest == digest_of(made.text)


@given(st.integers(0, 49), st.characters(codec="utf-8"))
def test_one_wrong_letter_is_noticed(at, letter):
    text = make_token().text
    wrong = text[:at] + letter + text[at + 1 :]
    assert is_token(wrong) == (wrong == text)


@pytest.mark.parametrize("text", ["", "nxs_", "nxs_" + "A" * 46, "secret", "nxs_\n" + "A" * 45])
def test_what_is_no_token(text):
    assert not is_token(text)


@given(st.text())
def test_any_text_can_be_asked_about(text):
    assert not is_token(text)


def test_a_token_in_a_published_text_is_hidden():
    token = make_token().text
    text = f"git clone https://ada:{token}@hub.example.org/git/commons/notes.git\n{token}\n"
    assert "Nexus access token" in {found.what for found in find_secrets(text)}
    assert token not in hide_secrets(text)
