"""A person's page as a portfolio, and the pages on which it is written."""

import re
from datetime import UTC, datetime

import pytest

from nexus.cohorts.models import Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.kernel.models import StoredEvent
from nexus.library.models import Entry
from nexus.library.selectors.kept import forget
from nexus.library.tests.factories import EntryFactory, EntryTopicFactory
from nexus.people.models import Profile
from nexus.people.profile.reading import wishes_of
from nexus.people.tests.factories import PersonFactory, ProfileFactory, WishFactory
from nexus.repositories.tests.factories import RepositoryFactory
from nexus.web.pages.profile import rearranged
from nexus.web.tests.saying import questions, words

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Ada L",
    "about": "I build engines.",
    "tracks": ["backend"],
    "wishes": "GraphQL, redis\nDocker",
    "time_zone": "Africa/Nairobi",
    "open_to": ["questions", "pair"],
    "hours_a_week": "5",
    "times": ["evenings"],
    "label_0": "Code",
    "address_0": "https://github.com/ada",
    "shown_to": "cohorts",
}


@pytest.fixture
def cohort():
    return CohortFactory(slug="prodev", name="ProDev")


@pytest.fixture
def ada(cohort):
    ada = PersonFactory(handle="ada", name="Ada", time_zone="Africa/Nairobi")
    MembershipFactory(cohort=cohort, person=ada)
    return ada


@pytest.fixture
def repository(cohort, ada):
    return RepositoryFactory(cohort=cohort, owner=ada, slug="notes", name="notes")


@pytest.fixture
def own(client, ada):
    client.force_login(ada)
    return client


def entry(repository, title, *topics, **options):
    made = EntryFactory(repository=repository, title=title, **options)
    for topic in topics:
        EntryTopicFactory(entry=made, topic=topic)
    return made


def test_the_page_says_who_one_is_and_shows_what_one_knows_with_what_proves_it(
    client, ada, repository
):
    ProfileFactory(
        person=ada,
        about="I build.\n\nAnd <b>write</b>.",
        tracks=["backend"],
        links=[{"label": "Code", "address": "https://github.com/ada"}],
    )
    entry(repository, "Job board", "django", kind="project", path="")
    told = {"problem": "Slow", "action": "Indexed", "result": "Quick"}
    entry(repository, "A slow list", "django", kind="challenge", part="c", facts=told)
    entry(repository, "Retry", kind="snippet")
    response = client.get("/p/ada")
    page, html = words(response), response.content.decode()

    assert "ada · Backend" in page
    assert "And &lt;b&gt;write&lt;/b&gt;." in page
    assert 'href="https://github.com/ada" rel="nofollow ugc noopener noreferrer"' in html
    assert "Code github.com" in page
    assert "Knows Django 2 entries on Django" in page
    assert "/search?person=ada&amp;topic=Django" in html
    order = ["Projects Job board", "Challenges solved", "Snippets worth keeping", "Latest changes"]
    assert [page.index(title) for title in order] == sorted(page.index(title) for title in order)


def test_guests_read_no_address_in_what_somebody_says_and_members_do(client, ada, cohort):
    ProfileFactory(person=ada, about="Write to ada@example.org")

    assert "ada@example.org" not in words(client.get("/p/ada"))
    client.force_login(MembershipFactory(cohort=cohort).person)
    assert "ada@example.org" in words(client.get("/p/ada"))


def test_when_somebody_can_be_met_is_shown_to_their_cohorts(client, ada, cohort):
    ProfileFactory(person=ada, open_to=["questions", "study"], hours_a_week=1, times=["evenings"])
    WishFactory(person=ada, topic="graphql")
    member = MembershipFactory(cohort=cohort, person__time_zone="Africa/Accra").person
    guest_page = words(client.get("/p/ada"))
    client.force_login(member)
    page = words(client.get("/p/ada"))

    assert "Nairobi" not in guest_page
    assert "GraphQL" not in guest_page
    assert "Nairobi, UTC+3, 3 hours ahead of you" in page
    assert re.search(r"\d\d:\d\d there, (day|night)", page)
    assert "Would answer questions and study together" in page
    assert "Has time: evenings, 1 hour a week" in page
    assert "Wants to learn GraphQL" in page


def test_who_is_away_says_only_that(client, ada):
    ProfileFactory(person=ada, open_to=["pair"], is_away=True, shown_to="everybody")
    page = words(client.get("/p/ada"))

    assert "Not now: no time for a while" in page
    assert "Would work" not in page
    assert "there, " not in page  # a guest's page is kept, and its clock would stand still


def test_what_stands_on_top_is_in_its_order_and_only_what_one_may_see(client, ada, repository):
    hidden = CohortFactory(visibility=Visibility.MEMBERS)
    closed = entry(RepositoryFactory(cohort=hidden, owner=ada), "Closed words")
    gone = entry(repository, "Gone words", withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC))
    first, second = entry(repository, "Second"), entry(repository, "First")
    foreign = entry(RepositoryFactory(), "Foreign words")
    pins = [one.pk for one in (closed, second, gone, foreign, first)]
    ProfileFactory(person=ada, pins=[*pins, 10**9])
    page = words(client.get("/p/ada"))

    assert page.index("To begin with") < page.index("First") < page.index("Second")
    for title in ("Closed words", "Gone words", "Foreign words"):
        assert title not in page
    client.force_login(MembershipFactory(cohort=hidden).person)
    assert "Closed words" in words(client.get("/p/ada"))


def test_a_page_asks_the_same_few_questions_however_much_there_is(client, ada, repository, cohort):
    def more(count):
        for at in range(count):
            for kind in ("project", "challenge", "snippet", "document"):
                made = entry(repository, f"{kind} {at}", "django", "redis", kind=kind)
        return made

    profile = ProfileFactory(person=ada, pins=[more(1).pk])
    WishFactory(person=ada)
    client.force_login(MembershipFactory(cohort=cohort).person)
    asked = questions(client, "/p/ada")
    assert asked <= 36
    profile.pins = [more(9).pk, *Entry.objects.values_list("pk", flat=True)[:5]]
    profile.save()
    forget()
    assert questions(client, "/p/ada") <= asked


def test_an_empty_page(client, ada):
    page = words(client.get("/p/ada"))
    assert "Nothing published yet" in page
    assert "To meet" not in page
    assert "Edit your profile" not in page


def test_ones_own_page_leads_to_where_it_is_written(own):
    html = own.get("/p/ada").content.decode()
    assert 'href="/accounts/profile"' in html


def test_a_profile_is_written_on_a_page(own, ada):
    response = own.post("/accounts/profile", TYPED)

    assert response.headers["Location"] == "/p/ada"
    ada.refresh_from_db()
    assert (ada.name, ada.profile.open_to) == ("Ada L", ["questions", "pair"])
    assert wishes_of(ada.pk) == ["graphql", "redis", "docker"]
    again = own.get("/accounts/profile").content.decode()
    assert "Nairobi, Kenya (UTC+3)" in again
    assert 'value="https://github.com/ada"' in again
    assert "GraphQL\nRedis\nDocker" in again


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"name": "Admin"}, "name", "kept for the hub"),
        ({"about": "x" * 1001}, "about", "longer than 1000"),
        ({"wishes": "Basket weaving"}, "wishes", "knows no topic called “Basket weaving”"),
        ({"address_2": "javascript:alert(1)"}, "address_2", "not the address of a page"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "Mars/Olympus"),
        ({"hours_a_week": "900"}, "hours_a_week", "60"),
        ({"tracks": ["wizardry"]}, "tracks", "wizardry"),
    ],
)
def test_what_is_refused_stands_beside_its_field_and_changes_nothing(own, ada, change, field, said):
    response = own.post("/accounts/profile", TYPED | change)

    assert response.status_code == 422
    [fault] = response.context["form"].errors[field]
    assert said in fault
    assert list(response.context["form"].errors) == [field]
    assert not Profile.objects.exists()
    assert not StoredEvent.objects.exists()


@pytest.mark.parametrize("path", ["/accounts/profile", "/accounts/profile/pins"])
def test_guests_sign_in_first(client, path):
    assert client.get(path).headers["Location"].startswith("/accounts/sign-in?next=")
    assert client.post(path, TYPED).status_code == 302
    assert not Profile.objects.exists()


def press(client, do, one):
    return client.post("/accounts/profile/pins", {"do": do, "entry": one}, follow=True)


def test_entries_are_put_on_top_moved_and_taken_away(own, ada, repository):
    one, two = entry(repository, "One").pk, entry(repository, "Two").pk
    for do, which, expected in [
        ("add", one, [one]),
        ("add", two, [one, two]),
        ("up", two, [two, one]),
        ("up", two, [two, one]),
        ("down", two, [one, two]),
        ("nonsense", two, [one, two]),
        ("remove", one, [two]),
    ]:
        press(own, do, which)
        assert Profile.objects.get(pk=ada.pk).pins == expected


def test_nobody_puts_on_top_what_is_not_theirs_and_no_more_than_six(own, ada, repository):
    foreign = entry(RepositoryFactory(), "Foreign").pk
    assert "You have no such entry" in words(press(own, "add", foreign))
    assert "You have no such entry" in words(press(own, "add", 10**9))
    mine = [entry(repository, f"Mine {at}").pk for at in range(7)]
    for one in mine[:6]:
        press(own, "add", one)
    assert "6 entries stand on top at most" in words(press(own, "add", mine[6]))
    assert Profile.objects.get(pk=ada.pk).pins == mine[:6]


def test_what_was_published_is_looked_through(own, repository):
    entry(repository, "Retry with backoff")
    entry(repository, "A queue")
    page = words(own.get("/accounts/profile/pins?q=RETRY"))

    assert "Retry with backoff" in page
    assert "A queue" not in page
    assert "Nothing of yours is called so" in words(own.get("/accounts/profile/pins?q=nothing"))


def test_moving_past_the_edges_changes_nothing():
    assert rearranged([1, 2, 3], "up", 1) == [1, 2, 3]
    assert rearranged([1, 2, 3], "down", 3) == [1, 2, 3]
    assert rearranged([1, 2, 3], "down", 9) == [1, 2, 3]
