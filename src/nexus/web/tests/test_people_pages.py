"""People by what they published and what they know; the overview of a cohort."""

from datetime import UTC, datetime, timedelta

import pytest

from nexus.cohorts.models import Role, Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.library.selectors.kept import forget
from nexus.library.tests.factories import EntryFactory, EntryTopicFactory
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.tests.factories import RepositoryFactory
from nexus.web.tests.saying import questions, words

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def cohort():
    return CohortFactory(slug="prodev", name="ProDev")


def publisher(cohort, name, *topics, entries=1, day=0):
    """Somebody with a repository in which there are entries on topics."""
    owner = PersonFactory(name=name, handle=name.lower())
    repository = RepositoryFactory(cohort=cohort, owner=owner)
    for _ in range(entries):
        entry = EntryFactory(repository=repository, changed_at=DAY + timedelta(days=day))
        for weight, topic in enumerate(topics):
            EntryTopicFactory(entry=entry, topic=topic, weight=90 - weight)
    return owner


def order(page, *names):
    """The names in the order in which the page has them below its heading."""
    listed = page[page.index("Who publishes in") :]
    return sorted((name for name in names if name in listed), key=listed.index)


@pytest.fixture
def people(cohort):
    return [
        publisher(cohort, "Berta", "redis", entries=3, day=1),
        publisher(cohort, "Amina", "django", "caching", entries=2, day=5),
        publisher(cohort, "Chinua", "django", entries=1, day=9),
    ]


def test_people_are_shown_with_what_they_published_and_know(client, people):
    page = words(client.get("/c/prodev/-/people"))

    assert "3 people" in page
    assert "Berta 3 documents" in page
    assert "Amina 2 documents 7 Mar 2026 Django Caching" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Berta", "Amina", "Chinua"]),
        ("?sort=newest", ["Chinua", "Amina", "Berta"]),
        ("?sort=name", ["Amina", "Berta", "Chinua"]),
        ("?sort=height", ["Berta", "Amina", "Chinua"]),
        ("?topic=django", ["Amina", "Chinua"]),
        ("?topic=django&sort=newest", ["Chinua", "Amina"]),
        ("?topic=nonsense", ["Berta", "Amina", "Chinua"]),
        ("?topic=docker", []),
    ],
)
def test_people_are_sorted_and_found_by_topic(client, people, query, names):
    page = words(client.get(f"/c/prodev/-/people{query}"))

    assert order(page, "Amina", "Berta", "Chinua") == names
    assert ("Nobody published on this yet" in page) == (not names)
    assert "Topic Django 2 Caching 1 Redis 1" in page.replace(
        "Django Caching 1", "Django 2 Caching 1"
    )


def test_a_member_without_a_repository_is_there_too(client, cohort, people):
    member = MembershipFactory(cohort=cohort, role=Role.MENTOR).person
    page = words(client.get("/c/prodev/-/people?sort=newest"))

    assert f"{member.name} Mentor Nothing published yet" in page


def test_a_cohort_without_people(client, cohort):
    assert "Nobody yet" in words(client.get("/c/prodev/-/people"))


def test_people_are_leafed_through_and_their_number_costs_no_queries(
    client, cohort, people, monkeypatch
):
    monkeypatch.setattr("nexus.web.pages.people.PAGE", 5)
    asked = questions(client, "/c/prodev/-/people")
    assert asked <= 16
    for at in range(9):
        publisher(cohort, f"Person{at}", "redis")
    forget()  # as the event of a publication makes counts old
    assert questions(client, "/c/prodev/-/people?page=2") <= asked
    assert "6 to 10 of 12" in words(client.get("/c/prodev/-/people?page=2"))


def test_a_persons_page_says_what_they_know_where_one_may_look(client, cohort, people):
    hidden = CohortFactory(slug="hidden", visibility=Visibility.MEMBERS)
    secret = EntryFactory(repository=RepositoryFactory(cohort=hidden, owner=people[0]))
    EntryTopicFactory(entry=secret, topic="kubernetes")
    html = client.get("/p/amina").content.decode()

    assert 'href="/t/django"' in html
    assert "Knows Django 2" in words(client.get("/p/amina"))
    assert "Kubernetes" not in words(client.get("/p/berta"))
    client.force_login(MembershipFactory(cohort=hidden).person)
    assert "Kubernetes" in words(client.get("/p/berta"))


def test_the_overview_leads_to_every_room_and_to_the_topics(client, cohort, people):
    html = client.get("/c/prodev/").content.decode()

    for room in ("week", "projects", "challenges", "resources", "topics", "people", "repositories"):
        assert f'href="/c/prodev/-/{room}"' in html
    assert 'href="/c/prodev/-/topics/django"' in html


def test_a_large_cohort_names_its_first_repositories_only(client, cohort):
    for at in range(15):
        RepositoryFactory(cohort=cohort, indexed="a" * 40, name=f"repository-{at:02}")
    page = words(client.get("/c/prodev/"))

    assert "repository-11" in page
    assert "repository-12" not in page
    assert "All 15 repositories" in page


def test_an_entry_shows_ten_topics_and_folds_the_rest_away(client, mirror):
    from nexus.library.topics.catalogue import catalogue

    mirror.publish({"README.md": "# Shop\n\nWords.\n"})
    entry = mirror.entry()
    entry.topics.all().delete()
    for slug in list(catalogue().topics)[:14]:
        EntryTopicFactory(entry=entry, topic=slug)
    html = client.get("/c/cohort-of-nexus/nexus/").content.decode()

    assert "4 more topics" in words(html)
    assert html.count('class="topic"') == 14
