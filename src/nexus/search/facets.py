"""Counts: how many hits there are, and beside filters, how many each value would give.

A facet's counts leave its own filter out, so that a reader who chose Python still sees
how many there are in Go; all other filters hold.
"""

from dataclasses import dataclass
from typing import Any

from tantivy import Query

from nexus.search.filters import field_of
from nexus.search.parsing import Question
from nexus.search.queries import QueryBuilder
from nexus.search.reader import Counted
from nexus.search.results import SearchRequest
from nexus.search.scoping import Scope, filters_of, scope_of

_VALUES = 50
#: Kept from each segment before adding up: enough for the counts to be exact.
_SEGMENT_VALUES = 20_000
#: Every document has a time of change. No facet is called so.
_TOTAL = {".": {"value_count": {"field": "updated"}}}


def count(
    builder: QueryBuilder,
    request: SearchRequest,
    question: Question,
    matching: Query | None,
    *,
    every: bool,
) -> Counted:
    """How many documents match, and the counts of the facets that ``request`` wants.

    ``every`` says whether they must have all the words. Most frequent values come first.
    Counts are the dearest part of an answer with many hits, and the same on each of its pages,
    so they are kept while the index does not change.
    """
    wanted = tuple(dict.fromkeys(request.facets))
    filters = tuple(filters_of(request, question).items())
    reading = (every, tuple(builder.replacements.items()))
    counter = _Counter(builder, request, question, matching)
    asked = (request.words, request.audiences, filters, wanted, reading)
    counted = builder.snapshot.counts.get(asked, lambda: counter.count(wanted))
    return Counted(counted.total, {name: list(of) for name, of in counted.by_value.items()})


@dataclass(frozen=True, slots=True)
class _Counter:
    """Counts the documents of one question."""

    builder: QueryBuilder
    request: SearchRequest
    question: Question
    matching: Query | None

    def count(self, wanted: tuple[str, ...]) -> Counted:
        """The counts of ``wanted``: in one pass for all whose own filter is not set."""
        filtered = filters_of(self.request, self.question)
        free = [name for name in wanted if field_of(name) not in filtered]
        total, counts = self._within(scope_of(self.builder, self.request, self.question), free)
        for name in set(wanted).difference(free):
            open_scope = scope_of(
                self.builder, self.request, self.question, leave_out=field_of(name)
            )
            counts |= self._within(open_scope, [name]).by_value
        return Counted(total, {name: counts[name] for name in wanted})

    def _within(self, scope: Scope, names: list[str]) -> Counted:
        asked = {name: {"terms": _terms(field_of(name))} for name in names}
        searcher = self.builder.snapshot.searcher
        answer: dict[str, Any] = searcher.aggregate(scope.around(self.matching), asked | _TOTAL)
        counts = {name: _ordered(answer[name]["buckets"]) for name in asked}
        return Counted(int(answer["."]["value"]), counts)


def _terms(field: str) -> dict[str, Any]:
    return {"field": field, "size": _VALUES, "segment_size": _SEGMENT_VALUES}


def _ordered(buckets: list[dict[str, Any]]) -> list[tuple[str, int]]:
    pairs = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
