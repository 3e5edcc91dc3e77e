"""Titles are offered while a reader types."""

import pytest

from nexus.search.engine import SearchEngine
from nexus.search.results import Suggestion
from nexus.search.tests.hub import EVERYONE, SmallHub, document

TITLES = {
    "a": "Django caching", "b": "Caching in Django", "c": "GraphQL schemas", "d": "数据库索引",
    "e": "C++ notes", "f": "École du web", "g": "Select_related explained",
}  # fmt: skip


@pytest.fixture
def filled(hub: SmallHub, engine: SearchEngine) -> SearchEngine:
    """An engine that knows the titles above, and one that is hidden."""
    hub.put(*(document(key, title=title) for key, title in TITLES.items()))
    hub.put(document("hidden", title="Django secrets", audience="cohort:1"))
    engine.catch_up()
    return engine


def titles(engine: SearchEngine, prefix: str, limit: int = 8) -> list[str]:
    return [each.title for each in engine.suggest(prefix, EVERYONE, limit)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("dj", ["Django caching", "Caching in Django"]),
        ("cach", ["Caching in Django", "Django caching"]),
        ("django c", ["Django caching", "Caching in Django"]),
        ("caching dj", ["Django caching", "Caching in Django"]),
        ("graph", ["GraphQL schemas"]),
        ("grpahq", ["GraphQL schemas"]),
        ("数", ["数据库索引"]),
        ("数据", ["数据库索引"]),
        ("索", ["数据库索引"]),
        ("c++", ["C++ notes"]),
        ("ecole", ["École du web"]),
        ("select_rel", ["Select_related explained"]),
        ("zzz", []),
        ("", []),
        ("  ", []),
        ("***", []),
        ("x" * 5_000, []),
        ("\x00", []),
    ],
)
def test_suggestions(filled: SearchEngine, typed: str, offered: list[str]) -> None:
    found = titles(filled, typed)
    assert found[:1] == offered[:1]
    assert set(found) == set(offered)


def test_a_suggestion_says_where_it_leads(filled: SearchEngine) -> None:
    assert filled.suggest("graph", EVERYONE) == [
        Suggestion("GraphQL schemas", "document", "GraphQL schemas", "/c")
    ]


def test_no_more_than_asked(filled: SearchEngine) -> None:
    assert len(titles(filled, "ca", limit=1)) == 1
    assert titles(filled, "ca", limit=0) == []
