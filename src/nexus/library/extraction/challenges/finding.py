"""Finding the challenges in a text, in whichever way they are told."""

from itertools import islice

from nexus.library.extraction.challenges.items import told_in_items
from nexus.library.extraction.challenges.labelled import told_with_labels
from nexus.library.extraction.challenges.lists import told_in_two_lists
from nexus.library.extraction.challenges.model import FoundChallenge
from nexus.library.extraction.challenges.scopes import Place, places
from nexus.library.extraction.challenges.tables import told_in_tables
from nexus.library.extraction.outline import Outline

#: So many challenges are taken from one text.
MAX_FOUND = 200
#: So many blocks of a text are looked at: a book, not a README.
MAX_BLOCKS = 4_000


def find_challenges(outline: Outline) -> tuple[FoundChallenge, ...]:
    """The challenges that a text tells of, in the order in which they stand.

    A text with nothing of the kind gives nothing. Never raises; the work is in proportion to the
    length of the text.
    """
    read = list(places(Outline(outline.blocks[:MAX_BLOCKS]).sections()))
    found = told_in_two_lists(read) + told_with_labels(read)
    for place in read:
        found += told_in_tables(place)
    taken = {line for each in found for line in (each.line, each.end_line)}
    for place in read:
        if taken.isdisjoint(_lines(place)):
            found += told_in_items(place)
    return _once(found)


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
