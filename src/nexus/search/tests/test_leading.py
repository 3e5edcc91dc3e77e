"""Frequent words are answered without a score for every document, and no answer differs."""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest

from nexus.search import leading, reader
from nexus.search.documents import SearchDocument
from nexus.search.engine import SearchEngine
from nexus.search.leading import Leading
from nexus.search.parsing import parse
from nexus.search.queries import QueryBuilder
from nexus.search.reader import Snapshot
from nexus.search.results import SearchResults
from nexus.search.tests.hub import MOMENT, SmallHub, ask, document

_WORDS = ("cache", "caches", "query", "model", "index", "select_related", "of", "the", "key")
_QUESTIONS = [f"{word} " for word in _WORDS] + [
    '"cache query"', '"query model query"', '"model cache"', '"of the"',
    "cache", "cach", "que", "of", "t", "query -model", "key kind:file",
]  # fmt: skip
_READERS = (frozenset({"public"}), frozenset({"public", "hidden"}), frozenset({"hidden"}))


def _documents(count: int) -> Iterator[SearchDocument]:
    chance = random.Random(5)
    frequent = range(len(_WORDS), 0, -1)
    for number in range(count):
        yield document(
            f"k{number}",
            title=" ".join(chance.choices((*_WORDS, f"number{number}"), k=2)),
            summary=" ".join(chance.choices(_WORDS, k=chance.randint(0, 3))),
            body=" ".join(chance.choices(_WORDS, frequent, k=chance.randint(5, 40))),
            kind=chance.choice(("file", "document")),
            audience=chance.choice(("public", "public", "public", "hidden")),
            updated_at=MOMENT - timedelta(days=chance.randrange(2_000)),
            quality=chance.choice((0.6, 1.0, 1.2)),
        )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """An engine that was asked to index, to replace and to remove; it is only asked."""
    hub = SmallHub()
    engine = hub.engine(tmp_path_factory.mktemp("leading"))
    documents = list(_documents(240))
    hub.put(*documents)
    engine.catch_up()
    hub.put(*documents[:40])
    hub.remove(*(each.key for each in documents[-40:]))
    engine.catch_up()
    engine.stop()
    return engine


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few documents are as many as very many."""
    monkeypatch.setattr(leading, "_MANY", 1)
    monkeypatch.setattr(leading, "_ENOUGH", 1)


def _snapshot(engine: SearchEngine) -> Snapshot:
    snapshot = engine._follower.reader.snapshot()
    assert snapshot is not None
    return snapshot


def _found(results: SearchResults) -> tuple[int, object, list[tuple[str, float]]]:
    hits = [(hit.key, round(hit.score, 3)) for hit in results.hits]
    return results.total, results.facets, hits


def _answers(engine: SearchEngine) -> list[object]:
    _snapshot(engine).counts.clear()
    return [
        _found(ask(engine, words, audiences=held, limit=5, offset=offset))
        for words in _QUESTIONS
        for held in _READERS
        for offset in (0, 5)
    ]


def test_no_answer_differs(library: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = _answers(library)
    monkeypatch.setattr(leading, "_MANY", 1)
    monkeypatch.setattr(leading, "_ENOUGH", 1)
    assert _answers(library) == slow


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("words", ["cache ", "index ", '"cache query"'])
def test_no_document_but_the_leading_counts_more_than_is_said(
    library: SearchEngine, words: str
) -> None:
    builder, question = QueryBuilder(_snapshot(library)), parse(words)
    found = Leading.of(builder, question)
    assert found is not None
    search = builder.snapshot.searcher.search
    led = search(found.matching, limit=300, weight_by_field="weight").hits
    every = builder.matching(question, every=True)
    assert every is not None
    hits = search(every, limit=300, weight_by_field="weight").hits
    others = [score for score, at in hits if (at.segment_ord, at.doc) not in
              {(at.segment_ord, at.doc) for _, at in led}]  # fmt: skip
    assert 0 < len(led) < len(hits)
    assert max(others) < found.others
    if question.wanted[0].is_whole_word:  # so a page of five is known to be the best
        assert led[4][0] > found.others


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("words", ["cache query ", "cach", "zzz ", '"cach', "select_related ", ""])
def test_other_questions_are_not_taken_for_frequent_words(
    library: SearchEngine, words: str
) -> None:
    assert Leading.of(QueryBuilder(_snapshot(library)), parse(words)) is None


@pytest.mark.usefixtures("eager")
def test_where_it_is_not_known_how_rare_a_word_is_all_documents_are_scored(
    library: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _answers(library)
    monkeypatch.setattr(reader, "_MANY_AUDIENCES", 1)
    library._follower.reader.refresh()
    assert _snapshot(library).entries == 0
    assert _answers(library) == expected
    monkeypatch.undo()
    library._follower.reader.refresh()


def test_few_documents_are_all_scored(library: SearchEngine) -> None:
    assert Leading.of(QueryBuilder(_snapshot(library)), parse("cache ")) is None
