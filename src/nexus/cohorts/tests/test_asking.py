"""Asking to be let in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nexus.cohorts import services
from nexus.cohorts.models import JoinRequest, Role, Visibility
from nexus.cohorts.selectors import asks_to_join, joinable_cohorts, open_requests, role_of
from nexus.cohorts.tests.factories import CohortFactory, JoinRequestFactory, MembershipFactory
from nexus.cohorts.tests.telling import logged, told
from nexus.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from nexus.kernel.models import StoredEvent
from nexus.people.tests.factories import PersonFactory


@pytest.fixture
def cohort(db):
    return CohortFactory(visibility=Visibility.MEMBERS)


@pytest.fixture
def owner(cohort):
    return MembershipFactory(cohort=cohort, role=Role.OWNER).person


@pytest.fixture
def person(db):
    return PersonFactory()


def test_somebody_asks_and_is_let_in(cohort, owner, person):
    asked = services.ask_to_join(by=person, cohort=cohort, message="I teach caching.")
    assert open_requests(cohort) == [asked]
    assert asks_to_join(person, cohort)

    services.accept_request(by=owner, cohort=cohort, request=asked.pk, role="guest")

    assert role_of(person, cohort) == "guest"
    assert open_requests(cohort) == []
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("accepted", owner)
    assert told() == ["cohorts.join_requested", "cohorts.member_joined", "cohorts.join_answered"]
    assert logged() == ["request.made", "request.accepted"]


def test_what_is_asked_is_the_business_of_those_who_answer(cohort, person):
    services.ask_to_join(by=person, cohort=cohort)
    assert StoredEvent.objects.get().audience == f"cohort:{cohort.pk}:stewards"


def test_somebody_is_declined_and_waits_before_asking_again(cohort, owner, person):
    asked = services.ask_to_join(by=person, cohort=cohort)
    services.decline_request(by=owner, cohort=cohort, request=asked.pk)
    assert role_of(person, cohort) == ""
    with pytest.raises(Conflict, match="declined"):
        services.ask_to_join(by=person, cohort=cohort)
    JoinRequest.objects.update(answered_at=timezone.now() - timedelta(days=8))
    assert services.ask_to_join(by=person, cohort=cohort)


def test_one_asks_once_and_may_ask_no_longer(cohort, person):
    services.ask_to_join(by=person, cohort=cohort)
    with pytest.raises(Conflict):
        services.ask_to_join(by=person, cohort=cohort)
    services.withdraw_request(by=person, cohort=cohort)
    with pytest.raises(NotFound):
        services.withdraw_request(by=person, cohort=cohort)
    assert services.ask_to_join(by=person, cohort=cohort)
    assert logged() == ["request.made", "request.withdrawn", "request.made"]


def test_who_is_in_does_not_ask(cohort, owner):
    with pytest.raises(Conflict):
        services.ask_to_join(by=owner, cohort=cohort)


def test_a_cohort_by_invitation_does_not_exist_for_those_who_ask(person):
    hidden = CohortFactory(visibility=Visibility.INVITE)
    with pytest.raises(NotFound, match="There is no cohort"):
        services.ask_to_join(by=person, cohort=hidden)
    assert hidden not in joinable_cohorts(person)
    assert told() == []


def test_an_archived_cohort_lets_nobody_ask(person):
    public = CohortFactory(archived_at=timezone.now())
    hidden = CohortFactory(archived_at=timezone.now(), visibility=Visibility.MEMBERS)
    with pytest.raises(Conflict, match="archived"):
        services.ask_to_join(by=person, cohort=public)
    with pytest.raises(NotFound):
        services.ask_to_join(by=person, cohort=hidden)


def test_a_long_message_is_refused(cohort, person):
    with pytest.raises(Invalid):
        services.ask_to_join(by=person, cohort=cohort, message="x" * 1001)
    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize("role", ["member", "guest"])
def test_others_do_not_answer(cohort, person, role):
    asked = JoinRequestFactory(cohort=cohort, person=person)
    by = MembershipFactory(cohort=cohort, role=role).person
    with pytest.raises(Forbidden):
        services.accept_request(by=by, cohort=cohort, request=asked.pk)
    with pytest.raises(Forbidden):
        services.decline_request(by=by, cohort=cohort, request=asked.pk)
    assert open_requests(cohort) == [asked]


def test_a_mentor_lets_in_members_but_no_owner(cohort, person):
    asked = JoinRequestFactory(cohort=cohort, person=person)
    mentor = MembershipFactory(cohort=cohort, role=Role.MENTOR).person
    with pytest.raises(Forbidden):
        services.accept_request(by=mentor, cohort=cohort, request=asked.pk, role="owner")
    services.accept_request(by=mentor, cohort=cohort, request=asked.pk)
    assert role_of(person, cohort) == "member"


def test_a_request_of_another_cohort_is_not_found(cohort, owner):
    elsewhere = JoinRequestFactory()
    for answer in (services.accept_request, services.decline_request):
        with pytest.raises(NotFound):
            answer(by=owner, cohort=cohort, request=elsewhere.pk)
    elsewhere.refresh_from_db()
    assert elsewhere.answer == ""


def test_an_invitation_answers_the_request(cohort, owner, person):
    asked = services.ask_to_join(by=person, cohort=cohort)
    made = services.invite_by_link(by=owner, cohort=cohort, role="member")
    services.accept_invitation(by=person, secret=made.secret)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("accepted", owner)


def test_which_cohorts_one_may_ask_for(cohort, owner, person):
    public = CohortFactory()
    CohortFactory(visibility=Visibility.INVITE)
    CohortFactory(archived_at=timezone.now())
    assert set(joinable_cohorts(person)) == {cohort, public}
    assert set(joinable_cohorts(owner)) == {public}
    assert not joinable_cohorts(None).exists()
