"""The difference between two versions of a text, made to be read by people.

libgit2 finds the lines, as ``git diff`` would, in bounded time. Where lines were replaced by as
many others, each pair says which of its words differ (``DiffLine.segments``). How a comparison is
laid out, in one column or two, is the template's business; hide addresses in both texts before
comparing them for a guest.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import islice

import pygit2
from pygit2.enums import DiffOption

#: What is shown of a comparison at most (in lines).
MAX_SHOWN = 5_000
#: Words are marked in no longer lines (in words), and in no more pairs of lines.
MAX_WORDS = 300
MAX_PAIRS = 200
#: Pairs of words that are equal, beyond which only the ends of two lines are compared: finding
#: the best match takes cubic time on lines that repeat themselves.
_MAX_EQUAL = 1_000
#: Lines that share less than this are two lines, not one that was changed.
_LIKENESS = 0.4

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


class LineKind(StrEnum):
    """What happened to a line."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a line; ``changed`` when the other version has other words there."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of either version. Numbers count from 1; None where that version lacks it."""

    kind: LineKind
    old_number: int | None
    new_number: int | None
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Hunk:
    """Neighbouring changes, with the lines around them."""

    lines: tuple[DiffLine, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """How one version became the other; ``is_cut`` when there is more than ``hunks`` show."""

    hunks: tuple[Hunk, ...] = ()
    added: int = 0
    removed: int = 0
    is_cut: bool = False


_KINDS = {" ": LineKind.SAME, "+": LineKind.ADDED, "-": LineKind.REMOVED}


def diff_html(old: str, new: str, *, context: int = 3) -> Diff:
    """Compare two versions; ``context`` is the number of unchanged lines around each change."""
    # The patch points into these bytes and does not keep them: they must outlive it.
    old_data, new_data = old.encode(), new.encode()
    patch = pygit2.Patch.create_from(
        old_data, new_data, flag=DiffOption.FORCE_TEXT, context_lines=context
    )
    _, added, removed = patch.line_stats
    hunks: list[Hunk] = []
    left, pairs = MAX_SHOWN, MAX_PAIRS
    for found in patch.hunks:
        lines = list(islice(_lines(found), left + 1))
        hunks.append(Hunk(tuple(_with_words(lines[:left], pairs))))
        pairs -= min(pairs, len(lines))
        if len(lines) > left:
            return Diff(tuple(hunks), added, removed, is_cut=True)
        left -= len(lines)
    return Diff(tuple(hunks), added, removed)


def _lines(hunk: pygit2.DiffHunk) -> Iterator[DiffLine]:
    for line in hunk.lines:
        kind = _KINDS.get(line.origin)
        if kind is None:  # a remark about the end of the file
            continue
        yield DiffLine(
            kind,
            line.old_lineno if kind is not LineKind.ADDED else None,
            line.new_lineno if kind is not LineKind.REMOVED else None,
            (Segment(line.content.removesuffix("\n")),),
        )


def _with_words(lines: Sequence[DiffLine], pairs: int) -> list[DiffLine]:
    """The lines, with the words marked in those that replace as many others."""
    marked = list(lines)
    for first, middle, last in _replacements(lines):
        if middle - first != last - middle or last - middle > pairs:
            continue
        for old, new in zip(range(first, middle), range(middle, last), strict=True):
            marked[old], marked[new] = _compared(lines[old], lines[new])
    return marked


def _replacements(lines: Sequence[DiffLine]) -> Iterator[tuple[int, int, int]]:
    """Where removed lines begin, where the added ones after them begin, and where they end."""
    at = 0
    while at < len(lines):
        first = at
        while at < len(lines) and lines[at].kind is LineKind.REMOVED:
            at += 1
        middle = at
        while at < len(lines) and lines[at].kind is LineKind.ADDED:
            at += 1
        if first < middle < at:
            yield first, middle, at
        at = max(at, first + 1)


def _compared(old: DiffLine, new: DiffLine) -> tuple[DiffLine, DiffLine]:
    old_words, new_words = _WORD.findall(old.text), _WORD.findall(new.text)
    if max(len(old_words), len(new_words)) > MAX_WORDS:
        return old, new
    old_parts, new_parts = list[Segment](), list[Segment]()
    for tag, i1, i2, j1, j2 in _opcodes(old_words, new_words):
        old_parts += _segment(old_words[i1:i2], changed=tag != "equal")
        new_parts += _segment(new_words[j1:j2], changed=tag != "equal")
    return replace(old, segments=tuple(old_parts)), replace(new, segments=tuple(new_parts))


_Opcodes = list[tuple[str, int, int, int, int]]


def _opcodes(old: list[str], new: list[str]) -> _Opcodes:
    counts = Counter(new)
    if sum(counts[word] for word in old) > _MAX_EQUAL:
        return _ends(old, new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LIKENESS:
        return [("equal", 0, len(old), 0, len(new))]
    return list(matcher.get_opcodes())


def _ends(old: list[str], new: list[str]) -> _Opcodes:
    """What is between the words that both lines begin with and those that both end with."""
    shorter = min(len(old), len(new))
    first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = range(1, shorter - first + 1)
    last = next((at - 1 for at in rest if old[-at] != new[-at]), shorter - first)
    i2, j2 = len(old) - last, len(new) - last
    return [
        ("equal", 0, first, 0, first),
        ("replace", first, i2, first, j2),
        ("equal", i2, len(old), j2, len(new)),
    ]


def _segment(words: list[str], *, changed: bool) -> list[Segment]:
    return [Segment("".join(words), changed)] if words else []
