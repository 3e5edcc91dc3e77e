"""Labels: values that a source gives by name, filtered and counted like any field."""

from typing import Any

import pytest

from nexus.search.engine import SearchEngine
from nexus.search.results import SearchRequest
from nexus.search.tests.hub import EVERYONE, SmallHub, ask, document, keys

SHELF = [
    document("orm", title="Loading", labels={"topic": ("Django ORM", "N+1 queries"),
                                             "track": ("backend",)}),
    document("cache", title="Keeping", labels={"topic": ("Caching", "Django ORM", "Caching"),
                                               "technology": ("Redis",)}),
    document("hooks", title="Hooks", labels={"track": ("frontend", "backend"),
                                             "colour": ("Grün", "")}),
    document("none", title="Without"),
]  # fmt: skip


@pytest.fixture
def filled(hub: SmallHub, engine: SearchEngine) -> SearchEngine:
    """An engine that has indexed the shelf above."""
    hub.put(*SHELF)
    engine.catch_up()
    return engine


def test_each_value_is_counted_once_a_document(filled: SearchEngine) -> None:
    facets = ask(filled).facets
    assert facets["topic"] == [("Django ORM", 2), ("Caching", 1), ("N+1 queries", 1)]
    assert facets["technology"] == [("Redis", 1)]
    assert facets["track"] == [("backend", 2), ("frontend", 1)]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ({"topic": ("django orm",)}, {"orm", "cache"}),
        ({"topic": ("DJANGO ORM",), "technology": ("redis",)}, {"cache"}),
        ({"topic": ("Caching", "n+1 queries")}, {"orm", "cache"}),
        ({"track": ("frontend",)}, {"hooks"}),
        ({"topic": ("Django",)}, set()),
        ({"colour": ("grün",)}, {"hooks"}),
        ({"unheard_of": ("x",)}, set()),
        ({"topic": ()}, {"orm", "cache", "hooks", "none"}),
        ({"topic": (*(f"t{number}" for number in range(20)), "caching")}, {"cache"}),
    ],
)
def test_values_are_alternatives_and_labels_must_all_hold(
    filled: SearchEngine, labels: dict[str, Any], found: set[str]
) -> None:
    assert set(keys(ask(filled, labels=labels))) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('topic:"django orm"', {"orm", "cache"}),
        ('-topic:caching topic:"django orm"', {"orm"}),
        ("tech:redis", {"cache"}),
        ("technology:Redis track:backend", set()),
        ("track:backend hooks", {"hooks"}),
        ("redis", {"cache"}),
        ("grün", {"hooks"}),
    ],
)
def test_labels_can_be_typed(filled: SearchEngine, words: str, found: set[str]) -> None:
    assert set(keys(ask(filled, words))) == found


def test_a_label_that_pages_do_not_know_can_be_counted(filled: SearchEngine) -> None:
    assert ask(filled, facets=("colour",)).facets == {"colour": [("Grün", 1)]}


def test_a_choice_leaves_its_own_counts_alone(filled: SearchEngine) -> None:
    facets = ask(filled, labels={"topic": ("Caching",)}).facets
    assert facets["topic"] == [("Django ORM", 2), ("Caching", 1), ("N+1 queries", 1)]
    assert facets["technology"] == [("Redis", 1)]
    assert facets["track"] == []


def test_a_hit_has_its_labels(filled: SearchEngine) -> None:
    (hit,) = ask(filled, "keeping").hits
    assert hit.labels == {"topic": ["Caching", "Django ORM"], "technology": ["Redis"]}


@pytest.mark.parametrize("name", ["", "Topic", "a.b", "to pic", "1st", "x" * 41, "_x"])
def test_names_that_no_label_can_have_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="small letters"):
        document(labels={name: ("x",)})
    with pytest.raises(ValueError, match="no name of a filter"):
        SearchRequest(words="", audiences=EVERYONE, labels={name: ("x",)})
    with pytest.raises(ValueError, match="no name of a filter"):
        SearchRequest(words="", audiences=EVERYONE, facets=(name,))
