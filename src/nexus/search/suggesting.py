"""Suggestions while a reader types: titles that go on from the words so far."""

from tantivy import Occur, Query

from nexus.search import analysis
from nexus.search.parsing import MAX_TERMS, Question
from nexus.search.queries import QueryBuilder, all_of
from nexus.search.reader import Snapshot
from nexus.search.results import SearchRequest, Suggestion
from nexus.search.schema import WHOLE_TITLE, record_of, whole_title
from nexus.search.scoping import Scope, scope_of
from nexus.search.spelling import edits_allowed
from nexus.search.text import clean

_MOST_CHARACTERS = 100
_BEGINS_SO = 4.0
_TYPO = 0.3


def suggest(
    snapshot: Snapshot, prefix: str, audiences: frozenset[str], limit: int
) -> list[Suggestion]:
    """At most ``limit`` titles for ``prefix``, those that begin so first."""
    typed = clean(prefix[:_MOST_CHARACTERS])
    terms = analysis.question_terms(typed)[:MAX_TERMS]
    if not terms or limit < 1:
        return []
    builder = QueryBuilder(snapshot)
    scope = scope_of(builder, SearchRequest(words="", audiences=audiences), Question())
    found = _titles(snapshot, _exact(snapshot, typed, terms), scope, limit)
    if len(found) < limit:
        known = set(found)
        near = _titles(snapshot, _near(snapshot, terms), scope, limit)
        found += [suggestion for suggestion in near if suggestion not in known]
    return found[:limit]


def _titles(snapshot: Snapshot, query: Query, scope: Scope, limit: int) -> list[Suggestion]:
    answer = snapshot.searcher.search(
        scope.around(query), limit=limit * 2, count=False, weight_by_field="weight"
    )
    records = (record_of(snapshot.searcher.doc(address)) for _, address in answer.hits)
    found = (Suggestion(r["title"], r["kind"], r["title"], r["address"]) for r in records)
    return list(dict.fromkeys(found))


def _exact(snapshot: Snapshot, typed: str, terms: list[str]) -> Query:
    whole = _begins(snapshot, WHOLE_TITLE, whole_title(typed), edits=0)
    *before, last = terms
    words = [Query.term_query(snapshot.schema, "title", term, "freq") for term in before]
    words.append(_begins(snapshot, "title", last, edits=0))
    return Query.boolean_query(
        [(Occur.Should, Query.boost_query(whole, _BEGINS_SO)), (Occur.Should, all_of(words))]
    )


def _near(snapshot: Snapshot, terms: list[str]) -> Query:
    return all_of(
        _begins(snapshot, "title", term, edits=min(edits_allowed(term), 1)) for term in terms
    )


def _begins(snapshot: Snapshot, field: str, term: str, *, edits: int) -> Query:
    return Query.fuzzy_term_query(snapshot.schema, field, term, distance=edits, prefix=True)
