"""What somebody may not see does not exist for them, whichever door they try."""

import re

import pytest
from django.test import Client

from nexus.cohorts import services
from nexus.cohorts.models import Role, Visibility
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.kernel.events import last_number
from nexus.library.models import Entry
from nexus.people.tests.factories import OwnerFactory, PersonFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_cover")]
FILES = {
    "README.md": "# Quincework\n\nAbout quinces, with Django.\n",
    "docs/quinces.md": "# Quinces in Django\n\nMarmalade, and [more](https://quince.example.org).\n",
    "src/quince.py": "def marmalade():\n    return 'quince'\n",
}
BASE = "/c/orchard/quincework"
#: Everything that lies below the cohort: for those who may not see it there is nothing.
BELOW = [
    "/c/orchard/-/projects",
    "/c/orchard/-/challenges",
    "/c/orchard/-/resources",
    "/c/orchard/-/topics",
    "/c/orchard/-/topics/django",
    "/c/orchard/-/week",
    "/c/orchard/-/feed.atom",
    "/c/orchard/-/people",
    "/c/orchard/-/repositories",
    f"{BASE}/",
    f"{BASE}/docs/quinces.md",
    f"{BASE}/-/raw/docs/quinces.md",
    f"{BASE}/-/files/",
    f"{BASE}/-/files/docs/",
    f"{BASE}/-/source/src/quince.py",
    f"{BASE}/-/history/",
    f"{BASE}/-/history/docs/quinces.md",
    f"{BASE}/-/status",
    f"{BASE}/-/status.json",
    "/git/orchard/quincework.git/info/refs?service=git-upload-pack",
]
#: Doors that show what there is; nothing of it may show through.
LISTS = [
    "/",
    "/search?q=quinces",
    "/search?q=marmalade&kind=document",
    "/search/suggest?q=quin",
    "/search?q=cohort:orchard",
    "/t/django",
    "/p/owner-of-quincework",
    "/join",
]
WHO = ["visitor", "stranger", "guest", "member", "owner of the hub"]


@pytest.fixture
def orchard(add_mirror, engine):
    """A cohort with one repository, which can be found."""
    cohort = CohortFactory(slug="orchard", name="Orchardists")
    mirror = add_mirror("quincework", cohort)
    mirror.publish(FILES)
    mirror.repository.owner.is_owner = False
    mirror.repository.owner.save()
    engine.catch_up()
    assert Entry.objects.filter(cohort=cohort).exists()
    return cohort


def browsers(cohort):
    people = {
        "stranger": PersonFactory(),
        "guest": MembershipFactory(cohort=cohort, role=Role.GUEST).person,
        "member": MembershipFactory(cohort=cohort).person,
        "owner of the hub": OwnerFactory(),
    }
    found = {"visitor": Client()}
    for who, person in people.items():
        found[who] = Client()
        found[who].force_login(person)
    return found


def sees(who, visibility):
    return visibility == Visibility.PUBLIC or who in ("guest", "member", "owner of the hub")


def body(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    without_token = re.sub(
        r'csrfmiddlewaretoken" value="\w+"', "", content.decode(errors="replace")
    )
    return without_token.casefold()


@pytest.mark.parametrize("visibility", Visibility.values)
def test_no_door_shows_more_than_one_may_see(orchard, engine, visibility):
    services.change_visibility(by=None, cohort=orchard, visibility=visibility)
    for who, browser in browsers(orchard).items():
        is_seen = sees(who, visibility)
        for address in BELOW:
            status = browser.get(address).status_code
            assert (status == 200) == is_seen, (who, address, status)
            # Git's clients are asked who they are, wherever there is nothing to see
            asked = who == "visitor" and address.startswith("/git/")
            assert is_seen or status == (401 if asked else 404), (who, address)
        for address in LISTS:
            shown = body(browser.get(address))
            traces = [word for word in TRACES if word in shown]
            assert is_seen or traces in ([], NAMED.get((who, address, visibility), [])), (
                who,
                address,
                traces,
            )


#: Words that only what is in the cohort brings onto a page.
TRACES = ["quincework/", "orchardists", "docs/quinces.md"]
#: Whoever may ask to join sees the name, on the one page for that.
NAMED = {("stranger", "/join", Visibility.MEMBERS): ["orchardists"]}


@pytest.mark.parametrize("visibility", Visibility.values)
def test_the_front_of_a_cohort(orchard, visibility):
    services.change_visibility(by=None, cohort=orchard, visibility=visibility)
    for who, browser in browsers(orchard).items():
        response = browser.get("/c/orchard/")
        if sees(who, visibility):
            assert response.status_code == 200
        elif who == "stranger" and visibility == Visibility.MEMBERS:
            assert response["Location"] == "/c/orchard/-/join"
            assert "orchardists" in body(browser.get("/c/orchard/-/join"))
        else:
            assert response.status_code == 404


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.INVITE])
def test_a_hidden_address_answers_as_one_that_was_never_used(orchard, visibility):
    services.change_visibility(by=None, cohort=orchard, visibility=visibility)
    for who in ("visitor", "stranger"):
        browser = browsers(orchard)[who]
        for address in BELOW:
            never_used = address.replace("orchard", "vineyard")
            hidden, nothing = browser.get(address), browser.get(never_used)
            assert body(hidden).replace("orchard", "vineyard") == body(nothing), (who, address)


def test_search_counts_and_suggests_what_one_sees(orchard, engine):
    def found(browser):
        page = browser.get("/search?q=quinces")
        return "docs/quinces.md" in body(page), "kind=document" in body(page)

    everyone = browsers(orchard)
    assert {who: found(browser) for who, browser in everyone.items()} == dict.fromkeys(
        WHO, (True, True)
    )
    services.change_visibility(by=None, cohort=orchard, visibility=Visibility.INVITE)
    for who, browser in everyone.items():
        is_seen = sees(who, Visibility.INVITE)
        assert found(browser)[0] == is_seen
        assert bool(browser.get("/search/suggest?q=quin").json()["suggestions"]) == is_seen


def test_a_change_of_role_holds_at_the_next_question(orchard, engine):
    """For pages, for search, for what is counted and kept, and for pages kept as bytes."""
    services.change_visibility(by=None, cohort=orchard, visibility=Visibility.INVITE)
    person = PersonFactory()
    browser = Client()
    browser.force_login(person)

    def found():
        return (
            browser.get(f"{BASE}/").status_code == 200,
            "docs/quinces.md" in body(browser.get("/search?q=quinces")),
            "orchardists" in body(browser.get("/")),
            bool(browser.get("/search/suggest?q=quin").json()["suggestions"]),
        )

    assert found() == (False,) * 4
    generation = last_number()
    services.add_member(by=None, cohort=orchard, person=person, role="guest")
    assert found() == (True,) * 4
    services.remove_member(by=None, cohort=orchard, person=person)
    assert found() == (False,) * 4
    assert last_number() >= generation + 2, "what is kept for a state of the hub is asked anew"


def test_a_guest_who_becomes_a_member_sees_addresses_at_once(orchard, add_mirror):
    mirror = add_mirror("letters", orchard)
    mirror.publish({"README.md": "# Letters\n\nWrite to ada@example.com please.\n"})
    membership = MembershipFactory(cohort=orchard, role=Role.GUEST)
    browser = Client()
    browser.force_login(membership.person)
    raw = "/c/orchard/letters/-/raw/README.md"
    assert "ada@example.com" not in body(browser.get(raw))
    services.change_role(by=None, cohort=orchard, person=membership.person, role="member")
    assert "ada@example.com" in body(browser.get(raw))
