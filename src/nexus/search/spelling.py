"""Words that were probably meant: found in documents the reader may see, and only there.

A word that is one slip away is looked up in the index and then counted in those documents.
For more slips, and for words still being typed, tantivy finds documents with a word within an
edit distance; the word itself is then looked up in them. So a word of hidden documents can
never be given away.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tantivy import Query

from nexus.search import analysis
from nexus.search.analysis import MAX_TERM
from nexus.search.neighbours import can_have_neighbours, neighbours
from nexus.search.parsing import Clause
from nexus.search.queries import QueryBuilder
from nexus.search.reader import count_of
from nexus.search.schema import SPELLING, record_of
from nexus.search.scoping import Scope
from nexus.search.text import fold, lower

#: Documents read, and characters of each, to find the words meant.
_READ_DOCUMENTS = 5
_READ_CHARACTERS = 20_000
#: A word in fewer documents than this may be a slip; a replacement must have more.
FEW = 3
_CANDIDATES = 4

_WORDS = re.compile(r"[^\W_]{3,}")


def edits_allowed(word: str) -> int:
    """How many slips a word of this length may hold."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def distance(typed: str, word: str, *, at_most: int, prefix: bool = False) -> int:
    """The slips between ``typed`` and ``word``: letters added, lost, changed or swapped.

    With ``prefix``, between ``typed`` and the nearest beginning of ``word``. Any answer
    above ``at_most`` means only that it is more. (Optimal string alignment distance.)
    """
    rows = [list(range(len(word) + 1))]
    for i in range(1, len(typed) + 1):
        rows.append(_row(typed[:i], word, rows))
        if min(rows[-1]) > at_most:
            return at_most + 1
    return min(rows[-1]) if prefix else rows[-1][-1]


def _row(typed: str, word: str, rows: list[list[int]]) -> list[int]:
    """The distances of ``typed`` to every beginning of ``word``, from the rows before."""
    above, last = rows[-1], typed[-1]
    row = [len(typed)]
    for j, letter in enumerate(word, start=1):
        cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != last))
        if j > 1 and len(rows) > 1 and letter == typed[-2] and word[j - 2] == last:
            cost = min(cost, rows[-2][j - 2] + 1)
        row.append(cost)
    return row


@dataclass(frozen=True, slots=True)
class _Slip:
    """A word as typed, how many slips it is taken to hold, and whether it may go on."""

    typed: str
    edits: int
    prefix: bool

    def near(self, words: Iterable[Iterable[str]]) -> dict[str, int]:
        """Those of the ``words`` of several texts that may have been meant, with their distance."""
        measured = {word: self._distance(word) for word in self._likely(set().union(*words))}
        return {word: far for word, far in measured.items() if far <= self.edits}

    def _likely(self, words: set[str]) -> list[str]:
        """Without most of the words that are too far, before any distance is worked out."""
        letters, shortest = set(self.typed), len(self.typed) - self.edits
        longest = MAX_TERM if self.prefix else len(self.typed) + self.edits
        return [
            word
            for word in words
            if shortest <= len(word) <= longest
            and len(letters.difference(word)) <= self.edits
            and word != self.typed
        ]

    def _distance(self, word: str) -> int:
        return distance(self.typed, word, at_most=self.edits, prefix=self.prefix)


class SpellChecker:
    """Corrections within ``scope``: the documents that the reader may see."""

    def __init__(self, builder: QueryBuilder, scope: Scope) -> None:
        self._builder = builder
        self._searcher = builder.snapshot.searcher
        self._schema = builder.snapshot.schema
        self._scope = scope

    def corrections(self, clauses: tuple[Clause, ...], *, total: int) -> dict[str, tuple[str, ...]]:
        """For every single word that is rare, the word that was probably meant.

        ``total`` is how many documents have all of ``clauses``.
        """
        found: dict[str, tuple[str, ...]] = {}
        for clause in filter(_can_be_corrected, clauses):
            known = total if len(clauses) == 1 else self._count(self._builder.clause(clause))
            meant = self._meant(clause, known) if known < FEW else ""
            if meant:
                found[clause.terms[0]] = (meant,)
        return found

    def _meant(self, clause: Clause, known: int) -> str:
        guesses = self._guesses(clause.terms[0], prefix=clause.prefix)
        return next((word for spread, word in guesses if spread > known), "")

    def _guesses(self, typed: str, *, prefix: bool) -> Iterator[tuple[int, str]]:
        """The word in most documents for every number of slips, whole words before beginnings."""
        is_listed = can_have_neighbours(typed)
        if is_listed:
            yield self._most_seen(neighbours(self._searcher, typed))
        for edits in range(2 if is_listed and not prefix else 1, edits_allowed(typed) + 1):
            near = self._candidates(_Slip(typed, edits, prefix))
            yield max(((self._spread(word), word) for word in near), default=(0, ""))

    def _most_seen(self, near: Mapping[str, int]) -> tuple[int, str]:
        """The one of the words ``near`` that is in the most documents within the scope.

        ``near`` says in how many documents each is at most, so most need not be counted.
        """
        best = (0, "")
        for word in sorted(near, key=lambda word: (-near[word], word)):
            if near[word] < best[0]:
                break
            best = max(best, (self._spread(word), word))
        return best

    def _candidates(self, slip: _Slip) -> list[str]:
        """The words near ``slip`` in the documents that have one, nearest first."""
        texts = [
            "\n".join((record["title"], record["summary"], record["body"]))[:_READ_CHARACTERS]
            for record in self._records_near(slip)
        ]
        near = slip.near(_WORDS.findall(fold(lower(text))) for text in texts)
        near = near or slip.near(map(analysis.names, texts))
        return sorted(near, key=lambda word: (near[word], len(word), word))[:_CANDIDATES]

    def _records_near(self, slip: _Slip) -> Iterator[dict[str, Any]]:
        near = Query.fuzzy_term_query(
            self._schema, SPELLING, slip.typed, distance=slip.edits, prefix=slip.prefix
        )
        near = self._scope.around(near)
        hits = self._searcher.search(near, limit=_READ_DOCUMENTS, count=False).hits
        return (record_of(self._searcher.doc(address)) for _, address in hits)

    def _spread(self, word: str) -> int:
        return self._count(self._builder.term(SPELLING, word, "basic"))

    def _count(self, query: Query) -> int:
        return count_of(self._searcher.search(self._scope.around(query), limit=1))


def _can_be_corrected(clause: Clause) -> bool:
    if clause.is_phrase or clause.is_unspaced or len(clause.terms) != 1:
        return False
    return edits_allowed(clause.terms[0]) > 0
