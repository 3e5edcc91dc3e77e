"""The lists of a cohort: projects, challenges, resources. Filters, counts, pages, who may see."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from nexus.cohorts.models import Visibility
from nexus.cohorts.tests.factories import CohortFactory
from nexus.library.models import Resource
from nexus.library.selectors.kept import forget
from nexus.library.tests.factories import (
    EntryFactory,
    EntryTopicFactory,
    FactFactory,
    RecommendationFactory,
    ResourceFactory,
    ResourceTopicFactory,
)
from nexus.people.tests.factories import OwnerFactory, PersonFactory
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
    return RepositoryFactory(cohort=cohort, slug="notes", name="notes", owner=owner)


def project(cohort, title, **facts):
    """A project of which these facts are known: name=value or name=[values]."""
    entry = EntryFactory(
        repository=RepositoryFactory(cohort=cohort), kind="project", path="", title=title
    )
    for name, values in facts.items():
        for value in values if isinstance(values, list) else [values]:
            FactFactory(entry=entry, name=name, value=value)
    return entry


@pytest.fixture
def projects(cohort):
    """Three projects."""
    return [
        project(
            cohort,
            "Job board",
            track="backend",
            technology=["django", "redis"],
            looking_for="frontend",
            live_address="https://jobs.example.net/app",
        ),
        project(cohort, "Recipe box", track="frontend", technology=["react"]),
        project(cohort, "Bike rental", track="backend", technology=["django"]),
    ]


# --- Projects -----------------------------------------------------------------------------


def test_a_card_says_what_is_known_of_a_project(client, projects):
    html = client.get("/c/prodev/-/projects").content.decode()
    page = words(html)

    assert "3 projects" in page
    assert "Backend Looks for a frontend Job board" in page
    assert "Django Redis" in page
    assert 'href="https://jobs.example.net/app"' in html
    assert "jobs.example.net" in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("track=backend", {"Job board", "Bike rental"}),
        ("technology=django", {"Job board", "Bike rental"}),
        ("technology=django&looking_for=frontend", {"Job board"}),
        ("track=frontend&technology=django", set()),
        ("track=sideways&technology=abacus", {"Job board", "Recipe box", "Bike rental"}),
    ],
)
def test_filters_narrow_the_gallery(client, projects, query, titles):
    page = words(client.get(f"/c/prodev/-/projects?{query}"))

    assert {one.title for one in projects if one.title in page} == titles
    assert ("No project passes these filters" in page) == (not titles)


def test_a_filter_counts_what_the_others_leave(client, projects):
    html = client.get("/c/prodev/-/projects?track=backend").content.decode()
    page = words(html)

    assert "Looking for A frontend 1" in page
    assert "Frontend 1" in page  # what the track itself could be set to instead
    assert "Technology Django 2 Redis 1" in page
    assert 'href="/c/prodev/-/projects?track=backend&amp;technology=django"' in html
    assert "React" not in page


def test_what_was_overruled_is_not_known(client, cohort):
    entry = project(cohort, "Corrected", track="backend")
    entry.known_facts.update(is_overruled=True)
    FactFactory(entry=entry, name="track", value="frontend", certainty="corrected")

    assert "Corrected" not in words(client.get("/c/prodev/-/projects?track=backend"))
    assert "Corrected" in words(client.get("/c/prodev/-/projects?track=frontend"))


def test_an_address_that_is_none_is_no_link(client, cohort):
    project(cohort, "Trap", live_address="javascript:alert(1)")

    assert "javascript:" not in client.get("/c/prodev/-/projects").content.decode()


def test_the_gallery_is_sorted_and_leafed_through(client, cohort, monkeypatch):
    monkeypatch.setattr("nexus.web.pages.gallery.PAGE", 2)
    for at, title in enumerate(["Cedar", "Acacia", "Baobab"]):
        entry = project(cohort, title, technology=[])
        entry.changed_at = DAY + timedelta(days=at)
        entry.save()
    newest = words(client.get("/c/prodev/-/projects"))
    assert newest.index("Baobab") < newest.index("Acacia")
    assert "Cedar" not in newest
    assert "1 to 2 of 3" in newest

    second = client.get("/c/prodev/-/projects?sort=title&page=2").content.decode()
    assert "Cedar" in second
    assert 'href="/c/prodev/-/projects?sort=title" rel="prev"' in second
    last = words(client.get("/c/prodev/-/projects?page=999999"))
    assert "3 to 3 of 3" in last
    assert words(client.get("/c/prodev/-/projects?page=nonsense")) == newest


def test_a_gallery_without_projects_says_how_they_come(client, cohort):
    assert "No project yet" in words(client.get("/c/prodev/-/projects"))
    client.force_login(OwnerFactory())
    assert "Add a repository" in words(client.get("/c/prodev/-/projects"))


def test_the_gallery_asks_the_same_questions_however_many_projects_there_are(
    client, projects, cohort
):
    asked = questions(client, "/c/prodev/-/projects?track=backend")
    assert asked <= 12
    for at in range(20):
        project(cohort, f"Project {at}", track="backend", technology=["django", "redis"])
    assert questions(client, "/c/prodev/-/projects?track=backend") <= asked


# --- Challenges ---------------------------------------------------------------------------


def challenge(repository, title, *topics, **told):
    """A challenge read out of a README."""
    entry = EntryFactory(
        repository=repository, kind="challenge", part=title.lower(), title=title, facts=told
    )
    for topic in topics:
        EntryTopicFactory(entry=entry, topic=topic)
    return entry


def test_one_reads_how_a_challenge_was_solved(client, repository):
    challenge(
        repository,
        "Slow lists",
        "django",
        problem="401 queries a page",
        action="select_related",
        result="3 queries",
    )
    page = words(client.get("/c/prodev/-/challenges"))

    assert "1 challenge, newest first" in page
    assert "Slow lists Problem 401 queries a page Solution select_related Result 3 queries" in page
    assert "Amina Odhiambo" in page


def test_a_problem_that_is_the_title_is_said_once(client, repository):
    challenge(repository, "Slow lists", problem="Slow lists.", action="select_related")

    assert words(client.get("/c/prodev/-/challenges")).count("Slow lists") == 1


def test_challenges_by_topic(client, repository):
    challenge(repository, "Slow lists", "django", "query-optimisation", action="An index")
    challenge(repository, "Lost events", "redis", action="A stream")
    page = words(client.get("/c/prodev/-/challenges?topic=redis"))

    assert "Lost events" in page
    assert "Slow lists" not in page
    assert "Topic Django 1 Query optimisation 1 Redis" in page
    none = words(client.get("/c/prodev/-/challenges?topic=docker"))
    assert "No challenge on this" in none
    assert "Slow lists" in words(client.get("/c/prodev/-/challenges?topic=nonsense"))


def test_a_challenge_that_several_tell_is_shown_once(client, repository, cohort):
    first = challenge(repository, "Slow lists", action="An index")
    copy = challenge(RepositoryFactory(cohort=cohort), "Slow lists", action="An index")
    copy.original = first
    copy.save()
    page = words(client.get("/c/prodev/-/challenges"))

    assert page.count("Slow lists") == 1
    assert "also in 1 repository" in page


def test_a_cohort_without_challenges_says_how_they_are_written(client, cohort):
    page = words(client.get("/c/prodev/-/challenges"))

    assert "No challenge yet" in page
    assert "Problem:" in page


def test_a_challenge_in_a_repository_is_told_in_short(mirror, client):
    readme = """# Shop

## Challenges

### Slow list of jobs

**Problem:** The list of [jobs](https://x.example) took **401** queries on every page.

**Solution:** Loaded the owners with `select_related` in the same query.
"""
    mirror.publish({"README.md": readme})
    page = words(client.get("/c/cohort-of-nexus/-/challenges"))

    assert "Problem The list of jobs took 401 queries on every page." in page
    assert "Solution Loaded the owners with select_related in the same query." in page


def test_challenges_ask_the_same_questions_however_many_there_are(client, repository):
    challenge(repository, "First", "django", action="Done")
    asked = questions(client, "/c/prodev/-/challenges")
    assert asked <= 10
    for at in range(15):
        challenge(repository, f"More {at}", "django", "redis", action="Done")
    assert questions(client, "/c/prodev/-/challenges") <= asked


# --- Resources ----------------------------------------------------------------------------


def resource(cohort, title, *entries, topics=(), **options):
    """Something that entries recommend."""
    found = ResourceFactory(cohort=cohort, title=title, recommended=len(entries), **options)
    for entry in entries:
        RecommendationFactory(resource=found, entry=entry, context=f"{title}, clear and short")
    for topic in topics:
        ResourceTopicFactory(resource=found, topic=topic)
    return found


def entry_of(cohort, **options):
    return EntryFactory(repository=RepositoryFactory(cohort=cohort), **options)


@pytest.fixture
def resources(cohort, repository):
    """Two resources, one of which two people recommend."""
    mine = EntryFactory(repository=repository, title="Reading list", path="read/list.md")
    return [
        resource(cohort, "Seldom said", mine, host="a.example", topics=["redis"]),
        resource(
            cohort,
            "Often said",
            mine,
            entry_of(cohort),
            host="www.b.example",
            address="https://www.b.example/often",
            topics=["django"],
        ),
    ]


def test_the_most_recommended_come_first_with_who_and_where(client, resources):
    html = client.get("/c/prodev/-/resources").content.decode()
    page = words(html)

    assert "2 resources, most recommended first" in page
    assert page.index("Often said") < page.index("Seldom said")
    assert "clear and short" in page
    assert "Amina Odhiambo in Reading list, line 5" in page
    assert "/c/prodev/notes/-/source/read/list.md#L5" in html
    assert "b.example" in page


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ("The book – clear and short", "clear and short"),
        ("▶ The book: clear and short", "clear and short"),
        ("✍️ The book", ""),
        ("www.book.example/read", ""),
        ("https://book.example/another?page=1#top", ""),
        ("“The best of them,” she said", "“The best of them,” she said"),
        ("The book. .NET from the inside", ".NET from the inside"),
        ("The book – ¿Cómo se escribe?", "¿Cómo se escribe?"),
        ("「日本語の本」はとても良い本です", "「日本語の本」はとても良い本です"),
        ("$HOME and /etc, one by one", "$HOME and /etc, one by one"),
    ],
)
def test_what_is_said_of_a_resource_is_more_than_its_title_and_address(
    client, cohort, context, said
):
    found = resource(cohort, "The book", address="https://www.book.example/read/")
    RecommendationFactory(resource=found, entry=entry_of(cohort), context=context)
    Resource.objects.update(recommended=1)

    html = client.get("/c/prodev/-/resources").content.decode()
    assert re.findall(r'<p class="entry-line" dir="auto">(.*?)</p>', html) == (
        [said] if said else []
    )


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("topic=redis", "Seldom said"),
        ("host=a.example", "Seldom said"),
        ("q=OFTEN", "Often said"),
        ("q=b.example+said", "Often said"),
        ("topic=django&host=www.b.example", "Often said"),
    ],
)
def test_resources_are_filtered_and_searched(client, resources, query, title):
    page = words(client.get(f"/c/prodev/-/resources?{query}"))

    assert [one.title for one in resources if one.title in page] == [title]


def test_a_search_keeps_the_filters_and_says_when_there_is_nothing(client, resources):
    html = client.get("/c/prodev/-/resources?topic=redis&q=zebra").content.decode()

    assert '<input type="hidden" name="topic" value="redis">' in html
    assert "No resource passes these filters" in html
    assert "Seldom said" in words(client.get("/c/prodev/-/resources?topic=nonsense"))


def test_a_rare_host_that_is_chosen_is_among_the_filters(client, cohort):
    for at in range(18):
        for _ in range(2):
            resource(cohort, f"Page {at}", entry_of(cohort), host=f"common-{at:02}.example")
    resource(cohort, "A rare page", entry_of(cohort), host="rare.example")
    page = words(client.get("/c/prodev/-/resources?host=rare.example"))

    assert "A rare page" in page
    assert "common-15.example 2 rare.example" in page
    assert "common-16.example" not in page


def test_words_that_only_repeat_the_title_are_left_out(client, cohort):
    found = resource(cohort, "Django documentation", entry_of(cohort))
    found.recommendations.update(context="Django documentation: it")
    html = client.get("/c/prodev/-/resources").content.decode()
    assert "entry-line" not in html

    found.recommendations.update(context="* Django documentation - read the tutorial twice")
    forget()  # as the event of a publication does
    assert "read the tutorial twice" in words(client.get("/c/prodev/-/resources"))


@pytest.mark.parametrize(
    ("state", "said"), [("moved", "Has moved"), ("gone", "Is gone"), ("silent", "Does not answer")]
)
def test_what_is_known_of_an_address_is_said_in_words(client, resources, state, said):
    assert said not in words(client.get("/c/prodev/-/resources"))
    resources[0].state, resources[0].moved_to = state, "https://new.example/there"
    resources[0].save()
    forget()  # as the event that a look publishes does
    html = client.get("/c/prodev/-/resources").content.decode()

    assert said in html
    assert ("https://new.example/there" in html) == (state == "moved")


def test_only_the_first_recommendations_are_shown(client, cohort):
    resource(cohort, "Loved by many", *(entry_of(cohort) for _ in range(5)))

    assert "and 2 more repositories" in words(client.get("/c/prodev/-/resources"))


def test_what_nobody_recommends_any_more_is_not_listed(client, cohort):
    ResourceFactory(cohort=cohort, title="Forgotten", recommended=0)
    page = words(client.get("/c/prodev/-/resources"))

    assert "Forgotten" not in page
    assert "Nothing recommended yet" in page


def test_resources_ask_the_same_questions_however_many_there_are(client, resources, cohort):
    asked = questions(client, "/c/prodev/-/resources")
    assert asked <= 11
    for at in range(20):
        resource(cohort, f"More {at}", entry_of(cohort), topics=["django"])
    assert questions(client, "/c/prodev/-/resources") <= asked


@pytest.mark.parametrize("room", ["projects", "challenges", "resources"])
def test_the_lists_of_a_hidden_cohort_are_not_found(client, room):
    CohortFactory(slug="hidden", visibility=Visibility.MEMBERS)

    assert client.get(f"/c/hidden/-/{room}").status_code == 404
