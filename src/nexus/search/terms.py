"""What the index knows of its terms, asked once of each.

To find a term in every segment takes microseconds, and a question wants to know of the same ones
again and again: whether they are anywhere, how rare they are, where to look for them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tantivy import Searcher

from nexus.kernel.remembering import Remembered
from nexus.search.analysis import MAX_TERM
from nexus.search.schema import LOOSE, NAMES, TEXT_FIELDS

#: So many terms of each field are remembered, and so many beginnings: some 150 bytes each.
_REMEMBERED = 2_000
#: More terms that begin alike are not counted.
MANY = 51


class Terms:
    """The terms of the fields with words. Belongs to one snapshot, so it is never out of date.

    What is hidden counts, and so does what was replaced as long as it takes room.
    """

    def __init__(self, searcher: Searcher) -> None:
        fields = [_Field(searcher, name) for name in (*TEXT_FIELDS, NAMES, LOOSE)]
        self._documents = {each.name: _remembered(each.documents) for each in fields}
        self._begun = {each.name: _remembered(each.begun) for each in fields}

    def documents(self, field: str, term: str) -> int:
        """How many documents have ``term`` in ``field``."""
        return self._documents[field][term]

    def begun(self, field: str, beginning: str) -> int:
        """How many terms of ``field`` begin so; ``MANY`` may be more."""
        return self._begun[field][beginning]


@dataclass(frozen=True, slots=True)
class _Field:
    """The terms of one field, asked of the index."""

    searcher: Searcher
    name: str

    def documents(self, term: str) -> int:
        return self.searcher.doc_freq(self.name, term)

    def begun(self, beginning: str) -> int:
        return len(self.searcher.terms_with_prefix(self.name, beginning, limit=MANY))


def _remembered(work: Callable[[str], int]) -> Remembered[int]:
    return Remembered(work, most=_REMEMBERED, longest=MAX_TERM)
