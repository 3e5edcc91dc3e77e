"""What a question finds, filters and counts."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from nexus.search import finding
from nexus.search.documents import SearchDocument
from nexus.search.engine import SearchEngine
from nexus.search.filters import FILTERS
from nexus.search.results import FACETS
from nexus.search.tests.hub import MOMENT, SmallHub, ask, document, keys

LIBRARY = [
    document(
        "n1", title="Solving N+1 queries", kind="challenge", person="ada", cohort="web",
        repository="web/ada", code_language="Python", labels={"topic": ("Django", "Performance")},
        language="en", path="docs/orm/n-plus-one.md",
        body="Use select_related and prefetch_related. The query planner thanks you.",
    ),
    document(
        "cache", title="Caching views", kind="document", person="ada", cohort="web",
        repository="web/ada", labels={"topic": ("Django", "Caching")}, language="en",
        path="docs/caching.md",
        body="Cached pages are served from Redis. A cache needs a plan for stale data.",
    ),
    document(
        "snip", title="retry.py", kind="snippet", person="alan", cohort="ops",
        repository="ops/alan", code_language="Python", path="code-snippets/retry.py",
        body="def retryWithBackoff(times):\n    for attempt in range(times): ...",
        people=("alan", "Alan Turing"),
    ),
    document(
        "node", title="Streams in Node.js", kind="snippet", person="grace", cohort="ops",
        repository="ops/grace", code_language="JavaScript", path="code-snippets/streams.js",
        summary="Back pressure, explained", headings=("Piping", "Errors"),
        body="Readable.pipe(writable) moves data from a readable stream to a writable one.",
    ),
]  # fmt: skip


@pytest.fixture
def filled(hub: SmallHub, engine: SearchEngine) -> SearchEngine:
    """An engine that has indexed the library above."""
    hub.put(*LIBRARY)
    engine.catch_up()
    return engine


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("n+1", ["n1"]),
        ("stale data", ["cache"]),
        ("caches", ["cache"]),
        ("querying", ["n1"]),
        ("SELECT_RELATED", ["n1"]),
        ("selectRelated", ["n1"]),
        ("selectrelated", ["n1"]),
        ("select_rel", ["n1"]),
        ("retry_with_backoff", ["snip"]),
        ("backoff", ["snip"]),
        ("node.js", ["node"]),
        ("nodejs", ["node"]),
        ("turing", ["snip"]),
        ("piping", ["node"]),
        ("pressure", ["node"]),
        ("n-plus-one.md", ["n1"]),
        ("performance", ["n1"]),
        ('"served from redis"', ["cache"]),
        ('"from served"', []),
        ('"a readable str', ["node"]),
        ('"redi', ["cache"]),
        ('"cached"', ["cache"]),
        ("strea*", ["node"]),
        ("how to plan a cache", ["cache"]),
        ("what does the planner do", ["n1"]),
        ("data -stale", ["node"]),
        ('data -"stale data"', ["node"]),
        ("django -kind:document", ["n1"]),
    ],
)
def test_words(filled: SearchEngine, words: str, found: list[str]) -> None:
    results = ask(filled, words)
    assert keys(results) == found
    assert results.total == len(found)
    assert not results.relaxed
    assert results.corrected == ()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kind:snippet", {"snip", "node"}),
        ("lang:python", {"n1", "snip"}),
        ("lang:python lang:javascript", {"n1", "snip", "node"}),
        ("lang:Python kind:snippet", {"snip"}),
        ("person:ada", {"n1", "cache"}),
        ("cohort:ops", {"snip", "node"}),
        ("repo:OPS/grace", {"node"}),
        ("topic:caching", {"cache"}),
        ("path:docs", {"n1", "cache"}),
        ("path:docs/orm", {"n1"}),
        ("path:code-snippets/str", {"node"}),
        ("path:---", set()),
        ("-kind:snippet", {"n1", "cache"}),
        ("-cache", {"n1", "snip", "node"}),
        ("kind:nothing", set()),
        ("data kind:snippet", {"node"}),
        ("", {"n1", "cache", "snip", "node"}),
    ],
)
def test_filters_typed_among_the_words(filled: SearchEngine, words: str, found: set[str]) -> None:
    assert set(keys(ask(filled, words))) == found
    assert ask(filled, words).total == len(found)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kinds": ("snippet", "challenge")}, {"n1", "snip", "node"}),
        ({"code_languages": ("Python",)}, {"n1", "snip"}),
        ({"people": ("ada", "alan")}, {"n1", "cache", "snip"}),
        ({"cohorts": ("web",)}, {"n1", "cache"}),
        ({"repositories": ("ops/alan",)}, {"snip"}),
        ({"labels": {"topic": ("django",)}}, {"n1", "cache"}),
        ({"labels": {"topic": ("Caching", "Performance")}, "kinds": ("document",)}, {"cache"}),
        ({"kinds": ("snippet",), "people": ("ada",)}, set()),
        ({"people": (*(f"p{number}" for number in range(20)), "ada")}, {"n1", "cache"}),
    ],
)
def test_filters_of_the_request(
    filled: SearchEngine, filters: dict[str, Any], found: set[str]
) -> None:
    assert set(keys(ask(filled, **filters))) == found


def test_when_no_document_has_all_the_words_any_will_do_and_it_is_said(
    filled: SearchEngine,
) -> None:
    results = ask(filled, "redis backoff streams")
    assert results.relaxed
    assert set(keys(results)) == {"cache", "snip", "node"}
    assert results.facets["kind"] == [("snippet", 2), ("document", 1)]


def test_nothing_is_not_relaxed(filled: SearchEngine) -> None:
    results = ask(filled, "zzzz qqqq")
    assert (results.total, results.hits, results.relaxed) == (0, (), False)


def test_a_hit_says_what_was_found(filled: SearchEngine) -> None:
    (hit,) = ask(filled, "back pressure").hits
    assert (hit.key, hit.kind, hit.title, hit.address) == (
        "node", "snippet", "Streams in Node.js", "/node",
    )  # fmt: skip
    assert (hit.person, hit.cohort, hit.repository) == ("grace", "ops", "ops/grace")
    assert (hit.code_language, hit.path) == ("JavaScript", "code-snippets/streams.js")
    assert hit.updated_at == MOMENT
    assert hit.summary == "Back pressure, explained"
    assert hit.extract_html == "<mark>Back</mark> <mark>pressure</mark>, explained"
    assert hit.score > 0


def test_an_answer_says_how_long_it_took(filled: SearchEngine) -> None:
    assert 0 < ask(filled, "cache").took_ms < 5_000


def test_facets_count_what_each_value_would_give(filled: SearchEngine) -> None:
    assert ask(filled, "").facets == {
        "kind": [("snippet", 2), ("challenge", 1), ("document", 1)],
        "topic": [("Django", 2), ("Caching", 1), ("Performance", 1)],
        "technology": [],
        "track": [],
        "language": [("Python", 2), ("JavaScript", 1)],
        "person": [("ada", 2), ("alan", 1), ("grace", 1)],
        "cohort": [("ops", 2), ("web", 2)],
    }


def test_a_facet_leaves_its_own_choice_out_and_keeps_the_others(filled: SearchEngine) -> None:
    facets = ask(filled, "", kinds=("snippet",), cohorts=("ops",)).facets
    assert facets["kind"] == [("snippet", 2)]
    assert facets["cohort"] == [("ops", 2)]
    facets = ask(filled, "kind:snippet").facets
    assert facets["kind"] == [("snippet", 2), ("challenge", 1), ("document", 1)]
    assert facets["person"] == [("alan", 1), ("grace", 1)]
    only = ask(filled, "", kinds=("snippet",), facets=("kind",)).facets
    assert only == {"kind": [("snippet", 2), ("challenge", 1), ("document", 1)]}


def test_choosing_a_value_gives_as_many_as_its_count_said(filled: SearchEngine) -> None:
    chosen = {name: one.attribute or "labels" for name, one in FILTERS.items()}
    base = {"kinds": ("snippet", "document"), "cohorts": ("ops", "web")}
    facets = ask(filled, "data", facets=tuple(chosen), **base).facets
    assert set(facets) == set(chosen)
    for name, counts in facets.items():
        for value, count in counts:
            only = base | {chosen[name]: (value,) if FILTERS[name].attribute else {name: (value,)}}
            assert ask(filled, "data", **only).total == count


def test_only_the_facets_asked_for_are_counted(filled: SearchEngine) -> None:
    assert ask(filled, "", facets=()).facets == {}
    assert list(ask(filled, "", facets=("topic", "kind", "topic")).facets) == ["topic", "kind"]
    assert ask(filled, "", facets=("unheard_of",)).facets == {"unheard_of": []}
    assert tuple(ask(filled, "").facets) == FACETS


def test_the_newest_come_first_when_asked(hub: SmallHub, engine: SearchEngine) -> None:
    ages = {"old": 900, "new": 1, "middle": 30}
    hub.put(*(document(key, title="Caching", updated_at=MOMENT - timedelta(days=age))
              for key, age in ages.items()))  # fmt: skip
    engine.catch_up()
    assert keys(ask(engine, "caching", sort="newest")) == ["new", "middle", "old"]
    assert keys(ask(engine, "", sort="newest")) == ["new", "middle", "old"]


def test_without_words_the_newest_come_first(hub: SmallHub, engine: SearchEngine) -> None:
    for number, key in ((2, "middle"), (1, "old"), (3, "new")):
        moment = MOMENT + timedelta(days=number)
        hub.put(document(key, body="caching", code_language="Go", updated_at=moment))
    engine.catch_up()

    for words in ("", "lang:go", "-redis", "kind:document -redis"):
        assert keys(ask(engine, words)) == ["new", "middle", "old"], words
    assert keys(ask(engine, code_languages=("Go",))) == ["new", "middle", "old"]


def test_pages_of_hits_join_without_gaps(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(*(document(f"k{number}", title=f"Caching {number}") for number in range(25)))
    engine.catch_up()
    pages = [ask(engine, "caching", offset=offset, limit=10) for offset in (0, 10, 20, 30)]
    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert {key for page in pages for key in keys(page)} == set(hub.truth)
    assert {page.total for page in pages} == {25}


@pytest.mark.parametrize(("limit", "offset"), [(-5, -5), (0, 0), (10**12, 10**12)])
def test_senseless_pages_are_brought_within_bounds(
    filled: SearchEngine, limit: int, offset: int
) -> None:
    assert ask(filled, "", limit=limit, offset=offset).total == len(LIBRARY)


def test_a_document_comes_back_as_it_was_given(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(replace(LIBRARY[3], key="x:1", body="", summary="Only this", title="  A <b> title "))
    engine.catch_up()
    (hit,) = ask(engine, "only").hits
    assert hit.title == "  A <b> title "


@pytest.mark.parametrize(
    "values", [{"key": ""}, {"audience": ""}, {"updated_at": MOMENT.replace(tzinfo=None)}]
)
def test_a_document_without_key_audience_or_zone_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="needs a"):
        SearchDocument(**{"key": "a", "kind": "x", "title": "", "address": "",  # type: ignore[arg-type]
                          "audience": "public", "updated_at": MOMENT, **values})  # fmt: skip


def test_a_last_word_that_very_many_documents_have_is_whole(
    filled: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that go on from it add nothing then, unless they are asked for."""
    assert keys(ask(filled, "stream")) == keys(ask(filled, "stream ")) == ["node"]
    assert set(keys(ask(filled, "plan"))) == {"cache", "n1"}

    monkeypatch.setattr(finding, "_SURELY_WHOLE", 1)
    assert set(keys(ask(filled, "plan"))) == {"cache"}
    assert set(keys(ask(filled, "plan*"))) == {"cache", "n1"}
    assert keys(ask(filled, "strea")) == ["node"]


@pytest.mark.parametrize("words", ["java", "kind:document java", "-redis java", "script java"])
def test_hidden_documents_and_narrow_questions_make_no_last_word_whole(
    hub: SmallHub, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """Else words that go on from it may be all there is to find."""
    monkeypatch.setattr(finding, "_SURELY_WHOLE", 3)
    hub.put(*(document(body="java", audience="hidden") for _ in range(3)))
    hub.put(document("seen", body="script in javascript"))
    engine.catch_up()
    assert keys(ask(engine, words)) == ["seen"]
    everything = frozenset({"public", "hidden"})
    assert ("seen" in keys(ask(engine, words, audiences=everything))) is (words != "java")
