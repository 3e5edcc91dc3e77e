"""Names in pictures: no line is wider than it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.topics.lettering import broken, cut, text_width


@given(st.text(max_size=80), st.floats(8, 40), st.floats(60, 400))
def test_no_line_is_wider_than_it_may_be(name, size, widest):
    lines = broken(name, size, preferred=widest / 2, widest=widest)

    assert 1 <= len(lines) <= 2
    assert all(text_width(line, size) <= widest or line == "…" for line in lines)


@given(st.text(max_size=80))
def test_what_fits_is_whole(name):
    words = " ".join(name.split())

    assert broken(name, 10, preferred=10_000, widest=10_000) == (words,)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Django", ("Django",)),
        ("Django REST Framework", ("Django REST", "Framework")),
        ("Configuration and secrets", ("Configuration", "and secrets")),
        ("Internationalisation", ("Internationalisation",)),
    ],
)
def test_a_long_name_is_broken_where_its_lines_are_most_alike(name, lines):
    assert broken(name, 13, preferred=100, widest=400) == lines


def test_wide_letters_need_more_room_than_narrow_ones():
    assert text_width("mm", 10) > text_width("AA", 10) > text_width("ee", 10) > text_width("ii", 10)
    assert text_width("字", 10) > text_width("M", 10)


def test_what_is_cut_says_so():
    assert cut("a" * 50, 10, widest=62) == "aaaaaaaa…"
    assert cut("short", 10, widest=62) == "short"
