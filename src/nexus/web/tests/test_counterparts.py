"""Projects that look for a counterpart, those that fit best first."""

import pytest

from nexus.cohorts.models import Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.kernel.models import StoredEvent
from nexus.library.models import Correction
from nexus.library.selectors.kept import forget
from nexus.library.tests.factories import EntryFactory, FactFactory
from nexus.people.tests.factories import PersonFactory, ProfileFactory
from nexus.repositories.tests.factories import RepositoryFactory
from nexus.web.tests.saying import questions, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory(slug="prodev", name="ProDev")


def project(cohort, title, *, track="frontend", sought=("backend",), uses=(), owner=None, zone=""):
    owner = owner or MembershipFactory(cohort=cohort, person__time_zone=zone or "UTC").person
    if zone:
        ProfileFactory(person=owner)
    repository = RepositoryFactory(cohort=cohort, owner=owner)
    entry = EntryFactory(repository=repository, kind="project", path="", title=title)
    values = [("track", track), *(("looking_for", one) for one in sought)]
    for name, value in [*values, *(("technology", one) for one in uses)]:
        FactFactory(entry=entry, name=name, value=value)
    return entry


@pytest.fixture
def own(client, cohort):
    """A member's backend project, and their browser."""
    member = MembershipFactory(cohort=cohort, person__time_zone="Africa/Accra").person
    client.force_login(member)
    return project(
        cohort, "Job Board API", track="backend", sought=(), uses=["graphql"], owner=member
    )


def order(response, *titles):
    """The titles of projects, in the order of their cards."""
    html = response.content.decode()
    shown = {f">{title}</a>": title for title in titles}
    return [shown[one] for one in sorted(filter(html.__contains__, shown), key=html.index)]


def test_those_that_fit_best_come_first_and_say_why(client, cohort, own):
    project(cohort, "Movie site")
    project(cohort, "Job board", uses=["graphql"], zone="Africa/Kigali")
    project(cohort, "Poll page", uses=["graphql"])
    for address in ("/c/prodev/-/counterparts", "/counterparts"):
        response = client.get(address)
        page = words(response)
        assert order(response, "Movie site", "Job board", "Poll page") == [
            "Job board",
            "Poll page",
            "Movie site",
        ]
        assert "Same idea: job board; both use GraphQL; 2 hours apart" in page
        assert "those that fit Job Board API first" in page


def test_guests_see_all_that_look_and_no_clocks(client, cohort):
    project(cohort, "Job board", zone="Africa/Kigali")
    project(cohort, "Quiet work", sought=())
    project(cohort, "For review", sought=("review",))
    page = words(client.get("/counterparts"))

    assert "1 project" in page
    assert "Job board" in page
    assert "Kigali" not in page
    assert "Your projects" not in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?looking_for=frontend", ["Shop API"]),
        ("?looking_for=backend", ["Job board", "Movie site"]),
        ("?track=frontend", ["Job board", "Movie site"]),
        ("?idea=job+board", ["Job board"]),
        ("?topic=graphql", ["Job board"]),
        ("?hours=3", ["Job board"]),
        ("?hours=1", []),
        ("?topic=nonsense", []),
        ("?hours=many", ["Job board", "Movie site", "Shop API"]),
    ],
)
def test_projects_are_filtered(client, cohort, own, query, titles):
    project(cohort, "Job board", uses=["graphql"], zone="Africa/Kigali")
    project(cohort, "Movie site", zone="Pacific/Auckland")
    project(cohort, "Shop API", track="backend", sought=("frontend", "review"))
    html = client.get(f"/c/prodev/-/counterparts{query}").content.decode()

    shown = [title for title in ("Job board", "Movie site", "Shop API") if f">{title}</a>" in html]
    assert shown == titles
    assert ("No project passes these filters" in html) == (not titles)


def test_what_may_not_be_seen_is_no_counterpart(client, own):
    hidden = CohortFactory(slug="hidden", visibility=Visibility.MEMBERS)
    project(hidden, "Secret plan")

    assert "Secret plan" not in words(client.get("/counterparts"))
    assert client.get("/c/hidden/-/counterparts").status_code == 404
    client.force_login(MembershipFactory(cohort=hidden).person)
    assert "Secret plan" in words(client.get("/counterparts"))


def press(client, entry, side="frontend", do="look"):
    sent = {"project": entry.pk, "side": side, "do": do}
    return client.post("/c/prodev/-/counterparts", sent, follow=True)


def test_an_owner_says_what_their_project_looks_for_and_takes_it_back(client, own):
    FactFactory(entry=own, name="looking_for", value="review")
    page = words(press(client, own))
    assert "Stop looking for a frontend" in page
    assert Correction.objects.get().values == ["review", "frontend"]

    page = words(press(client, own, do="stop"))
    assert "Look for a frontend" in page
    assert Correction.objects.get().values == ["review"]


def test_nobody_says_it_for_another(client, cohort, own):
    other = project(cohort, "Job board")
    before = StoredEvent.objects.count()

    assert "corrected by its owner" in words(press(client, other, "backend"))
    assert "no such project" in words(
        client.post("/counterparts", {"project": "9" * 17, "do": "look"}, follow=True)
    )
    assert "a backend or a frontend" in words(press(client, own, "wizard"))
    client.logout()
    assert press(client, own).redirect_chain[0][0].startswith("/accounts/sign-in")
    assert StoredEvent.objects.count() == before
    assert not Correction.objects.exists()


def test_somebody_away_comes_last(client, cohort, own):
    away = project(cohort, "Job board", uses=["graphql"])
    ProfileFactory(person=away.repository.owner, is_away=True)
    project(cohort, "Movie site")
    response = client.get("/counterparts")
    page = words(response)

    assert order(response, "Job board", "Movie site") == ["Movie site", "Job board"]
    assert "Its owner has no time for a while" in page


def test_many_projects_cost_as_few_questions(client, cohort, own):
    project(cohort, "Job board")
    asked = questions(client, "/c/prodev/-/counterparts")
    assert asked <= 22
    for at in range(30):
        project(cohort, f"Job board {at}", uses=["graphql"])
    forget()
    assert questions(client, "/c/prodev/-/counterparts") <= asked
    assert "25 to 31 of 31" in words(client.get("/c/prodev/-/counterparts?page=2"))


def test_nothing_looks_for_anything(client, cohort):
    assert "No project looks for a counterpart yet" in words(client.get("/counterparts"))
    assert PersonFactory.build().time_zone == "UTC"
    assert "Find a counterpart" in words(client.get("/c/prodev/-/projects"))
