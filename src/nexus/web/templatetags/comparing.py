"""A comparison laid side by side: the former lines left, the later ones right.

One table serves both widths. On a wide screen a row holds a line of each version; on a narrow
one the style sheet puts the cells of a row below one another, which reads as a unified diff.
"""

from collections.abc import Iterator
from itertools import groupby, zip_longest

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from nexus.library.rendering.diffing import DiffLine, Hunk, LineKind

#: A line of the former version beside its line of the later one; either may be missing.
Pair = tuple[DiffLine | None, DiffLine | None]

TAGS = {LineKind.ADDED: "ins", LineKind.REMOVED: "del"}
WORDS = {LineKind.ADDED: "Added:", LineKind.REMOVED: "Removed:"}


def pairs(hunk: Hunk) -> Iterator[Pair]:
    """The lines of a hunk as they face each other, top to bottom."""
    for is_same, run in groupby(hunk.lines, lambda line: line.kind is LineKind.SAME):
        lines = list(run)
        if is_same:
            yield from ((line, line) for line in lines)
        else:
            removed = [line for line in lines if line.kind is LineKind.REMOVED]
            added = [line for line in lines if line.kind is LineKind.ADDED]
            yield from zip_longest(removed, added)


def rows(hunk: Hunk) -> SafeString:
    """The rows of the table: number and text before, number and text after."""
    return format_html_join("\n", "{}", ((_row(old, new),) for old, new in pairs(hunk)))


def _row(old: DiffLine | None, new: DiffLine | None) -> SafeString:
    css_class = "same" if old is new else "changed"
    before = _cells(old, old.old_number if old else None, "old")
    after = _cells(new, new.new_number if new else None, "new")
    return format_html('<tr class="{}">{}{}</tr>', css_class, before, after)


def _cells(line: DiffLine | None, number: int | None, side: str) -> SafeString:
    if line is None:
        return format_html('<td class="at none"></td><td class="{} none"></td>', side)
    return format_html(
        '<td class="at {kind}" data-line="{number}"></td><td class="{side} {kind}">{text}</td>',
        kind=line.kind.value,
        number=number or "",
        side=side,
        text=_text(line),
    )


def _text(line: DiffLine) -> SafeString:
    """The words of a line, those that changed marked, with what happened for those who listen."""
    tag = TAGS.get(line.kind)
    said = WORDS.get(line.kind)
    before = format_html('<span class="hidden-visually">{} </span>', said) if said else ""
    parts = (
        format_html("<{0}>{1}</{0}>", tag, part.text) if tag and part.changed else part.text
        for part in line.segments
    )
    return format_html("{}{}", before, format_html_join("", "{}", ((part,) for part in parts)))
