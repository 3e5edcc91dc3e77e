"""The small pictures drawn on the server: bars of activity, bars of languages."""

import re
from datetime import date, timedelta
from types import SimpleNamespace as Thing

from hypothesis import given
from hypothesis import strategies as st

from nexus.web.templatetags import pictures

COUNTS = st.lists(st.integers(min_value=0, max_value=10_000), max_size=60)


def weeks(*counts: int) -> list[Thing]:
    first = date(2026, 5, 25)
    return [Thing(start=first + timedelta(weeks=at), count=n) for at, n in enumerate(counts)]


def test_the_bars_say_in_words_what_they_show() -> None:
    assert pictures.bars_in_words(weeks(0, 12, 3)) == (
        "15 changes in 3 weeks; most, 12, in the week of 1 June 2026; 3 in the latest week."
    )


def test_a_quiet_half_year_is_said_to_be_one() -> None:
    assert pictures.bars_in_words(weeks(0, 0)) == "No changes in 2 weeks."
    assert 'aria-label="No changes in 2 weeks."' in pictures.bars(weeks(0, 0))


def test_a_week_without_changes_is_drawn_apart() -> None:
    html = pictures.bars(weeks(0, 4))
    assert html.count('class="none"') == 1


def test_no_weeks_draw_nothing() -> None:
    assert "<rect" not in pictures.bars([])


@given(COUNTS)
def test_every_week_is_a_bar_inside_the_picture(counts: list[int]) -> None:
    html = pictures.bars(weeks(*counts))
    bars = re.findall(r'x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', html)
    assert len(bars) == len(counts)
    for _, top, _, height in bars:
        assert int(top) + int(height) == pictures.HEIGHT
        assert int(height) >= 2


@given(COUNTS)
def test_no_inline_style_is_written(counts: list[int]) -> None:
    assert "style=" not in pictures.bars(weeks(*counts))


def test_languages_divide_the_bar_by_their_shares() -> None:
    html = pictures.language_bar([Thing(name="Python", share=0.75), Thing(name="HTML", share=0.25)])
    assert 'class="language-0" x="0" width="744"' in html
    assert 'class="language-1" x="750" width="244"' in html


def test_many_languages_end_in_one_part_for_the_rest() -> None:
    html = pictures.language_bar([Thing(name=str(at), share=0.1) for at in range(10)])
    assert html.count("<rect") == pictures.MOST_LANGUAGES + 1


def test_a_trace_of_a_language_can_still_be_seen() -> None:
    html = pictures.language_bar([Thing(name="Shell", share=0.001)])
    assert 'width="2"' in html
