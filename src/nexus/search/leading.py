"""The best documents for a frequent word, without a score for every document that has it.

A word that stands in a third of all texts says little there, and much in a title. So only the
documents with the word in its telling places are scored, by all of their places; the best of
them are the answer if the other places together could not have brought any other document as
far. (The idea is MaxScore: Turtle, Flood: Query Evaluation: Strategies and Optimizations,
Information Processing & Management 31 (6), 1995.)
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import log
from typing import Self

from tantivy import Occur, Query

from nexus.search.parsing import Question
from nexus.search.queries import Place, QueryBuilder, any_of

#: Scoring fewer documents than this takes less time than finding out whether it can be spared.
_MANY = 10_000
#: So many documents with the word in a telling place should have the best ones among them.
_ENOUGH = 500
#: What all other places may count together, as a share of what the best one may: less where
#: the words are a phrase, which takes longest to look for everywhere.
_LITTLE, _LITTLE_OF_A_PHRASE = 0.5, 0.2

#: BM25 as tantivy has it: no word of a document counts more than this times its rarity.
_MOST = 1.2 + 1
#: Scores are counted with some seven digits.
_ROUNDING = 1.001


@dataclass(frozen=True, slots=True)
class _Chance:
    """One way to match: ``documents`` may do so, and it counts ``most`` at most."""

    query: Callable[[], Query]
    documents: int
    most: float


@dataclass(frozen=True, slots=True)
class Leading:
    """The documents that a question finds in its telling places.

    ``matching`` finds only these, and scores them as the whole question would. No other
    document gets a score above ``others``.
    """

    matching: Query
    others: float

    @classmethod
    def of(cls, builder: QueryBuilder, question: Question) -> Self | None:
        """Those of ``question``; None where all documents may as well be scored."""
        if not builder.snapshot.entries:  # then it is not known how rare anything is
            return None
        chances = list(_chances(builder, question))
        if sum(chance.documents for chance in chances) < _MANY:
            return None
        chances.sort(key=lambda chance: -chance.most)
        is_phrase = question.wanted[0].is_phrase
        telling = _telling(chances, _LITTLE_OF_A_PHRASE if is_phrase else _LITTLE)
        rest = chances[len(telling) :]
        if not rest:
            return None
        matching = any_of(chance.query() for chance in telling)
        # One after the other: of several at once, tantivy would look through all documents.
        for chance in rest:
            matching = Query.boolean_query([(Occur.Must, matching), (Occur.Should, chance.query())])
        most = sum(chance.most for chance in rest)
        return cls(matching, most * builder.snapshot.heaviest * _ROUNDING)


def _telling(chances: Sequence[_Chance], little: float) -> Sequence[_Chance]:
    """The first of ``chances``, best first, beside which the rest together count for ``little``."""
    documents, rest = 0, sum(chance.most for chance in chances)
    for number, chance in enumerate(chances, start=1):
        documents, rest = documents + chance.documents, rest - chance.most
        if documents >= _ENOUGH and rest < little * chances[0].most:
            return chances[:number]
    return chances


def _chances(builder: QueryBuilder, question: Question) -> Iterator[_Chance]:
    """All that a question of one word or phrase can match; nothing for other questions."""
    if len(question.wanted) != 1 or builder.replacements:
        return
    (clause,) = question.wanted
    if clause.is_whole_word:
        for place in builder.places(clause):
            yield _word(builder, place)
    elif clause.is_whole_phrase:
        for name, factor in builder.fields_with(clause.terms):
            yield _phrase(builder, name, clause.terms, factor)


def _word(builder: QueryBuilder, place: Place) -> _Chance:
    most = _most(builder, [place.documents], place.factor)
    return _Chance(partial(builder.at, place), place.documents, most)


def _phrase(builder: QueryBuilder, field: str, terms: Sequence[str], factor: float) -> _Chance:
    documents = [builder.snapshot.terms.documents(field, term) for term in terms]
    query = partial(builder.phrase, field, terms, factor)
    return _Chance(query, min(documents), _most(builder, documents, factor))


def _most(builder: QueryBuilder, documents: Sequence[int], factor: float) -> float:
    """What words that are in so many ``documents`` count at most, side by side if several."""
    every = builder.snapshot.entries
    rarity = sum(
        log(1 + (max(every - with_it, 0) + 0.5) / (with_it + 0.5)) for with_it in documents
    )
    return factor * _MOST * rarity
