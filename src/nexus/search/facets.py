"""Counts beside filters: how many hits each value would give.

A facet's counts leave its own filter out, so that a reader who chose Python still sees
how many there are in Go; all other filters hold.
"""

from collections.abc import Iterable
from typing import Any

from tantivy import Occur, Query

from nexus.search.parsing import Question
from nexus.search.queries import QueryBuilder, filters_of
from nexus.search.results import SearchRequest

#: The field behind each facet.
FIELDS = {
    "kind": "kind", "language": "code_language", "person": "person", "cohort": "cohort",
    "repository": "repository", "topic": "topics",
}  # fmt: skip

_VALUES = 50
#: Kept from each segment before adding up: enough for the counts to be exact.
_SEGMENT_VALUES = 20_000

Counts = dict[str, list[tuple[str, int]]]


def count(
    builder: QueryBuilder, request: SearchRequest, question: Question, matching: Query | None
) -> Counts:
    """The counts of the facets that ``request`` wants, most frequent values first."""
    filtered = filters_of(request, question)
    wanted = [name for name in request.facets if name in FIELDS]
    free = [name for name in wanted if FIELDS[name] not in filtered]
    counts = _counts(builder, within(matching, builder.scope(request, question)), free)
    for name in wanted:
        if name not in free:
            scope = builder.scope(request, question, leave_out=FIELDS[name])
            counts |= _counts(builder, within(matching, scope), [name])
    return {name: counts[name] for name in wanted}


def within(matching: Query | None, scope: Query) -> Query:
    """What matches inside ``scope``; everything there when nothing is looked for."""
    if matching is None:
        return scope
    return Query.boolean_query([(Occur.Must, matching), (Occur.Must, scope)])


def _counts(builder: QueryBuilder, query: Query, names: Iterable[str]) -> Counts:
    asked = {name: {"terms": _terms(FIELDS[name])} for name in names}
    if not asked:
        return {}
    answer: dict[str, Any] = builder.snapshot.searcher.aggregate(query, asked)
    return {name: _ordered(answer[name]["buckets"]) for name in asked}


def _terms(field: str) -> dict[str, Any]:
    return {"field": field, "size": _VALUES, "segment_size": _SEGMENT_VALUES}


def _ordered(buckets: list[dict[str, Any]]) -> list[tuple[str, int]]:
    pairs = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
