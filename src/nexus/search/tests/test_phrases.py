"""A phrase finds what has its words side by side, however frequent they are, and nothing else."""

import random
from itertools import product

import pytest

from nexus.search.documents import SearchDocument
from nexus.search.engine import SearchEngine
from nexus.search.tests.hub import EVERYONE, SmallHub, ask, document, keys

_WORDS = ("of", "the", "to", "query", "model")
_PHRASES = [" ".join(words) for size in (2, 3) for words in product(_WORDS, repeat=size)]
_PHRASES += random.Random(4).sample([" ".join(words) for words in product(_WORDS, repeat=4)], 40)


def _documents() -> list[SearchDocument]:
    chance = random.Random(9)

    def words(most: int) -> str:
        return " ".join(chance.choices(_WORDS, (4, 4, 3, 2, 1), k=chance.randint(0, most)))

    return [
        document(
            f"k{number}", title=words(4), summary=words(4), headings=(words(3), words(3)),
            body=words(12), path=words(3).replace(" ", "/"),
            audience=chance.choice(("public", "public", "hidden")),
        )
        for number in range(90)
    ]  # fmt: skip


_LIBRARY = _documents()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """An engine that has indexed documents of few words; it is only asked."""
    hub = SmallHub()
    hub.put(*_LIBRARY)
    engine = hub.engine(tmp_path_factory.mktemp("phrases"))
    engine.catch_up()
    engine.stop()
    return engine


def _texts(found: SearchDocument) -> list[str]:
    about = " ".join((found.summary, *found.headings))
    texts = (found.title, about, found.body, found.path.replace("/", " "))
    return [f" {' '.join(text.split())} " for text in texts]


def _with(phrase: str) -> set[str]:
    return {
        each.key
        for each in _LIBRARY
        if each.audience == "public" and any(phrase in text for text in _texts(each))
    }


def test_a_phrase(library: SearchEngine) -> None:
    for words in _PHRASES:
        results = ask(library, f'"{words}"', limit=100, facets=())
        assert set(keys(results)) == _with(f" {words} "), words
        assert results.total == len(results.hits), words


def test_as_many_are_counted_as_are_found(library: SearchEngine) -> None:
    for words in _PHRASES[::3]:
        for reader in (EVERYONE, frozenset({"hidden"})):
            results = ask(library, f'"{words}"', limit=100, audiences=reader, facets=("kind",))
            assert sum(count for _, count in results.facets["kind"]) == results.total, words


def test_the_newest_come_first(library: SearchEngine) -> None:
    results = ask(library, '"of the"', limit=100, sort="newest")
    assert set(keys(results)) == _with(" of the ")


def test_a_phrase_that_is_still_typed(library: SearchEngine) -> None:
    for words in _PHRASES[::4]:
        begun = words[:-1]
        results = ask(library, f'"{begun}', limit=100, facets=())
        assert set(keys(results)) == _with(f" {begun}"), words
