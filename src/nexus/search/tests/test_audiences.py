"""Nothing of a document outside the reader's audiences is ever given away."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.search.analysis import names, terms
from nexus.search.documents import SearchDocument
from nexus.search.engine import SearchEngine
from nexus.search.tests.hub import SmallHub, ask, document

AUDIENCES = ("public", "cohort:1", "cohort:2", "Cohort:1")
VOCABULARY = (
    "django", "djanog", "caching", "cachings", "secret", "secrets", "graphql", "selectRelated",
    "数据库", "histogram", "histograms",
)  # fmt: skip

_documents = st.builds(
    lambda number, audience, title, body, kind, person: document(
        f"k{number}", audience=audience, title=" ".join(title), body=" ".join(body),
        kind=kind, person=person, code_language=person.title(), cohort=audience,
    ),
    st.integers(0, 60),
    st.sampled_from(AUDIENCES),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3),
    st.lists(st.sampled_from(VOCABULARY), max_size=6),
    st.sampled_from(["document", "snippet"]),
    st.sampled_from(["ada", "alan"]),
)  # fmt: skip
_questions = st.one_of(
    st.sampled_from(
        ["", "django", "djngo ", "secrt ", "sec", "cachng graphql", "selectrelated", "数据", "据",
         '"django caching"', "-django", "kind:snippet", "histogrm ", "zzz secret",
         "cohort:cohort:1"]
    ),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(" ".join),
)  # fmt: skip


@pytest.fixture(scope="module")
def workshop() -> Iterator[Path]:
    """A folder for the many indexes of one property."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@settings(max_examples=30)
@given(
    documents=st.lists(_documents, max_size=25),
    held=st.frozensets(st.sampled_from(AUDIENCES)),
    questions=st.lists(_questions, min_size=1, max_size=4),
)
def test_the_hidden_stays_hidden(
    workshop: Path, documents: list[SearchDocument], held: frozenset[str], questions: list[str]
) -> None:
    with tempfile.TemporaryDirectory(dir=workshop) as folder:
        hub = SmallHub()
        hub.put(*documents)
        engine = hub.engine(Path(folder))
        engine.catch_up()
        for words in questions:
            _check(engine, hub, held, words)
        engine.stop()


def _check(engine: SearchEngine, hub: SmallHub, held: frozenset[str], words: str) -> None:
    visible = {key: each for key, each in hub.truth.items() if each.audience in held}
    results = ask(engine, words, audiences=held, limit=100)
    found = [hit.key for hit in results.hits]
    assert set(found) <= set(visible)
    assert results.total == len(found)
    if not words:
        assert set(found) == set(visible)
    if "kind:" not in words and "cohort:" not in words:
        counted = Counter(visible[key].person for key in found)
        assert dict(results.facets["person"]) == counted
    known = {term for each in visible.values() for text in (each.title, each.body)
             for term in {*terms(text), *names(text)}}  # fmt: skip
    assert {correction.replacement for correction in results.corrected} <= known
    suggested = {each.address for each in engine.suggest(words, held)}
    assert suggested <= {each.address for each in visible.values()}


def test_a_word_of_hidden_documents_is_no_correction(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(*(document(f"h{number}", title="Zanzibar", audience="cohort:1") for number in range(9)))
    hub.put(document("p", title="Public words"))
    engine.catch_up()
    hidden = ask(engine, "zanzibr ")
    assert (hidden.total, hidden.corrected, hidden.did_you_mean) == (0, (), "")
    shown = ask(engine, "zanzibr ", audiences=frozenset({"cohort:1"}))
    assert (shown.total, shown.did_you_mean) == (9, "zanzibar ")


def test_who_holds_nothing_sees_nothing(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(document("a", title="Caching"))
    engine.catch_up()
    nobody = ask(engine, "", audiences=frozenset())
    assert (nobody.total, nobody.facets["kind"]) == (0, [])
    assert engine.suggest("cach", frozenset()) == []


def test_who_sees_everything_sees_documents_only(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(document("a", title="Caching"), document("b", audience="cohort:1"))
    hub.lost.add("b")
    engine.catch_up()
    for words in ("", "-redis", "caching"):
        results = ask(engine, words, audiences=frozenset({"public", "cohort:1"}))
        assert [hit.key for hit in results.hits] == ["a"]
        assert results.facets["kind"] == [("document", 1)]


@pytest.mark.parametrize("share", [1, 4])
def test_who_sees_little_and_who_sees_much_see_their_own(
    hub: SmallHub, engine: SearchEngine, share: int
) -> None:
    hub.put(*(document(f"k{number}", audience=f"cohort:{number % 5}") for number in range(50)))
    engine.catch_up()
    held = frozenset(f"cohort:{number}" for number in range(share))
    results = ask(engine, "", audiences=held, limit=100)
    assert {hit.key for hit in results.hits} == {
        f"k{number}" for number in range(50) if number % 5 < share
    }
    assert results.total == 10 * share


def test_too_many_audiences_to_list_are_still_kept_apart(
    hub: SmallHub, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nexus.search.reader._MANY_AUDIENCES", 3)
    hub.put(*(document(f"k{number}", audience=f"cohort:{number}") for number in range(9)))
    engine.catch_up()
    results = ask(engine, "", audiences=frozenset({"cohort:1", "cohort:2"}))
    assert {hit.key for hit in results.hits} == {"k1", "k2"}


def test_who_holds_very_many_audiences_sees_them_all(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(*(document(f"k{number}", audience=f"cohort:{number}") for number in range(1_100)))
    engine.catch_up()
    every = frozenset(f"cohort:{number}" for number in range(1_100))
    assert ask(engine, "", audiences=every).total == 1_100
    assert ask(engine, "", audiences=every - {"cohort:7"}).total == 1_099
