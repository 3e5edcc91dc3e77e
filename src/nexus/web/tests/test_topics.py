"""The topic map, and the pages of topics."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client

from nexus.cohorts.models import Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.kernel.events import publish, relay
from nexus.library.events import RevisionIndexed
from nexus.library.tests.factories import (
    EntryFactory,
    EntryTopicFactory,
    RecommendationFactory,
    ResourceFactory,
    ResourceTopicFactory,
)
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.tests.factories import RepositoryFactory
from nexus.web.tests.saying import questions, words

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def cohort():
    return CohortFactory(slug="prodev", name="ProDev")


@pytest.fixture
def repository(cohort):
    owner = PersonFactory(name="Amina Odhiambo", handle="amina")
    return RepositoryFactory(cohort=cohort, slug="notes", name="notes", owner=owner, indexed_at=DAY)


def about(repository, *topics, weight=50, **options):
    """An entry about topics."""
    entry = EntryFactory(repository=repository, **options)
    for topic in topics:
        EntryTopicFactory(entry=entry, topic=topic, weight=weight)
    return entry


def test_a_cohort_without_topics_says_how_they_come(client, cohort):
    page = words(client.get("/c/prodev/-/topics"))

    assert "No topic yet" in page
    assert '<svg class="topic-map' not in client.get("/c/prodev/-/topics").content.decode()


def test_the_map_and_the_list_say_the_same(client, repository):
    for _ in range(3):
        about(repository, "django", "caching")
    about(repository, "react")
    html = client.get("/c/prodev/-/topics").content.decode()

    assert html.count('aria-label="Django 3 entries"') == 2  # one arrangement for phones
    assert html.count('aria-label="React 1 entry"') == 2
    assert html.count("/c/prodev/-/topics/caching") == 3
    assert "with Caching" in html
    assert re.search(r'<path d="M\d+ \d+Q\d+ -?\d+ \d+ \d+" stroke-width="[\d.]+"/>', html)
    assert "style=" not in html


def test_copies_and_what_was_removed_are_not_counted(client, repository, cohort):
    first = about(repository, "django")
    about(repository, "django", withdrawn_at=DAY)
    about(RepositoryFactory(cohort=cohort), "django", original=first)

    assert 'aria-label="Django 1 entry"' in client.get("/c/prodev/-/topics").content.decode()


def test_the_map_is_drawn_once_for_each_state_of_the_repositories(
    client, repository, django_assert_max_num_queries
):
    about(repository, "django")
    before = client.get("/c/prodev/-/topics").content
    about(repository, "redis")
    with django_assert_max_num_queries(4) as queries:
        assert client.get("/c/prodev/-/topics").content == before
    assert not [query for query in queries if "entrytopic" in query["sql"]]

    with transaction.atomic():
        repository.indexed_at = DAY + timedelta(minutes=1)
        repository.save()
        publish(RevisionIndexed(repository=repository.pk, sha="a" * 40))
    relay()

    assert "Redis 1 entry" in client.get("/c/prodev/-/topics").content.decode()


def test_a_topic_joins_everything_on_it(client, repository, cohort):
    told = {"problem": "401 queries a page", "action": "select_related", "result": "3 queries"}
    about(repository, "django", kind="document", title="Notes on querysets")
    about(repository, "django", kind="challenge", title="Slow lists", facts=told, part="c", line=3)
    about(repository, "django", kind="snippet", title="count_queries.py")
    about(repository, "django", kind="project", title="Job board", path="")
    resource = ResourceFactory(cohort=cohort, title="Django documentation")
    ResourceTopicFactory(resource=resource, topic="django")
    RecommendationFactory(resource=resource, entry=about(repository, title="Reading list"), line=7)
    page = words(client.get("/c/prodev/-/topics/django"))

    order = ["Slow lists", "count_queries.py", "Notes on querysets", "Job board", "Django docu"]
    places = [page.index(title) for title in order]
    assert places == sorted(places)
    assert "Problem 401 queries a page Solution select_related Result 3 queries" in page
    assert "Amina Odhiambo in Reading list, line 7" in page
    assert "Whom to ask AO Amina Odhiambo Wrote about it (4)." in page
    assert "Part of Python" in page
    assert "Django REST Framework" in page


def test_what_several_have_is_one_and_says_in_how_many_others(client, repository, cohort):
    first = about(repository, "redis", kind="snippet", title="Lock with Redis")
    for _ in range(2):
        other = RepositoryFactory(cohort=cohort)
        about(other, "redis", kind="snippet", title="Lock with Redis", original=first)
    page = words(client.get("/c/prodev/-/topics/redis"))

    assert page.count("Lock with Redis") == 1
    assert "also in 2 repositories" in page


def test_those_who_published_most_come_first(client, repository, cohort):
    other = RepositoryFactory(cohort=cohort, owner=PersonFactory(name="Zola Who Knows"))
    about(repository, "celery", weight=10)
    about(other, "celery", weight=90)
    page = words(client.get("/c/prodev/-/topics/celery"))
    known = page[page.index("Whom to ask") :]

    assert known.index("Zola Who Knows") < known.index("Amina Odhiambo")


def test_all_of_one_kind_can_be_leafed_through(client, repository, monkeypatch):
    monkeypatch.setattr("nexus.web.pages.topics.PAGE", 5)
    for at in range(12):
        about(repository, "docker", title=f"Docker page {at:02}", weight=90 - at)
    first = client.get("/c/prodev/-/topics/docker").content.decode()
    assert "?kind=document" in first
    assert "Docker page 06" not in first

    page = words(client.get("/c/prodev/-/topics/docker?kind=document&page=2"))
    assert "6 to 10 of 12" in page
    assert "Docker page 07" in page
    assert "Docker page 04" not in page
    assert "Only Documents" in page


def test_a_kind_that_is_not_there_shows_everything(client, repository):
    about(repository, "docker", title="Docker page")

    for kind in ("nonsense", "contract"):
        assert "Docker page" in words(client.get(f"/c/prodev/-/topics/docker?kind={kind}"))


def test_an_unknown_topic_is_not_found(client, cohort):
    for address in ("/c/prodev/-/topics/basket-weaving", "/t/basket-weaving"):
        response = client.get(address)
        assert response.status_code == 404
        assert "The hub knows no topic" in words(response)


def test_a_topic_on_which_there_is_nothing_says_so(client, cohort):
    assert "Nothing on this yet" in words(client.get("/c/prodev/-/topics/django"))
    assert "Nothing on this yet" in words(client.get("/t/django"))


def test_the_hubs_topic_page_joins_the_cohorts_that_one_may_see(client, repository):
    hidden = CohortFactory(slug="hidden", name="Hidden", visibility=Visibility.MEMBERS)
    about(repository, "graphql", title="Open words")
    about(RepositoryFactory(cohort=hidden), "graphql", title="Closed words")
    member = Client()
    member.force_login(MembershipFactory(cohort=hidden).person)

    guest_page, member_page = words(client.get("/t/graphql")), words(member.get("/t/graphql"))
    assert "Open words" in guest_page
    assert "ProDev 1" in guest_page
    assert "Closed words" not in guest_page
    assert "Hidden" not in guest_page
    assert "Open words" in member_page
    assert "Closed words" in member_page
    assert client.get("/c/hidden/-/topics").status_code == 404
    assert client.get("/c/hidden/-/topics/graphql").status_code == 404
    assert member.get("/c/hidden/-/topics").status_code == 200


def test_a_topic_page_asks_the_same_few_questions_however_much_there_is(client, repository, cohort):
    kinds = ("challenge", "snippet", "document", "project", "contract", "resource")
    most = {"/c/prodev/-/topics/django": 21, "/t/django": 7}

    def more():
        for kind in kinds:
            about(repository, "django", "redis", kind=kind)
        resource = ResourceFactory(cohort=cohort)
        ResourceTopicFactory(resource=resource, topic="django")
        RecommendationFactory(resource=resource, entry=about(repository))

    more()
    asked = {address: questions(client, address) for address in most}
    assert all(asked[address] <= most[address] for address in most)
    for _ in range(5):
        more()
    assert all(questions(client, address) <= asked[address] for address in most)
