"""What a search page asks the engine, and what it shows of the answer."""

import pytest
from django.http import QueryDict

from nexus.search.engine import SearchEngine
from nexus.search.filters import FILTERS
from nexus.search.presenting import Asked, results_context
from nexus.search.tests.hub import EVERYONE, SmallHub, document


def asked(query: str) -> Asked:
    return Asked(QueryDict(query))


@pytest.fixture
def filled(hub: SmallHub, engine: SearchEngine) -> SearchEngine:
    """An engine that has indexed two documents with a topic each and a track between them."""
    hub.put(
        document("a", labels={"topic": ("Caching",), "track": ("backend",)}),
        document("b", labels={"topic": ("Django ORM",), "track": ("backend",)}),
    )
    engine.catch_up()
    return engine


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_of_the_address_reaches_the_engine(name: str) -> None:
    request = asked(f"q=x&{name}=One&{name}=two").request(EVERYONE)
    attribute = FILTERS[name].attribute
    given = getattr(request, attribute) if attribute else request.labels[name]
    assert given == ("One", "two")
    others = [one for one in FILTERS if one != name]
    assert not any(asked(f"{name}=One").values(other) for other in others)


def test_the_page_and_the_order_are_asked_for() -> None:
    request = asked("q=two++words&page=3&sort=newest").request(EVERYONE)
    assert (request.words, request.offset, request.sort) == ("two words", 40, "newest")
    assert asked("page=nonsense&sort=nonsense").request(EVERYONE).sort == "relevance"


def test_a_filter_with_one_value_is_shown_only_when_it_is_set(filled: SearchEngine) -> None:
    question = asked("q=")
    groups = results_context(question, filled.search(question.request(EVERYONE)))["filters"]
    assert [(group.title, len(group.options)) for group in groups] == [("Topic", 2)]
    question = asked("q=&track=backend")
    groups = results_context(question, filled.search(question.request(EVERYONE)))["filters"]
    assert [group.title for group in groups] == ["Topic", "Track"]


def test_a_label_can_be_chosen_and_taken_away_again(filled: SearchEngine) -> None:
    question = asked("q=&topic=Caching")
    results = filled.search(question.request(EVERYONE))
    assert [hit.key for hit in results.hits] == ["a"]
    context = results_context(question, results)
    (topics,) = (group for group in context["filters"] if group.title == "Topic")
    chosen = {option.title: option.selected for option in topics.options}
    assert chosen == {"Caching": True, "Django ORM": False}
    assert [one.title for one in context["active"]] == ["Caching"]
    assert "topic" not in context["active"][0].address
    assert {"name": "topic", "value": "Caching"} in context["filters_kept"]


def test_a_value_that_nothing_has_is_shown_as_chosen(filled: SearchEngine) -> None:
    question = asked("q=&topic=Unheard")
    context = results_context(question, filled.search(question.request(EVERYONE)))
    (topics,) = (group for group in context["filters"] if group.title == "Topic")
    first = topics.options[0]
    assert (first.title, first.count) == ("Unheard", 0)
