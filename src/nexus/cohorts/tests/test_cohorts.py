"""Cohorts: who sees them, who may do what."""

import pytest

from nexus.cohorts import selectors, services
from nexus.cohorts.models import Cohort, Role, Visibility
from nexus.cohorts.naming import slug_from
from nexus.cohorts.policies import can, can_read
from nexus.cohorts.roles import ROLE_TABLE
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.cohorts.tests.telling import logged, told
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from nexus.kernel.models import AuditRecord, StoredEvent
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


def test_whoever_creates_a_cohort_owns_it():
    owner = OwnerFactory()
    cohort = services.create_cohort(by=owner, slug="mine")
    assert selectors.role_of(owner, cohort) == "owner"
    assert told() == ["cohorts.cohort_created", "cohorts.member_joined"]
    assert logged() == ["cohort.created"]


def test_where_the_hub_says_so_everyone_creates_cohorts_but_not_without_end(settings, monkeypatch):
    settings.COHORTS_BY = "people"
    monkeypatch.setattr("nexus.cohorts.services.groups.MOST_OWNED", 1)
    person = PersonFactory()
    cohort = services.create_cohort(by=person, slug="mine", visibility=Visibility.INVITE)
    assert selectors.role_of(person, cohort) == "owner"
    with pytest.raises(Conflict):
        services.create_cohort(by=person, slug="mine-too")
    assert Cohort.objects.count() == 1


@pytest.mark.parametrize("name", ["x" * 121, "tur\u202en", "a\u200bb", " \u00ad ", "a\x00b"])
def test_a_name_that_cannot_be_shown_is_refused(name):
    with pytest.raises(Invalid):
        services.create_cohort(by=None, slug="named", name=name)
    cohort = CohortFactory()
    with pytest.raises(Invalid):
        services.change_cohort(by=None, cohort=cohort, name=name)
    with pytest.raises(Invalid):
        services.change_cohort(by=None, cohort=cohort, description=f"{name}{'x' * 500}")


def test_a_cohort_is_changed_as_a_whole_or_not_at_all():
    cohort = CohortFactory(slug="before", name="Before")
    CohortFactory(slug="taken")
    with pytest.raises(Conflict):
        services.change_cohort(by=None, cohort=cohort, name="After", slug="taken")
    cohort.refresh_from_db()
    assert (cohort.name, cohort.slug) == ("Before", "before")
    assert (told(), logged()) == ([], [])

    services.change_cohort(
        by=None, cohort=cohort, name=" Le\u00a0 Groupe ", description="Two\nlines", slug="after"
    )
    cohort.refresh_from_db()
    assert (cohort.name, cohort.description, cohort.slug) == ("Le Groupe", "Two lines", "after")
    assert StoredEvent.objects.get().payload["changed"] == ["name", "description", "slug"]
    details = AuditRecord.objects.get().details
    assert details["before"]["slug"] == "before"
    assert details["after"]["slug"] == "after"


def test_an_address_that_a_cohort_had_leads_to_it_and_to_no_other():
    cohort = CohortFactory(slug="first")
    for slug in ("second", "third"):
        services.change_cohort(by=None, cohort=cohort, slug=slug)
    assert selectors.moved_to("first", reader=None) == "third"
    assert selectors.moved_to("second", reader=None) == "third"
    with pytest.raises(Conflict):
        services.create_cohort(by=None, slug="first")
    services.change_cohort(by=None, cohort=cohort, slug="first")
    assert selectors.moved_to("third", reader=None) == "first"
    assert selectors.moved_to("first", reader=None) == "", "it is there itself"


def test_an_address_of_a_hidden_cohort_leads_nowhere_for_others():
    cohort = CohortFactory(slug="first", visibility=Visibility.INVITE)
    services.change_cohort(by=None, cohort=cohort, slug="second")
    assert selectors.moved_to("first", reader=None) == ""
    assert selectors.moved_to("first", reader=PersonFactory()) == ""
    assert selectors.moved_to("first", reader=MembershipFactory(cohort=cohort).person) == "second"


def test_taken_hidden_and_reserved_addresses_are_refused_in_the_same_words():
    CohortFactory(slug="hidden", visibility=Visibility.INVITE)
    CohortFactory(slug="public")
    said = set()
    for slug in ("hidden", "public", "admin"):
        with pytest.raises(Conflict) as refused:
            services.create_cohort(by=None, slug=slug)
        said.add(str(refused.value).replace(slug, "…"))
    assert len(said) == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Back End 2026", "back-end-2026"), ("Café — Nairobi", "cafe-nairobi"), ("Группа", "")],
)
def test_an_address_is_made_of_a_name(name, slug):
    assert slug_from(name) == slug


def test_a_cohort_is_archived_and_brought_back():
    owner = MembershipFactory(role=Role.OWNER)
    cohort = owner.cohort
    for _ in range(2):
        services.archive_cohort(by=owner.person, cohort=cohort)
    cohort.refresh_from_db()
    assert cohort.is_archived
    assert can_read(None, cohort)
    assert can(owner.person, "read_log", cohort)
    assert not can(owner.person, "change_cohort", cohort)
    with pytest.raises(Conflict, match="archived"):
        services.change_cohort(by=owner.person, cohort=cohort, name="Other")
    for _ in range(2):
        services.restore_cohort(by=owner.person, cohort=cohort)
    cohort.refresh_from_db()
    assert can(owner.person, "change_cohort", cohort)
    assert told() == ["cohorts.cohort_archived", "cohorts.cohort_restored"]
    assert logged() == ["cohort.archived", "cohort.restored"]


def test_a_cohort_that_one_may_ask_for_is_found_by_its_address():
    cohort = CohortFactory(visibility=Visibility.MEMBERS)
    assert selectors.joinable_cohort(cohort.slug, reader=PersonFactory()) == cohort
    with pytest.raises(NotFound):
        selectors.joinable_cohort(cohort.slug, reader=None)
    hidden = MembershipFactory(cohort=CohortFactory(visibility=Visibility.INVITE))
    assert selectors.joinable_cohort(hidden.cohort.slug, reader=hidden.person) == hidden.cohort
    with pytest.raises(NotFound):
        selectors.joinable_cohort(hidden.cohort.slug, reader=PersonFactory())
