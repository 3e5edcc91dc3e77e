"""Questions turned into tantivy queries: what matches, and how much each match counts.

A word is looked for in every text field, the title counting most; in ``names`` for names
of code; in ``loose`` by its stem. Exact counts more than stem, stem more than prefix, and
a correction less than all of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self

from tantivy import Occur, Query

from nexus.search import analysis, stemming
from nexus.search.parsing import Clause, Question
from nexus.search.reader import Snapshot
from nexus.search.schema import LOOSE, NAMES, RUNS
from nexus.search.terms import MANY

#: Factors on BM25 for a word found exactly, by field.
_EXACT = {"title": 5.0, NAMES: 2.5, "summary": 2.0, "context": 1.5, "path": 1.2, "body": 1.0}
_STEM = 0.6
#: Scores for a word that only begins as asked; BM25 of an exact word is mostly 2 to 40.
_PREFIX = {"title": 2.0, NAMES: 0.8, "summary": 0.6, "context": 0.5, "path": 0.4, "body": 0.3}
#: Factors for several terms side by side, by field.
SIDE_BY_SIDE = {"title": 3.0, "summary": 1.5, "path": 1.0, "body": 1.0, "context": 1.0}
_CORRECTED = 0.4
#: Up to so many words count more where they happen to stand side by side.
_MOST_NEAR, _NEAR = 4, {name: SIDE_BY_SIDE[name] for name in ("title", "summary")}

#: A prefix of one letter stands for half the dictionary, so it is not looked up at all; a
#: short one only where it costs little or says much.
_SHORTEST_PREFIX, _SHORT_PREFIX = 2, 3
_SHORT_PREFIX_FIELDS = ("title", "context", "body")

Replacements = Mapping[str, tuple[str, ...]]


class Place(NamedTuple):
    """Where a word stands: as ``value`` in the ``field`` of so many ``documents``."""

    field: str
    value: str
    factor: float
    documents: int


def any_of(queries: Iterable[Query]) -> Query:
    """Documents that match at least one of ``queries``."""
    found = list(queries)
    if len(found) < 2:
        return found[0] if found else Query.empty_query()
    return Query.boolean_query([(Occur.Should, query) for query in found])


def all_of(queries: Iterable[Query]) -> Query:
    """Documents that match every one of ``queries``."""
    found = list(queries)
    if len(found) == 1:
        return found[0]
    return Query.boolean_query([(Occur.Must, query) for query in found])


@dataclass(frozen=True)
class QueryBuilder:
    """Builds queries for one snapshot. ``replacements`` are corrections by word.

    What no document has is left out of them: looking for it in every segment takes its time.
    Where a word stands is looked up once, for this builder and those made of it.
    """

    snapshot: Snapshot
    replacements: Replacements = field(default_factory=dict)
    _known: dict[tuple[str, str], list[Place]] = field(default_factory=dict)

    def correcting(self, replacements: Replacements) -> Self:
        """The same builder with other corrections."""
        return replace(self, replacements=replacements)

    def matching(self, question: Question, *, every: bool) -> Query | None:
        """What the words of ``question`` match; None when it has no wanted words.

        With ``every``, documents must have all the words but those that say little.
        """
        clauses = question.wanted
        if not clauses:
            return None
        demanded = self.telling(clauses)
        if not every:
            return any_of(self.clause(clause) for clause in demanded)
        parts = [(Occur.Must, self.clause(clause)) for clause in demanded]
        parts += [(Occur.Should, self.clause(c)) for c in clauses if c not in demanded]
        parts += [(Occur.Should, query) for query in self._near(demanded)]
        return Query.boolean_query(parts)

    def unranked(self, question: Question) -> Query | None:
        """What finds the same documents as a phrase of frequent words; None for other questions."""
        if len(question.wanted) != 1 or not question.wanted[0].is_whole_phrase:
            return None
        (clause,) = question.wanted
        run = "_".join(clause.terms)
        known = run in analysis.frequent_runs(clause.terms)
        return self.term(RUNS, run, "basic") if known else None

    def telling(self, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        """The clauses that must be met: all but stop words, unless there are only such."""
        return tuple(c for c in clauses if not self._says_little(c)) or clauses

    def clause(self, clause: Clause) -> Query:
        """What one word or phrase matches."""
        if clause.is_phrase:
            return self._phrase(clause)
        if clause.is_unspaced:
            return self._run(clause)
        if len(clause.terms) > 1:
            return self._compound(clause)
        return self._word(clause.terms[0], name=analysis.glued(clause.text), prefix=clause.prefix)

    def is_nowhere(self, clause: Clause) -> bool:
        """Whether ``clause`` is a word that no document has, nor one that goes on from it."""
        if not clause.is_word or clause.terms[0] in self.replacements:
            return False
        return not (self.places(clause) or (clause.prefix and self._begun(clause.terms[0])))

    def places(self, clause: Clause) -> list[Place]:
        """Where a word stands, and what each place counts."""
        return self._places(clause.terms[0], name=analysis.glued(clause.text))

    def _places(self, term: str, *, name: str) -> list[Place]:
        if (term, name) not in self._known:
            self._known[term, name] = list(self._look_up(term, name=name))
        return self._known[term, name]

    def _look_up(self, term: str, *, name: str) -> Iterator[Place]:
        stems = sorted(stemming.stem_variants(term, self.snapshot.languages))
        exact = [(where, name if where == NAMES else term, by) for where, by in _EXACT.items()]
        for where, value, factor in (*exact, *((LOOSE, stem, _STEM) for stem in stems)):
            if documents := self.snapshot.terms.documents(where, value):
                yield Place(where, value, factor, documents)

    def _word(self, term: str, *, name: str, prefix: bool) -> Query:
        options = [self.at(place) for place in self._places(term, name=name)]
        if prefix:
            options += self._begun(term)
        for replacement in self.replacements.get(term, ()):
            other = self._word(replacement, name=replacement, prefix=False)
            options.append(Query.boost_query(other, _CORRECTED))
        return any_of(options)

    def _compound(self, clause: Clause) -> Query:
        """A name of several terms: ``select_related``, ``models.QuerySet``, ``node.js``."""
        name = analysis.glued(clause.text)
        options = [Query.boost_query(self.term(NAMES, name), _EXACT[NAMES])]
        options += self._side_by_side(clause.terms, prefix=clause.prefix)
        *first, last = clause.terms
        words = [self._word(term, name=term, prefix=False) for term in first]
        words.append(self._word(last, name=last, prefix=clause.prefix))
        return any_of([*options, Query.boost_query(all_of(words), _STEM)])

    def _run(self, clause: Clause) -> Query:
        """A run of an unspaced script: the same run, anywhere."""
        if len(clause.terms) == 1:
            return any_of([*self._everywhere(clause.terms[0]), *self._prefixes(clause.terms[0])])
        return any_of(self._side_by_side(clause.terms, prefix=False))

    def _phrase(self, clause: Clause) -> Query:
        if len(clause.terms) > 1:
            return any_of(self._side_by_side(clause.terms, prefix=clause.prefix))
        options = self._everywhere(clause.terms[0])
        if clause.prefix or clause.is_unspaced:
            options += self._prefixes(clause.terms[0])
        return any_of(options)

    def _everywhere(self, term: str) -> list[Query]:
        known = self.snapshot.terms.documents
        return [Query.boost_query(self.term(f, term), by) for f, by in _EXACT.items()
                if known(f, term)]  # fmt: skip

    def _side_by_side(self, terms: Sequence[str], *, prefix: bool) -> list[Query]:
        words: list[str | tuple[int, str]] = list(terms)
        exact = [self.phrase(name, terms, factor) for name, factor in self.fields_with(terms)]
        if not prefix:
            return exact
        schema, runs = self.snapshot.schema, self._runs(terms[:-1])
        begun = [
            Query.const_score_query(Query.phrase_prefix_query(schema, name, words), factor)
            for name, factor in SIDE_BY_SIDE.items()
        ]
        return exact + [all_of([query, *runs]) for query in begun]

    def fields_with(
        self, terms: Sequence[str], *, among: Mapping[str, float] = SIDE_BY_SIDE
    ) -> Iterator[tuple[str, float]]:
        """The fields that have all the ``terms``, and what these count there side by side."""
        known = self.snapshot.terms.documents
        for name, factor in among.items():
            if all(known(name, term) for term in terms):
                yield name, factor

    def _near(self, clauses: Iterable[Clause]) -> list[Query]:
        """A bonus for words that stand side by side as they were typed."""
        words = [c.terms[0] for c in clauses if len(c.terms) == 1 and not c.is_unspaced]
        if not 1 < len(words) <= _MOST_NEAR:
            return []
        return [self.phrase(name, words, by) for name, by in self.fields_with(words, among=_NEAR)]

    def _begun(self, term: str) -> list[Query]:
        """Words that begin with the word ``term``."""
        return self._prefixes(term) if len(term) >= _SHORTEST_PREFIX else []

    def _prefixes(self, term: str) -> list[Query]:
        short = len(term) <= _SHORT_PREFIX and term.isascii()
        fields = _SHORT_PREFIX_FIELDS if short else tuple(_PREFIX)
        return [Query.boost_query(self.prefix(name, term), _PREFIX[name]) for name in fields
                if self._begin_so(name, term)]  # fmt: skip

    def _begin_so(self, name: str, term: str) -> int:
        """How many words begin with ``term``; of a short one it takes too long to find out."""
        return MANY if len(term) <= _SHORT_PREFIX else self.snapshot.terms.begun(name, term)

    def at(self, place: Place) -> Query:
        """A word at one of its places."""
        return Query.boost_query(self.term(place.field, place.value), place.factor)

    def prefix(self, name: str, term: str) -> Query:
        """Words in the field ``name`` that begin with ``term``."""
        schema = self.snapshot.schema
        if self._begin_so(name, term) < MANY:  # of more, this way would miss some
            return Query.phrase_prefix_query(schema, name, [term])
        return Query.fuzzy_term_query(schema, name, term, distance=0, prefix=True)

    def phrase(self, name: str, terms: Sequence[str], factor: float) -> Query:
        """``terms`` one after the other in the field ``name``."""
        words: list[str | tuple[int, str]] = list(terms)
        phrase = Query.boost_query(Query.phrase_query(self.snapshot.schema, name, words), factor)
        return all_of([phrase, *self._runs(terms)])

    def _runs(self, terms: Sequence[str]) -> list[Query]:
        """What has a phrase of ``terms`` has these too; they add nothing to a score.

        tantivy takes long to compare the places of words that most documents have.
        """
        runs = dict.fromkeys(analysis.frequent_runs(terms))
        longest = [run for run in runs if not any(run in other for other in runs if other != run)]
        return [Query.const_score_query(self.term(RUNS, run, "basic"), 0.0) for run in longest]

    def term(self, name: str, value: str, option: str = "freq") -> Query:
        """``value`` in the field ``name``; ``option`` is what that field's index holds."""
        return Query.term_query(self.snapshot.schema, name, value, index_option=option)

    def _says_little(self, clause: Clause) -> bool:
        if clause.is_phrase or len(clause.terms) > 1:
            return False
        return stemming.is_stop_word(clause.terms[0], self.snapshot.languages)
