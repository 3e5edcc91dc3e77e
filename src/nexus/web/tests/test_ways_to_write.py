"""Whoever may write finds the way to it where they look; nobody else is shown it."""

import pytest
from django.test import Client

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory

pytestmark = pytest.mark.django_db

#: Where people look, and what is written from there.
PLACES = {
    "/c/prodev/": "/c/prodev/-/write",
    "/c/prodev/-/challenges": "/c/prodev/-/write/challenge",
    "/c/prodev/-/resources": "/c/prodev/-/write/resource",
    "/p/amina": "/c/prodev/-/write",
}


@pytest.fixture
def cohort():
    return CohortFactory(slug="prodev", name="ProDev")


def signed_in(cohort, role, handle="amina"):
    client = Client()
    member = MembershipFactory(cohort=cohort, role=role, person__handle=handle).person
    client.force_login(member)
    return client


def ways(client, place):
    """The addresses to which the content of a page leads."""
    main = client.get(place).content.decode().partition("<main")[2].partition("</main>")[0]
    return {part.partition('"')[0] for part in main.split('href="')[1:]}


@pytest.mark.parametrize(("place", "way"), PLACES.items())
def test_members_find_it(cohort, place, way):
    member = signed_in(cohort, Role.MEMBER)
    assert way in ways(member, place)
    assert member.get(way).status_code == 200


@pytest.mark.parametrize(("place", "way"), PLACES.items())
def test_those_who_may_only_read_are_not_sent_there(cohort, place, way):
    assert way not in ways(signed_in(cohort, Role.GUEST), place)
    assert way not in ways(Client(), place)


def test_the_page_of_somebody_else_is_no_place_to_write(cohort):
    signed_in(cohort, Role.MEMBER)
    other = signed_in(cohort, Role.MEMBER, handle="bao")
    assert "/c/prodev/-/write" not in ways(other, "/p/amina")


def test_who_writes_in_several_cohorts_is_told_in_which(cohort):
    client = signed_in(cohort, Role.MEMBER)
    person = cohort.memberships.get().person
    other = CohortFactory(slug="guild", name="Guild")
    MembershipFactory(cohort=other, person=person, role=Role.MEMBER)
    page = " ".join(client.get("/p/amina").content.decode().split())
    assert "Write in ProDev</a>" in page
    assert "Write in Guild</a>" in page
