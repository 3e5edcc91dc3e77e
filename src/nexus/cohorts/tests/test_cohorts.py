"""Cohorts: who sees them, who may do what."""

import pytest

from nexus.cohorts import selectors, services
from nexus.cohorts.models import Cohort, Role, Visibility
from nexus.cohorts.policies import can, can_read
from nexus.cohorts.roles import ROLE_TABLE
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from nexus.kernel.models import StoredEvent
from nexus.people.tests.factories import OwnerFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("action", ROLE_TABLE)
def test_a_member_may_do_what_the_table_says_and_nothing_else(role, action):
    membership = MembershipFactory(role=role)
    assert can(membership.person, action, membership.cohort) == (role in ROLE_TABLE[action])
    assert not can(membership.person, action, CohortFactory())


@pytest.mark.parametrize("action", ROLE_TABLE)
def test_guests_may_do_nothing_and_the_hubs_owner_everything(action):
    cohort = CohortFactory()
    assert not can(None, action, cohort)
    assert not can(PersonFactory(), action, cohort)
    assert can(OwnerFactory(), action, cohort)


@pytest.mark.parametrize("visibility", Visibility.values)
def test_who_sees_a_cohort(visibility):
    cohort = CohortFactory(visibility=visibility)
    member = MembershipFactory(cohort=cohort).person
    is_public = visibility == Visibility.PUBLIC
    for reader, sees in (
        (None, is_public),
        (PersonFactory(), is_public),
        (member, True),
        (OwnerFactory(), True),
    ):
        assert can_read(reader, cohort) == sees
        assert (cohort in selectors.visible_cohorts(reader)) == sees
        assert (cohort.audience in selectors.audiences(reader)) == sees
        assert (cohort.readers in selectors.audiences(reader)) == sees


def test_a_hidden_cohort_does_not_exist_for_guests():
    hidden = CohortFactory(visibility=Visibility.MEMBERS)
    with pytest.raises(NotFound, match="There is no cohort"):
        selectors.cohort_by_slug(hidden.slug, reader=None)
    assert selectors.cohort_by_slug(hidden.slug, reader=OwnerFactory()) == hidden


def test_a_cohort_is_created_with_an_event():
    cohort = services.create_cohort(by=None, slug="back-end", visibility=Visibility.MEMBERS)
    assert cohort.name == "Back end"
    event = StoredEvent.objects.get()
    assert (event.payload["slug"], event.audience) == ("back-end", f"cohort:{cohort.pk}")


@pytest.mark.parametrize("slug", ["", "Two Words", "a--b", "-a", "a/b", "é", "x" * 61])
def test_a_slug_that_cannot_be_an_address_is_refused(slug):
    with pytest.raises(Invalid):
        services.create_cohort(by=None, slug=slug)
    assert not Cohort.objects.exists()


def test_a_slug_is_used_once():
    CohortFactory(slug="taken")
    with pytest.raises(Conflict):
        services.create_cohort(by=None, slug="taken")


def test_only_the_hubs_owner_creates_cohorts():
    with pytest.raises(Forbidden):
        services.create_cohort(by=PersonFactory(), slug="mine")


@pytest.mark.parametrize("before", Visibility.values)
@pytest.mark.parametrize("after", Visibility.values)
def test_a_change_of_visibility_holds_at_once_and_is_told(before, after):
    cohort, owner = CohortFactory(visibility=before), MembershipFactory(role=Role.OWNER)
    owner.cohort = cohort
    owner.save()
    services.change_visibility(by=owner.person, cohort=cohort, visibility=after)
    cohort.refresh_from_db()
    assert cohort.visibility == after
    assert can_read(None, cohort) == (after == Visibility.PUBLIC)
    told = [(event.payload, event.audience) for event in StoredEvent.objects.all()]
    payload = {"cohort": cohort.pk, "changed": ["visibility"]}
    assert told == ([] if before == after else [(payload, cohort.audience)])


def test_the_key_of_its_readers_outlasts_a_change_of_visibility():
    cohort = CohortFactory()
    before = cohort.readers
    changed = services.change_visibility(by=None, cohort=cohort, visibility=Visibility.INVITE)
    assert changed.readers == before


@pytest.mark.parametrize("role", [Role.MENTOR, Role.MEMBER, Role.GUEST, None])
def test_only_owners_change_who_sees_a_cohort(role):
    cohort = CohortFactory()
    person = MembershipFactory(cohort=cohort, role=role).person if role else PersonFactory()
    with pytest.raises(Forbidden):
        services.change_visibility(by=person, cohort=cohort, visibility=Visibility.MEMBERS)
    cohort.refresh_from_db()
    assert cohort.visibility == Visibility.PUBLIC
    assert not StoredEvent.objects.exists()


def test_a_visibility_that_there_is_not_is_refused():
    with pytest.raises(Invalid, match="cannot be"):
        services.change_visibility(by=None, cohort=CohortFactory(), visibility="secret")


def test_ensuring_a_cohort_creates_it_once():
    first = services.ensure_cohort(by=None, slug="commons")
    assert services.ensure_cohort(by=None, slug="commons") == first
