"""Accounts and the links that sign people in."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from nexus.kernel.models import AuditRecord, StoredEvent
from nexus.people import selectors, services
from nexus.people.handles import handle_from, is_handle
from nexus.people.models import Person, SignInLink
from nexus.people.tests.factories import OwnerFactory, PersonFactory

pytestmark = pytest.mark.django_db


@given(st.text())
def test_every_name_gives_a_handle(name):
    assert is_handle(handle_from(name))


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "a b", "ä", "x" * 40, "a/b"])
def test_what_cannot_be_a_handle_is_known(text):
    assert not is_handle(text)


def test_the_owner_adds_people_and_an_event_tells_of_it():
    person = services.add_person(by=OwnerFactory(), handle="ada", email="ada@example.com")
    assert (person.handle, person.name, person.is_claimed) == ("ada", "ada", True)
    assert not person.has_usable_password()
    assert StoredEvent.objects.get().payload == {"person": person.pk, "handle": "ada"}


def test_whoever_opens_the_hub_to_somebody_stands_in_the_log():
    owner = OwnerFactory()
    grace = services.add_person(by=owner, handle="grace")
    services.make_sign_in_link(by=owner, person=grace)
    rows = AuditRecord.objects.filter(actor=owner.pk, subject=grace.pk).order_by("pk")
    assert [row.action for row in rows] == ["person.added", "person.link-made"]


def test_others_add_nobody():
    by = PersonFactory()
    with pytest.raises(Forbidden):
        services.add_person(by=by, handle="ada")
    assert Person.objects.count() == 1


def test_a_handle_is_used_once_whatever_its_case():
    PersonFactory(handle="Ada")
    with pytest.raises(Conflict, match="taken"):
        services.add_person(by=None, handle="aDa")


def test_an_address_is_used_once():
    PersonFactory(email="ada@example.com")
    with pytest.raises(Conflict, match="belongs to someone"):
        services.add_person(by=None, handle="other", email="ADA@example.com")


def test_a_handle_that_cannot_be_one_is_refused_with_what_to_do():
    with pytest.raises(Invalid) as refused:
        services.add_person(by=None, handle="not a handle")
    assert "1 to 39 letters" in refused.value.remedy


def test_the_owner_of_a_repository_gets_a_page_once():
    first = services.ensure_page_of("Lewis Magangi")
    assert services.ensure_page_of("lewis magangi") == first
    assert (first.handle, first.is_claimed) == ("Lewis-Magangi", False)


def test_the_hub_has_one_owner_at_the_first_start():
    owner = services.ensure_hub_owner()
    assert services.ensure_hub_owner() == owner == selectors.hub_owner()
    assert owner.is_owner


def test_a_link_signs_in_once():
    person = PersonFactory(is_claimed=False)
    secret = services.make_sign_in_link(by=None, person=person)
    assert services.use_sign_in_link(secret) == person
    person.refresh_from_db()
    assert person.is_claimed
    assert person.last_login is not None
    with pytest.raises(Invalid, match="does not work any more"):
        services.use_sign_in_link(secret)


def test_the_secret_of_a_link_is_not_in_the_database():
    secret = services.make_sign_in_link(by=None, person=PersonFactory())
    assert secret not in str(list(SignInLink.objects.values()))


def test_a_link_that_is_too_old_does_nothing():
    secret = services.make_sign_in_link(by=None, person=PersonFactory())
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Invalid):
        services.use_sign_in_link(secret)


def test_old_links_go_when_a_new_one_is_made():
    person = PersonFactory()
    services.make_sign_in_link(by=None, person=person)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    services.make_sign_in_link(by=person, person=person)
    assert SignInLink.objects.count() == 1


def test_nobody_makes_a_link_for_someone_else():
    with pytest.raises(Forbidden):
        services.make_sign_in_link(by=PersonFactory(), person=PersonFactory())
    assert not SignInLink.objects.exists()


def test_people_are_found_by_handle_whatever_its_case():
    person = PersonFactory(handle="Ada")
    assert selectors.person_by_handle("ada") == person
    assert Person.objects.get_by_natural_key("ADA") == person
    with pytest.raises(NotFound, match="no person"):
        selectors.person_by_handle("bob")


def test_people_are_found_by_key():
    people = PersonFactory.create_batch(2)
    assert selectors.people_by_id([p.pk for p in people]) == {p.pk: p for p in people}
    assert selectors.person_by_id(people[0].pk) == people[0]
    assert selectors.person_by_id(0) is None
    assert list(selectors.everyone()) == sorted(people, key=lambda p: p.handle)
