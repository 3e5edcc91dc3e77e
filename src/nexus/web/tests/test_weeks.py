"""What changed this week, as a page and as a feed."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from nexus.cohorts.models import Visibility
from nexus.cohorts.tests.factories import CohortFactory
from nexus.library.models import Entry
from nexus.library.tests.factories import EntryFactory, RecommendationFactory, ResourceFactory
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.tests.factories import RepositoryFactory
from nexus.web.tests.saying import questions, words

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def cohort():
    return CohortFactory(slug="prodev", name="ProDev")


@pytest.fixture
def repository(cohort):
    owner = PersonFactory(name="Amina Odhiambo", handle="amina")
    return RepositoryFactory(cohort=cohort, slug="notes", owner=owner)


def entry(repository, title, *, changed=None, published=None, **options):
    """An entry that was committed and came here so many days ago; long ago when none are said."""
    now = timezone.now()
    made = EntryFactory(
        repository=repository,
        title=title,
        changed_at=LONG_AGO if changed is None else now - timedelta(days=changed),
        **options,
    )
    moment = LONG_AGO if published is None else now - timedelta(days=published)
    Entry.objects.filter(pk=made.pk).update(published_at=moment)
    return made


def test_a_quiet_week_says_so(client, repository):
    entry(repository, "Old hat")
    page = words(client.get("/c/prodev/-/week"))

    assert "A quiet week" in page
    assert "Old hat" not in page


def test_new_and_changed_are_told_apart_and_counted(client, repository):
    entry(repository, "Just written", changed=0, published=0)
    entry(repository, "Written before, added now", published=0)
    entry(repository, "Mended", changed=0, kind="snippet")
    entry(repository, "Not this week", changed=9, published=9)
    page = words(client.get("/c/prodev/-/week"))

    assert "2 new and 1 changed, by 1 person" in page
    assert "2 documents new, 1 snippet changed" in page
    for title in ("Just written", "Written before, added now", "Mended"):
        assert title in page
    assert "Not this week" not in page


def test_days_are_told_from_the_latest_and_people_by_how_much(client, repository, cohort):
    zola = RepositoryFactory(cohort=cohort, owner=PersonFactory(name="Zola"))
    entry(repository, "From Amina", changed=0)
    for at in range(2):
        entry(zola, f"From Zola {at}", changed=0)
    entry(zola, "Days before", changed=3)
    page = words(client.get("/c/prodev/-/week"))

    assert page.index("From Zola") < page.index("From Amina") < page.index("Days before")


def test_challenges_and_resources_come_first(client, repository, cohort):
    document = entry(repository, "A document", changed=0, published=0)
    entry(
        repository,
        "Lost sessions",
        changed=0,
        published=0,
        kind="challenge",
        part="c",
        facts={"action": "Sticky cookies"},
    )
    RecommendationFactory(
        resource=ResourceFactory(cohort=cohort, title="Good read"), entry=document
    )
    page = words(client.get("/c/prodev/-/week"))

    assert page.index("New challenges") < page.index("Sticky cookies")
    assert page.index("Newly recommended") < page.index("Good read") < page.index("A document")


def test_what_one_person_did_is_named_in_part(client, repository):
    for at in range(9):
        entry(repository, f"Page {at}", changed=0)
    page = words(client.get("/c/prodev/-/week"))

    assert "9 documents changed" in page
    assert "and 4 more" in page


def test_copies_are_no_news(client, repository, cohort):
    first = entry(repository, "Retry", changed=0, published=0, kind="snippet")
    entry(RepositoryFactory(cohort=cohort), "Retry", changed=0, published=0, original=first)

    assert "1 new, by 1 person" in words(client.get("/c/prodev/-/week"))


def test_a_crowded_day_is_bounded(client, cohort, monkeypatch):
    monkeypatch.setattr("nexus.web.pages.weeks.PEOPLE_SHOWN", 2)
    for _ in range(5):
        entry(RepositoryFactory(cohort=cohort), "Something", changed=0)

    assert "and 3 more people" in words(client.get("/c/prodev/-/week"))


def test_a_week_asks_the_same_questions_however_much_changed(client, repository, cohort):
    def more():
        entry(repository, "One", changed=0, published=0)
        entry(repository, "Two", changed=1, kind="challenge", published=1)
        resource = ResourceFactory(cohort=cohort)
        RecommendationFactory(resource=resource, entry=entry(repository, "Three", changed=2))
        entry(RepositoryFactory(cohort=cohort), "Four", changed=2)

    more()
    asked = questions(client, "/c/prodev/-/week")
    assert asked <= 12
    for _ in range(6):
        more()
    assert questions(client, "/c/prodev/-/week") <= asked


def test_the_feed_tells_of_the_latest_changes(client, repository):
    entry(repository, "Older & wiser", changed=2)
    entry(repository, "Newest", changed=0, summary="Less is < more", path="docs/new.md")
    response = client.get("/c/prodev/-/feed.atom")
    feed = ET.fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.findtext(f"{ATOM}title") == "ProDev"
    assert [one.findtext(f"{ATOM}title") for one in entries] == ["Newest", "Older & wiser"]
    assert entries[0].findtext(f"{ATOM}id") == "http://testserver/c/prodev/notes/docs/new.md"
    assert entries[0].findtext(f"{ATOM}summary") == "Less is &lt; more"  # it is HTML
    assert entries[0].findtext(f"{ATOM}author/{ATOM}name") == "Amina Odhiambo"


def test_the_page_leads_to_the_feed(client, cohort):
    html = client.get("/c/prodev/-/week").content.decode()

    assert html.count('href="/c/prodev/-/feed.atom"') == 2
    assert 'type="application/atom+xml"' in html


@pytest.mark.parametrize("room", ["week", "feed.atom"])
def test_the_week_of_a_hidden_cohort_is_not_found(client, room):
    CohortFactory(slug="hidden", visibility=Visibility.MEMBERS)

    assert client.get(f"/c/hidden/-/{room}").status_code == 404
