"""Words of one family meet at their stem, by the rules of their language."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.search import stemming


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["query", "queries"]),
        ("", ["caching", "cached"]),
        ("fr", ["maison", "maisons"]),
        ("de", ["datenbank", "datenbanken"]),
        ("es", ["base", "bases"]),
        ("ru", ["книга", "книги"]),
        ("pt", ["consulta", "consultas"]),
        ("ar", ["كتاب", "الكتاب"]),
        ("tr", ["kitap", "kitaplar"]),
    ],
)
def test_one_family_one_stem(language: str, words: list[str]) -> None:
    assert len(set(stemming.stems(words, language))) == 1


@pytest.mark.parametrize("language", sorted(stemming.STEMMERS))
def test_every_language_named_has_rules(language: str) -> None:
    assert len(stemming.stems(["programma", "data"], language)) == 2


def test_a_language_without_rules_keeps_its_words() -> None:
    assert stemming.stems(["zażółć", "queries"], "pl") == ["zazolc", "queries"]
    assert stemming.stems([], "pl") == []


def test_variants_are_the_stems_of_each_language() -> None:
    assert stemming.stem_variants("maisons", ("en", "fr")) == {"maison"}


def test_stop_words_are_those_of_the_languages_at_hand() -> None:
    assert stemming.is_stop_word("the", ("en",))
    assert not stemming.is_stop_word("und", ("en",))
    assert stemming.is_stop_word("und", ("en", "de"))
    assert not stemming.is_stop_word("the", ("zh",))
    assert not stemming.is_stop_word("cache", ("en", "de"))


def test_many_threads_may_stem_at_once() -> None:
    words = [f"queries{number}" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: stemming.stems(words, "en"), range(40)))
    assert all(each == found[0] for each in found)


@given(
    st.lists(st.from_regex(r"[a-zéßñи]{1,12}", fullmatch=True)), st.sampled_from(["", "fr", "ru"])
)
def test_a_word_has_the_stem_that_it_has_alone(words: list[str], language: str) -> None:
    alone = [stem for word in words for stem in stemming.stems([word], language)]
    assert stemming.stems(words, language) == alone
