"""Whatever is typed or indexed, search answers, and soon."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus.search.engine import SearchEngine
from nexus.search.tests.corpus import Corpus
from nexus.search.tests.hub import EVERYONE, SmallHub, ask, document, keys

#: Seconds of the processor; each question takes a small part of this on an idle machine.
LIMIT = 20.0

QUESTIONS = {
    "ten thousand words": "word " * 10_000,
    "ten thousand different words": " ".join(f"w{number}" for number in range(10_000)),
    "unbalanced quotes": '"a "b" "c',
    "quotes only": '"' * 500,
    "regex": "(a+)+$ [a-z]{1,99999} .*.*.*",
    "null bytes": "\x00a\x00",
    "lone surrogates": "\ud800 caching \udfff",
    "a very long word": "x" * 100_000,
    "many stars": "a* b* c* d* e* f* g* h*",
    "stop words": "the of and to a in",
    "punctuation": "!@#$%^&*()_+-=[]{}|;':,./<>?",
    "emoji": "🎉👩‍👩‍👧‍👦",
    "minus": "-a -b -c",
    "tantivy's own syntax": "title:foo AND (bar OR NOT baz)^2~3 [a TO b] IN [x]",
    "many filters": "kind:a " * 500,
    "long run without spaces": "数" * 5_000,
    "combining marks": "a" + "\u0301" * 5_000,
    "right to left marks": "\u202eabc\u202c",
    "numbers": "9" * 400 + " -1e999",
}


@pytest.fixture
def filled(hub: SmallHub, engine: SearchEngine) -> SearchEngine:
    """An engine over ordinary documents."""
    hub.put(*(document(f"k{number}", title=f"Caching {number}", body="the words of a text " * 20)
              for number in range(50)))  # fmt: skip
    engine.catch_up()
    return engine


@pytest.mark.parametrize("words", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_an_answer_comes_soon(filled: SearchEngine, words: str) -> None:
    began = time.process_time()
    ask(filled, words)
    ask(filled, words, sort="newest", kinds=("document",))
    filled.suggest(words, EVERYONE)
    assert time.process_time() - began < LIMIT


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=()), max_size=200))
def test_nothing_that_can_be_typed_raises(filled: SearchEngine, words: str) -> None:
    results = ask(filled, words)
    assert results.total >= len(results.hits)
    filled.suggest(words, EVERYONE)


@pytest.mark.parametrize(
    "text",
    ["\x00" * 100, "\ud800", "x" * 300_000, "<script>alert(1)</script>" * 100, "数" * 10_000,
     "a\u0301" * 5_000, "\u202e", "[" * 10_000, "a_" * 20_000, "aB" * 20_000, "a." * 20_000],
)  # fmt: skip
def test_any_text_can_be_indexed_and_shown(hub: SmallHub, engine: SearchEngine, text: str) -> None:
    hub.put(document("a", title=text[:500], body=f"needle {text}", summary=text, path=text[:200],
                     people=(text[:50],), labels={"topic": (text[:50],)}))  # fmt: skip
    hub.put(document("b", title="Ordinary"))
    engine.catch_up()
    (hit,) = ask(engine, "needle").hits
    assert hit.key == "a"
    assert "<script" not in hit.title_html + hit.extract_html
    assert keys(ask(engine, "ordinary")) == ["b"]


def test_keys_of_badly_encoded_paths_stay_apart(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(document("file:\udc80", title="One"), document("file:\udc81", title="Two"))
    engine.catch_up()
    assert ask(engine).total == 2
    hub.remove("file:\udc80")
    engine.catch_up()
    assert [hit.title for hit in ask(engine).hits] == ["Two"]
    assert ask(engine, kinds=("\udc80",)).total == 0


def test_documents_for_benchmarks_are_always_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Real words of a file. " * 200)
    for corpus in (Corpus.of(None), Corpus.of(tmp_path)):
        made = list(corpus.documents(20))
        assert made == list(corpus.documents(20))
        assert len({each.key for each in made}) == 20
