"""Small pictures drawn as SVG on the server. Each says in words what it shows.

Colours come from classes: the pages allow no inline style.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from django.utils.safestring import SafeString

from nexus.web.templatetags.drawings import drawn, joined

#: A drawing unit is one pixel at the size at which the pictures were designed.
BAR, GAP, HEIGHT = 6, 2, 48
#: Languages beyond these are drawn as one.
MOST_LANGUAGES = 4


class Week(Protocol):
    """How much happened in the seven days from ``start``."""

    @property
    def start(self) -> date:
        """The day on which it begins."""

    @property
    def count(self) -> int:
        """How much."""


class Share(Protocol):
    """How much of a project is written in a language: ``share`` is 0 to 1."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def share(self) -> float:
        """Its part of the whole."""


def bars(weeks: Sequence[Week]) -> SafeString:
    """Changes a week as bars, oldest first. A week without any is a short grey line."""
    highest = max((week.count for week in weeks), default=0)
    rects = joined(_bar(at, week.count, highest) for at, week in enumerate(weeks))
    return drawn(
        '<svg class="bars" viewBox="0 0 %s %s" preserveAspectRatio="none" role="img"'
        ' aria-label="%s">%s</svg>',
        max(len(weeks) * (BAR + GAP) - GAP, 1),
        HEIGHT,
        bars_in_words(weeks),
        rects,
    )


def _bar(at: int, count: int, highest: int) -> SafeString:
    tall = max(round(HEIGHT * count / highest), 3) if count else 2
    return drawn(
        '<rect%s x="%s" y="%s" width="%s" height="%s" rx="1"></rect>',
        SafeString("") if count else SafeString(' class="none"'),
        at * (BAR + GAP),
        HEIGHT - tall,
        BAR,
        tall,
    )


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
    rects = joined(
        drawn('<rect class="language-%s" x="%s" width="%s" height="6"></rect>', at, start, width)
        for at, (start, width) in enumerate(_parts(languages))
    )
    return drawn(
        '<svg class="language-bar" viewBox="0 0 1000 6" preserveAspectRatio="none"'
        ' aria-hidden="true">%s</svg>',
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
