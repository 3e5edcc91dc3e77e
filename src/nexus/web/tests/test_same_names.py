"""Repositories and entries of the same name can be told apart wherever they are listed."""

import re

import pytest

from nexus.cohorts.tests.factories import CohortFactory
from nexus.repositories.models import Repository

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def twins(add_mirror):
    """Two repositories that call themselves the same, in one cohort, of two people."""
    cohort = CohortFactory(slug="makers", name="Makers")
    mirrors = [add_mirror(name, cohort) for name in ("one", "two")]
    for mirror in mirrors:
        mirror.publish({"README.md": "# Notes\n", "docs/a.md": "# Overview\n"})
    Repository.objects.update(name="Notes")
    return mirrors


@pytest.fixture
def of_one_person(twins):
    """The same, both of one person."""
    Repository.objects.update(owner=twins[0].repository.owner)
    return twins


def marks(client, address):
    """What a page writes beside entries that look like others."""
    html = client.get(address).content.decode()
    return set(re.findall(r'class="mono (?:fine )?apart">(.*?)<', html))


def words(client, address):
    """What a page says on a phone."""
    html = client.get(address).content.decode()
    narrow = re.sub(r'<(\w+) class="[^"]*wide-only.*?</\1>', "", html)
    return " ".join(re.sub(r"<[^>]+>", " ", narrow).split())


def test_repositories_of_two_people_show_whose_they_are(client, twins):
    for mirror in twins:
        owner = mirror.repository.owner.name
        assert f"Notes {owner}" in words(client, "/c/makers/")
        assert owner in words(client, "/c/makers/-/repositories")


def test_repositories_of_one_person_show_their_addresses(client, of_one_person):
    for address in ("/c/makers/", "/c/makers/-/repositories"):
        page = words(client, address)
        assert "Notes one" in page
        assert "Notes two" in page


def test_repositories_with_names_of_their_own_show_nothing_more(client, twins):
    Repository.objects.filter(slug="two").update(name="Other")
    assert "Notes Owner" not in words(client, "/c/makers/")


@pytest.mark.parametrize("address", ["/", "/c/makers/", "/p/owner-of-one", "/search"])
def test_entries_that_look_the_same_say_where_they_are(client, of_one_person, address):
    assert marks(client, address) == {"one", "two", "one/docs/a.md", "two/docs/a.md"}


def test_of_a_place_only_the_end_is_said_that_makes_the_difference(client, twins):
    twins[0].publish({"sorting/bubble/README.md": "# Bubble sort\n"})
    twins[0].publish({"sorting/bubble/README.pt-BR.md": "# Bubble sort\n"})
    assert marks(client, "/c/makers/") == {"README.md", "README.pt-BR.md"}


def test_entries_of_two_people_are_told_apart_by_the_people(client, twins):
    page = words(client, "/")
    assert not marks(client, "/")
    assert all(mirror.repository.owner.name in page for mirror in twins)


def test_hits_that_look_the_same_say_where_they_are(client, of_one_person, engine):
    of_one_person[0].publish({"other.md": "# Overview of something else\n"})
    engine.catch_up()
    page = words(client, "/search?q=overview")
    assert "makers/one docs/a.md" in page
    assert "makers/two docs/a.md" in page
    assert "other.md" not in page


def test_suggestions_that_look_the_same_say_where_they_lead(client, of_one_person, engine):
    of_one_person[0].publish({"other.md": "# Overcoming\n"})
    engine.catch_up()
    found = client.get("/search/suggest?q=over").json()["suggestions"]
    details = {one["address"]: one.get("detail") for one in found}
    assert details == {
        "/c/makers/one/docs/a.md": "makers/one/docs/a.md",
        "/c/makers/two/docs/a.md": "makers/two/docs/a.md",
        "/c/makers/one/other.md": None,
    }
