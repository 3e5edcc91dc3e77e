"""Small pictures drawn as SVG on the server. Each says in words what it shows.

Colours come from classes: the pages allow no inline style.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: A drawing unit is one pixel at the size at which the pictures were designed.
BAR, GAP, HEIGHT = 6, 2, 48
#: Languages beyond these are drawn as one.
MOST_LANGUAGES = 4


class Week(Protocol):
    """How much happened in the seven days from ``start``."""

    start: date
    count: int


class Share(Protocol):
    """How much of a project is written in a language: ``share`` is 0 to 1."""

    name: str
    share: float


def bars(weeks: Sequence[Week]) -> SafeString:
    """Changes a week as bars, oldest first. A week without any is a short grey line."""
    highest = max((week.count for week in weeks), default=0)
    rects = format_html_join(
        "",
        '<rect{} x="{}" y="{}" width="{}" height="{}" rx="1"></rect>',
        (_bar(at, week.count, highest) for at, week in enumerate(weeks)),
    )
    return format_html(
        '<svg class="bars" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img"'
        ' aria-label="{}">{}</svg>',
        max(len(weeks) * (BAR + GAP) - GAP, 1),
        HEIGHT,
        bars_in_words(weeks),
        rects,
    )


def _bar(at: int, count: int, highest: int) -> tuple[SafeString, int, int, int, int]:
    tall = max(round(HEIGHT * count / highest), 3) if count else 2
    css_class = SafeString("") if count else SafeString(' class="none"')
    return css_class, at * (BAR + GAP), HEIGHT - tall, BAR, tall


def bars_in_words(weeks: Sequence[Week]) -> str:
    """What the bars show, as a sentence."""
    total = sum(week.count for week in weeks)
    if not total:
        return f"No changes in {len(weeks)} weeks."
    busiest = max(weeks, key=lambda week: week.count)
    return (
        f"{total} changes in {len(weeks)} weeks; most, {busiest.count}, "
        f"in the week of {busiest.start:%-d %B %Y}; {weeks[-1].count} in the latest week."
    )


def language_bar(languages: Iterable[Share]) -> SafeString:
    """The languages of a project as one divided bar; the words stand beside it in the page."""
    parts = _parts(languages)
    rects = format_html_join(
        "",
        '<rect class="language-{}" x="{}" width="{}" height="6"></rect>',
        ((at, start, width) for at, (start, width) in enumerate(parts)),
    )
    return format_html(
        '<svg class="language-bar" viewBox="0 0 1000 6" preserveAspectRatio="none"'
        ' aria-hidden="true">{}</svg>',
        rects,
    )


def _parts(languages: Iterable[Share]) -> list[tuple[int, int]]:
    """Where each part begins and how wide it is, in thousandths, with a little air between."""
    widths = [round(language.share * 1000) for language in languages]
    shown, rest = widths[:MOST_LANGUAGES], sum(widths[MOST_LANGUAGES:])
    parts, start = [], 0
    for width in [*shown, *([rest] if rest else [])]:
        parts.append((start, max(width - 6, 2)))
        start += width
    return parts
