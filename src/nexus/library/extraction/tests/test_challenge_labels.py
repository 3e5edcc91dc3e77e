"""The quick look for labels never passes over one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.challenges.vocabulary import may_hold_label, role_of

_WORDS = st.sampled_from(
    [
        "challenge",
        "Problem",
        "my",
        "1",
        "faced",
        "solution",
        "what",
        "i",
        "did",
        "root",
        "cause",
        "fix",
        "x",
    ]
)


@pytest.mark.parametrize("text", ["**What I did:** x", "- Root cause: x", "Défi : x", "FIX - x"])
def test_a_text_with_a_label_may_hold_one(text: str) -> None:
    assert may_hold_label(text)


@pytest.mark.parametrize("text", ["", "Prices: 12", "- [Books](https://x.example) - many words"])
def test_most_text_is_told_at_a_glance(text: str) -> None:
    assert not may_hold_label(text)


@given(st.lists(_WORDS, min_size=1, max_size=6).map(" ".join))
def test_whatever_has_a_role_is_never_passed_over(label: str) -> None:
    assert may_hold_label(f"- {label}: x") or role_of(label) is None
