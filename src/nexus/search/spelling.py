"""Words that were probably meant: found in documents the reader may see, and only there.

tantivy finds documents with a word within an edit distance; the word itself is then
looked up in those documents. So a word of hidden documents can never be given away.
"""

from collections.abc import Iterable, Iterator

from tantivy import Occur, Query

from nexus.search import analysis
from nexus.search.parsing import Clause
from nexus.search.queries import QueryBuilder
from nexus.search.reader import count_of
from nexus.search.schema import NAMES, from_index

#: Where words are looked for, and how soon a field's documents are read.
_FIELDS = {"title": 4.0, "summary": 2.0, NAMES: 2.0, "body": 1.0}
#: Documents read, and characters of each, to find the words meant.
_READ_DOCUMENTS = 8
_READ_CHARACTERS = 20_000
#: A word in fewer documents than this may be a slip; a replacement must have more.
FEW = 3
_CANDIDATES = 5


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


class SpellChecker:
    """Corrections within ``scope``: the documents that the reader may see."""

    def __init__(self, builder: QueryBuilder, scope: Query) -> None:
        self._builder = builder
        self._searcher = builder.snapshot.searcher
        self._schema = builder.snapshot.schema
        self._scope = scope

    def corrections(self, clauses: Iterable[Clause]) -> dict[str, tuple[str, ...]]:
        """For every single word that is rare, the word that was probably meant."""
        found: dict[str, tuple[str, ...]] = {}
        for clause in clauses:
            if not clause.is_phrase and not clause.is_unspaced and len(clause.terms) == 1:
                meant = self._meant(clause)
                if meant:
                    found[clause.terms[0]] = (meant,)
        return found

    def _meant(self, clause: Clause) -> str:
        typed, allowed = clause.terms[0], edits_allowed(clause.terms[0])
        known = self._count(self._builder.clause(clause)) if allowed else FEW
        if known >= FEW:
            return ""
        for edits in range(1, allowed + 1):
            near = self._candidates(typed, edits, prefix=clause.prefix)
            counted = [(self._spread(word), word) for word in near]
            spread, best = max(counted, default=(0, ""))
            if spread > known:
                return best
        return ""

    def _candidates(self, typed: str, edits: int, *, prefix: bool) -> list[str]:
        """The words within ``edits`` slips in the best documents that have one, nearest first."""
        measured: dict[str, int] = {}
        for word in self._words_near(typed, edits, prefix=prefix):
            if word != typed and _may_be_near(typed, word, edits, prefix=prefix):
                measured[word] = distance(typed, word, at_most=edits, prefix=prefix)
        near = [word for word, slips in measured.items() if slips <= edits]
        return sorted(near, key=lambda word: (measured[word], len(word), word))[:_CANDIDATES]

    def _words_near(self, typed: str, edits: int, *, prefix: bool) -> Iterator[str]:
        options = [
            (Occur.Should, Query.boost_query(self._fuzzy(name, typed, edits, prefix=prefix), boost))
            for name, boost in _FIELDS.items()
        ]
        query = Query.boolean_query(
            [(Occur.Must, Query.boolean_query(options)), (Occur.Must, self._scope)]
        )
        hits = self._searcher.search(query, limit=_READ_DOCUMENTS, count=False).hits
        seen: set[str] = set()
        for _, address in hits:
            document = from_index(self._searcher.doc(address))
            text = f"{document.title}\n{document.summary}\n{document.body[:_READ_CHARACTERS]}"
            seen.update(analysis.terms(text), analysis.names(text))
        yield from seen

    def _fuzzy(self, name: str, typed: str, edits: int, *, prefix: bool) -> Query:
        return Query.fuzzy_term_query(self._schema, name, typed, distance=edits, prefix=prefix)

    def _spread(self, word: str) -> int:
        return self._count(self._builder.clause(Clause(word, (word,))))

    def _count(self, query: Query) -> int:
        both = Query.boolean_query([(Occur.Must, query), (Occur.Must, self._scope)])
        return count_of(self._searcher.search(both, limit=1))


def _may_be_near(typed: str, word: str, edits: int, *, prefix: bool) -> bool:
    """A quick no for most words, before the distance is worked out."""
    shorter = len(word) < len(typed) - edits
    longer = not prefix and len(word) > len(typed) + edits
    return not (shorter or longer or len(set(typed) - set(word)) > edits)
