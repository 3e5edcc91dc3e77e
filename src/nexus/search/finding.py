"""Answering a question from one snapshot of the index."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tantivy import DocAddress, Query, SearchResult

from nexus.search import facets
from nexus.search.highlighting import Highlighter
from nexus.search.leading import Leading
from nexus.search.parsing import Clause, Question, parse
from nexus.search.queries import QueryBuilder
from nexus.search.reader import Counts, Snapshot, count_of
from nexus.search.results import Correction, Hit, SearchRequest, SearchResults
from nexus.search.schema import record_of
from nexus.search.scoping import filters_of, scope_of
from nexus.search.spelling import FEW, SpellChecker

MAX_LIMIT = 100
MAX_OFFSET = 10_000
#: A word that a reader sees in so many documents is whole, though nothing follows it.
_SURELY_WHOLE = 5_000


@dataclass(frozen=True)
class _Found:
    """One way of reading the question, and what it found."""

    builder: QueryBuilder
    matching: Query | None  # finds the same documents, whatever their rank
    total: int = 0
    hits: tuple[tuple[float, DocAddress], ...] = ()
    every: bool = True

    @property
    def is_relaxed(self) -> bool:
        """Whether documents were found that have only some of the words."""
        return self.total > 0 and not self.every


def find(snapshot: Snapshot, request: SearchRequest) -> SearchResults:
    """The documents that answer ``request``."""
    question = _finished(parse(request.words), request, snapshot)
    if question.is_hollow:
        return SearchResults(building=snapshot.cursor is None)
    found = _Attempt(snapshot, request, question).best()
    corrected = _corrections(question, found.builder.replacements)
    return SearchResults(
        total=found.total,
        hits=_hits(found, question),
        facets=_counts(found, request, question),
        corrected=corrected,
        did_you_mean=_did_you_mean(request.words, corrected),
        relaxed=found.is_relaxed,
        building=snapshot.cursor is None,
    )


def _finished(question: Question, request: SearchRequest, snapshot: Snapshot) -> Question:
    """The same with its word taken for a whole one, if the reader sees so many documents with it.

    Words that go on from it would add little but time then. Where something else narrows the
    question, they may be all there is to find.
    """
    narrowed = question.unwanted or question.unwanted_filters or filters_of(request, question)
    if narrowed or len(question.wanted) != 1:
        return question
    (last,) = question.wanted
    if not last.is_open or len(last.terms) > 1:
        return question
    if _surely_seen(snapshot, request, last.terms[0]) < _SURELY_WHOLE:
        return question
    return replace(question, wanted=(replace(last, prefix=False, is_open=False),))


def _surely_seen(snapshot: Snapshot, request: SearchRequest, term: str) -> int:
    """How many documents with ``term`` the reader sees even if all hidden ones had it."""
    if snapshot.audiences is None:
        return 0
    every = snapshot.audiences.items()
    hidden = sum(count for name, count in every if name not in request.audiences)
    return snapshot.terms.documents("body", term) - hidden


class _Attempt:
    """The readings of a question, from the strictest on, until one finds enough."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest, question: Question) -> None:
        self._snapshot = snapshot
        self._request = request
        self._question = question
        self._builder = QueryBuilder(snapshot)
        self._scope = scope_of(self._builder, request, question)

    def best(self) -> _Found:
        """All the words; else the words probably meant; else any of the words."""
        found = self._search(self._builder)
        if found.total >= FEW or found.matching is None:
            return found
        found = self._corrected(found)
        if found.total == 0 and len(self._question.wanted) > 1:
            return self._search(found.builder, every=False)
        return found

    def _corrected(self, found: _Found) -> _Found:
        checker = SpellChecker(found.builder, self._scope)
        replacements = checker.corrections(self._question.wanted, total=found.total)
        if not replacements:
            return found
        return self._search(self._builder.correcting(replacements))

    def _search(self, builder: QueryBuilder, *, every: bool = True) -> _Found:
        matching = builder.matching(self._question, every=every)
        if every and any(map(builder.is_nowhere, builder.telling(self._question.wanted))):
            return _Found(builder, matching)
        # Without words nothing is a better match than anything else.
        newest = self._request.sort == "newest" or matching is None
        unranked = builder.unranked(self._question) or matching
        found = None if newest else self._leading(builder, unranked)
        if found is None:
            answer = self._ask(unranked if newest else matching, newest=newest, count=True)
            found = _Found(builder, unranked, count_of(answer), tuple(answer.hits), every)
        return found

    def _leading(self, builder: QueryBuilder, unranked: Query | None) -> _Found | None:
        """What is found without looking at each document, if that can be proven to be the best."""
        leading = Leading.of(builder, self._question)
        if leading is None:
            return None
        hits = tuple(self._ask(leading.matching).hits)
        if len(hits) < self._limit or hits[-1][0] <= leading.others:
            return None
        counted = facets.count(builder, self._request, self._question, unranked, every=True)
        return _Found(builder, unranked, counted.total, hits)

    @property
    def _limit(self) -> int:
        return min(max(self._request.limit, 1), MAX_LIMIT)

    def _ask(
        self, matching: Query | None, *, newest: bool = False, count: bool = False
    ) -> SearchResult:
        return self._snapshot.searcher.search(
            self._scope.around(matching),
            limit=self._limit,
            offset=min(max(self._request.offset, 0), MAX_OFFSET),
            count=count,
            order_by_field="updated" if newest else None,
            weight_by_field=None if newest else "weight",
        )


def _counts(found: _Found, request: SearchRequest, question: Question) -> Counts:
    if not request.facets:
        return {}
    counted = facets.count(found.builder, request, question, found.matching, every=found.every)
    return counted.by_value


def _hits(found: _Found, question: Question) -> tuple[Hit, ...]:
    snapshot = found.builder.snapshot
    marking = Highlighter(
        found.builder.telling(question.wanted),
        replacements=found.builder.replacements,
        languages=snapshot.languages,
    )
    return tuple(
        _hit(record_of(snapshot.searcher.doc(address)), score, marking)
        for score, address in found.hits
    )


def _hit(record: dict[str, Any], score: float, marking: Highlighter) -> Hit:
    return Hit(
        key=record["key"],
        kind=record["kind"],
        title=record["title"],
        title_html=marking.title(record["title"]),
        address=record["address"],
        extract_html=marking.extract(record["body"], otherwise=record["summary"]),
        summary=record["summary"],
        score=float(score),
        person=record["person"],
        cohort=record["cohort"],
        repository=record["repository"],
        code_language=record["code_language"],
        path=record["path"],
        labels=record["labels"],
        updated_at=datetime.fromisoformat(record["updated_at"]),
    )


def _corrections(
    question: Question, replacements: Mapping[str, tuple[str, ...]]
) -> tuple[Correction, ...]:
    return tuple(
        Correction(clause.text, replacements[term][0])
        for clause in question.wanted
        for term in _correctable(clause)
        if term in replacements
    )


def _correctable(clause: Clause) -> tuple[str, ...]:
    return () if clause.is_phrase else clause.terms


def _did_you_mean(words: str, corrected: tuple[Correction, ...]) -> str:
    for correction in corrected:
        word = rf"(?<!\w){re.escape(correction.word)}(?!\w)"
        words = re.sub(word, correction.replacement, words, count=1)
    return words if corrected else ""
