"""Finding the challenges in a text, in whichever way they are told."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice

from nexus.library.extraction.challenges.items import told_in_items
from nexus.library.extraction.challenges.lists import told_in_two_lists
from nexus.library.extraction.challenges.model import Form, FoundChallenge
from nexus.library.extraction.challenges.scopes import Place, places
from nexus.library.extraction.challenges.tables import told_in_tables
from nexus.library.extraction.challenges.telling import told_with_labels
from nexus.library.extraction.outline import Outline

#: So many challenges are taken from one text.
MAX_FOUND = 200
#: So many blocks and sections of a text are looked at: more than the longest README has.
MAX_BLOCKS = 4_000
MAX_SECTIONS = 800


def find_challenges(outline: Outline) -> tuple[FoundChallenge, ...]:
    """The challenges that a text tells of, in the order in which they stand.

    A text with nothing of the kind gives nothing. Never raises; the work is in proportion to the
    length of the text, up to a bound.
    """
    sections = outline.up_to(MAX_BLOCKS).sections()
    read = list(places(islice(sections, MAX_SECTIONS)))
    labelled, told = told_with_labels(read)
    found = [*told_in_two_lists(read), *labelled, *_of_each(read, told_in_tables)]
    return _once([*found, *islice(_without_labels(read, told, found), MAX_FOUND)])


def _without_labels(
    read: Sequence[Place], told: Collection[int], found: Sequence[FoundChallenge]
) -> Iterator[FoundChallenge]:
    """What is told without labels: in sections of its own, or in arrows beside what was found."""
    taken = {line for each in found for line in (each.line, each.end_line)}
    in_order = sorted((each.line, each.end_line) for each in found)
    starts = [start for start, _ in in_order]
    ends = list(accumulate((end for _, end in in_order), max))
    for number, place in enumerate(read):
        is_own = number not in told and taken.isdisjoint(_lines(place))
        for each in told_in_items(place):
            before = bisect_right(starts, each.end_line)
            is_free = not before or ends[before - 1] < each.line
            if is_own or (is_free and each.form is Form.ARROW):
                yield each


def _of_each(
    read: Iterable[Place], reader: Callable[[Place], Iterable[FoundChallenge]]
) -> Iterator[FoundChallenge]:
    return islice(chain.from_iterable(map(reader, read)), MAX_FOUND)


def _lines(place: Place) -> range:
    """The lines below the heading of a section."""
    blocks = place.section.blocks
    return range(blocks[0].line, blocks[-1].end_line + 1) if blocks else range(0)


def _once(found: list[FoundChallenge]) -> tuple[FoundChallenge, ...]:
    """In order, and what is told twice only once."""
    kept: dict[tuple[str, str], FoundChallenge] = {}
    for challenge in sorted(found, key=lambda each: (each.line, each.end_line)):
        kept.setdefault((challenge.problem, challenge.action), challenge)
    return tuple(islice(kept.values(), MAX_FOUND))
