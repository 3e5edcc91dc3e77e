"""Who is what in a cohort; an owner always remains."""

import threading

import pytest
from django.db import connection

from nexus.cohorts import services
from nexus.cohorts.models import Cohort, Membership, Role
from nexus.cohorts.selectors import left_of, members_of, rights_in, role_of
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.cohorts.tests.telling import logged, refused, told
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NexusError, NotFound
from nexus.kernel.models import AuditRecord
from nexus.people.tests.factories import OwnerFactory, PersonFactory


@pytest.fixture
def cohort(db):
    return CohortFactory()


@pytest.fixture
def owner(cohort):
    return MembershipFactory(cohort=cohort, role=Role.OWNER).person


@pytest.fixture
def member(cohort):
    return MembershipFactory(cohort=cohort).person


def test_an_owner_makes_a_member_a_mentor(cohort, owner, member):
    services.change_role(by=owner, cohort=cohort, person=member, role="mentor")

    assert role_of(member, cohort) == "mentor"
    assert told() == ["cohorts.role_changed"]
    record = AuditRecord.objects.get()
    assert (record.actor, record.subject, record.scope) == (owner.pk, member.pk, cohort.readers)
    assert record.details == {"before": "member", "after": "mentor"}


def test_nothing_is_told_of_a_role_that_is_the_same(cohort, owner, member):
    services.change_role(by=owner, cohort=cohort, person=member, role="member")
    assert (told(), logged()) == ([], [])


def test_a_role_that_there_is_not_is_refused(cohort, owner, member):
    with pytest.raises(Invalid):
        services.change_role(by=owner, cohort=cohort, person=member, role="god")
    assert role_of(member, cohort) == "member"


@pytest.mark.parametrize("role", ["mentor", "member", "guest", ""])
def test_others_change_no_role_and_the_log_tells_that_they_tried(cohort, owner, member, role):
    by = MembershipFactory(cohort=cohort, role=role).person if role else PersonFactory()
    with pytest.raises(Forbidden):
        services.change_role(by=by, cohort=cohort, person=by, role="owner")
    with pytest.raises(Forbidden):
        services.remove_member(by=by, cohort=cohort, person=member)
    assert role_of(by, cohort) == role
    assert role_of(member, cohort) == "member"
    assert told() == []
    assert refused() == ["cohort.forbidden"] * 2


def test_the_last_owner_stays(cohort, owner, member):
    for change in (
        lambda: services.change_role(by=owner, cohort=cohort, person=owner, role="mentor"),
        lambda: services.remove_member(by=owner, cohort=cohort, person=owner),
        lambda: services.leave_cohort(by=owner, cohort=cohort),
        lambda: services.change_role(by=OwnerFactory(), cohort=cohort, person=owner, role="guest"),
        lambda: services.remove_member(by=None, cohort=cohort, person=owner),
    ):
        with pytest.raises(Conflict, match="always has an owner"):
            change()
    assert role_of(owner, cohort) == "owner"
    assert told() == []


def test_one_of_two_owners_may_go(cohort, owner):
    other = MembershipFactory(cohort=cohort, role=Role.OWNER).person
    services.leave_cohort(by=owner, cohort=cohort)
    assert [one.person for one in members_of(cohort)] == [other]
    assert (told(), logged()) == (["cohorts.member_left"], ["member.left"])


def test_a_member_leaves_and_is_removed(cohort, owner, member):
    services.leave_cohort(by=member, cohort=cohort)
    with pytest.raises(NotFound):
        services.leave_cohort(by=member, cohort=cohort)
    gone = MembershipFactory(cohort=cohort).person
    services.remove_member(by=owner, cohort=cohort, person=gone)
    assert role_of(gone, cohort) == role_of(member, cohort) == ""
    assert logged() == ["member.left", "member.removed"]


def test_somebody_of_another_cohort_is_not_found(cohort, owner):
    stranger = MembershipFactory().person
    for change in (
        lambda: services.change_role(by=owner, cohort=cohort, person=stranger, role="guest"),
        lambda: services.remove_member(by=owner, cohort=cohort, person=stranger),
        lambda: services.transfer_ownership(by=owner, cohort=cohort, to=stranger),
    ):
        with pytest.raises(NotFound):
            change()
    assert Membership.objects.filter(person=stranger).exists()


def test_a_cohort_is_handed_on(cohort, owner, member):
    services.transfer_ownership(by=owner, cohort=cohort, to=member)
    assert (role_of(member, cohort), role_of(owner, cohort)) == ("owner", "mentor")
    assert told() == ["cohorts.role_changed"] * 2
    assert logged() == ["member.transferred", "member.role_changed"]


def test_a_cohort_is_not_handed_on_to_oneself(cohort, owner):
    with pytest.raises(Forbidden):
        services.transfer_ownership(by=owner, cohort=cohort, to=owner)
    assert role_of(owner, cohort) == "owner"


def test_the_hubs_owner_hands_on_a_cohort_without_stepping_down(cohort, owner, member):
    services.transfer_ownership(by=None, cohort=cohort, to=member)
    services.transfer_ownership(by=OwnerFactory(), cohort=cohort, to=member)
    assert role_of(member, cohort) == role_of(owner, cohort) == "owner"


def test_the_hubs_owner_lets_somebody_in(cohort, owner):
    person = PersonFactory()
    with pytest.raises(Forbidden):
        services.add_member(by=owner, cohort=cohort, person=person, role="member")
    services.add_member(by=None, cohort=cohort, person=person, role="mentor")
    assert role_of(person, cohort) == "mentor"
    with pytest.raises(Conflict):
        services.add_member(by=None, cohort=cohort, person=person, role="guest")


def test_members_are_listed_owners_first_in_one_query(
    cohort, owner, member, django_assert_num_queries
):
    MembershipFactory(cohort=cohort, role=Role.MENTOR)
    with django_assert_num_queries(1):
        listed = [(one.role, one.person.handle) for one in members_of(cohort)]
    assert [role for role, _ in listed] == ["owner", "mentor", "member"]


def test_all_rights_are_known_in_one_query(cohort, owner, member, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert {"invite", "change_cohort", "read_log"} <= rights_in(cohort, owner)
    with django_assert_num_queries(1):
        assert "invite" not in rights_in(cohort, member)
    with django_assert_num_queries(0):
        assert rights_in(cohort, None) == frozenset()
        assert "transfer" in rights_in(cohort, OwnerFactory.build())
    rights = rights_in(cohort, owner)
    assert left_of(rights, cohort) == rights
    cohort.archived_at = cohort.created_at
    assert {"read", "archive"} <= left_of(rights, cohort)
    assert "invite" not in left_of(rights, cohort)


@pytest.mark.parametrize("how", ["demote", "remove", "leave"])
@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_end_each_other_at_once_one_remains(how):
    """Two connections that begin at the same moment."""
    cohort = CohortFactory()
    owners = [MembershipFactory(cohort=cohort, role=Role.OWNER).person for _ in range(2)]
    begin = threading.Barrier(2, timeout=60)
    faults = []

    def end(by, other):
        acts = {
            "demote": lambda: services.change_role(
                by=by, cohort=cohort, person=other, role="member"
            ),
            "remove": lambda: services.remove_member(by=by, cohort=cohort, person=other),
            "leave": lambda: services.leave_cohort(by=by, cohort=cohort),
        }
        try:
            Cohort.objects.get(pk=cohort.pk)  # the connection is there
            begin.wait()
            acts[how]()
        except NexusError as fault:
            faults.append(fault)
        finally:
            connection.close()

    pairs = (owners, owners[::-1])
    threads = [threading.Thread(target=end, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    remaining = Membership.objects.filter(cohort=cohort, role=Role.OWNER)
    assert remaining.count() == 1
    assert [type(fault) for fault in faults] == [Conflict if how == "leave" else Forbidden]
    assert refused() == ["cohort.forbidden"] * (how != "leave"), "the last owner may not leave"
    assert len(told()) == 1
