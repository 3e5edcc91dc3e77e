"""A page drawn for one reader is given to others of the same standing, and to nobody else."""

import re
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nexus.cohorts.models import Membership, Role, Visibility
from nexus.cohorts.tests.factories import MembershipFactory
from nexus.library.tests.factories import FileProblemFactory
from nexus.people.tests.factories import OwnerFactory, PersonFactory
from nexus.repositories.models import Repository

BASE = "/c/cohort-of-nexus/nexus"
FILES = {
    "README.md": "# Shop\n\nA shop. Write to ada@example.org.\n",
    "documentation/waiting.md": (
        "# Waiting\n\nAsk jane.doe@example.org.\n\n<!-- the reader's menu -->\n"
    ),
}
kept = import_module("nexus.library.selectors.kept")  # the package has a function of this name
PAGES = (f"{BASE}/", f"{BASE}/documentation/waiting.md")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def shop(mirror):
    mirror.publish(FILES)
    mirror.repository.refresh_from_db()
    return mirror


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def member_of(shop, role=Role.MEMBER):
    return MembershipFactory(cohort=shop.repository.cohort, role=role).person


def shown(person, address):
    response = signed_in(person).get(address)
    assert response.status_code == 200
    return _TOKEN.sub("", response.content.decode())


def test_another_of_the_same_standing_is_given_the_same_with_their_own_menu(shop):
    first, second = member_of(shop), member_of(shop)
    for address in PAGES:
        assert f"Menu of {first.name}" in shown(first, address)
        page = shown(second, address)
        assert f"Menu of {second.name}" in page
        assert first.name not in page
        assert "jane.doe@example.org" in page or "ada@example.org" in page


def test_it_costs_few_questions(shop):
    member, address = member_of(shop), PAGES[1]
    client = signed_in(member)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    tables = " ".join(query["sql"] for query in asked.captured_queries)
    assert "library_" not in tables
    # The session, the person, the repository, their roles; what is new, asked twice at most.
    assert len(asked) <= 6


@pytest.mark.parametrize("kind", Repository.Kind.values)
def test_in_whatever_order_people_come_each_sees_what_is_theirs(shop, kind):
    cohort = shop.repository.cohort
    Repository.objects.update(owner=PersonFactory(handle="ada"), kind=kind)
    FileProblemFactory(repository=shop.repository, path="documentation/waiting.md")
    people = [
        *(member_of(shop, role) for role in Role.values),
        *(member_of(shop, role) for role in Role.values),
        PersonFactory(),
        OwnerFactory(),
        Repository.objects.get(cohort=cohort).owner,
    ]
    alone = {}
    for person in people:
        for address in PAGES:
            kept.forget()
            alone[person, address] = shown(person, address)
    kept.forget()
    for order in (people, people[::-1]):
        assert {(one, at): shown(one, at) for one in order for at in PAGES} == alone


def test_what_is_published_is_shown_at_once(shop):
    member = member_of(shop)
    assert "Ask " in shown(member, PAGES[1])
    shop.publish({"documentation/waiting.md": "# Waiting\n\nNobody.\n"})
    assert "Nobody." in shown(member, PAGES[1])


def test_an_origin_in_trouble_is_told(shop):
    member = member_of(shop)
    assert "could not be read" not in shown(member, PAGES[0])
    Repository.objects.update(state="trouble")
    assert "could not be read" in shown(member, PAGES[0])


def test_who_was_removed_sees_nothing_of_it(shop):
    cohort, member = shop.repository.cohort, member_of(shop)
    cohort.visibility = Visibility.INVITE
    cohort.save()
    assert signed_in(member).get(PAGES[1]).status_code == 200
    Membership.objects.filter(person=member).delete()
    assert signed_in(member).get(PAGES[1]).status_code == 404


def test_a_very_long_page_is_drawn_each_time(shop, monkeypatch):
    member = member_of(shop)
    monkeypatch.setattr(kept, "LONGEST_PAGE", 10)
    client = signed_in(member)
    client.get(PAGES[1])
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGES[1])
    assert "library_rendering" in " ".join(query["sql"] for query in asked.captured_queries)


def test_what_was_said_to_one_reader_is_said_to_them_alone(shop):
    told, other = signed_in(member_of(shop)), member_of(shop)
    told.post(reverse("usersessions_list"), {"session": "others"})
    assert "There was no such session." in told.get(PAGES[1]).content.decode()
    assert "There was no such session." not in shown(other, PAGES[1])


def test_what_is_said_to_a_reader_does_not_wait_for_another_page(shop):
    shown(member_of(shop), PAGES[1])
    told = signed_in(member_of(shop))
    told.post(reverse("usersessions_list"), {"session": "others"})
    assert "There was no such session." in told.get(PAGES[1]).content.decode()
    assert "There was no such session." not in told.get(PAGES[1]).content.decode()


def test_the_menu_follows_whoever_reads(shop):
    member = member_of(shop, Role.GUEST)
    assert "Add a repository" not in shown(member, PAGES[1])
    Membership.objects.filter(person=member).update(role=Role.MEMBER)
    type(member).objects.filter(pk=member.pk).update(name="Another <!-- the token --> Name")
    page = shown(member, PAGES[1])
    assert "Add a repository" in page
    assert "Another &lt;!-- the token --&gt; Name" in page


def test_each_answer_has_a_token_of_its_own_that_is_taken(shop):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member_of(shop))
    tokens = [_TOKEN.search(client.get(PAGES[1]).content.decode())[0] for _ in range(3)]
    assert len(set(tokens)) == 3
    given = {"csrfmiddlewaretoken": tokens[0].split('"')[3]}
    assert client.post(reverse("sign-out"), given).status_code == 302
    assert "Menu of" not in client.get(PAGES[1]).content.decode()
