"""What people are told of requests: those who asked, and those who answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nexus.cohorts import services, tasks
from nexus.cohorts.models import JoinRequest, RequestMails, Role, Visibility
from nexus.cohorts.selectors import requests_of, waiting_for, waiting_in, wants_request_mails
from nexus.cohorts.tests.factories import CohortFactory, JoinRequestFactory, MembershipFactory
from nexus.people.models import Mail
from nexus.people.tests.factories import OwnerFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(settings):
    settings.PUBLIC_URL = "https://hub.example.org"
    return CohortFactory(slug="prodev", name="ProDev", visibility=Visibility.MEMBERS)


def steward(cohort, role=Role.OWNER):
    person = PersonFactory()
    person.email = f"{person.handle}@example.org"
    person.save()
    MembershipFactory(cohort=cohort, person=person, role=role)
    return person


@pytest.fixture
def owner(cohort):
    return steward(cohort)


@pytest.fixture
def ada():
    return PersonFactory(email="ada@example.org")


def mails_to(person):
    return list(Mail.objects.filter(to=person.email).order_by("pk"))


def days_later(days):
    """As if all that was told had been told so long ago."""
    RequestMails.objects.update(posted_at=timezone.now() - timedelta(days=days))


# --- those who asked -----------------------------------------------------------------------------


def test_who_is_let_in_is_told_by_mail_and_where_they_asked(cohort, owner, ada):
    asked = services.ask_to_join(by=ada, cohort=cohort)
    assert [one.answer for one in requests_of(ada)] == [""]

    services.accept_request(by=owner, cohort=cohort, request=asked.pk, role="guest")

    (mail,) = mails_to(ada)
    assert mail.subject == "You are in ProDev"
    assert "as a guest" in mail.body
    assert "https://hub.example.org/c/prodev/\n" in mail.body
    assert [one.answer for one in requests_of(ada)] == ["accepted"]


def test_who_is_declined_is_told_when_they_may_ask_again(cohort, owner, ada):
    asked = services.ask_to_join(by=ada, cohort=cohort)
    services.decline_request(by=owner, cohort=cohort, request=asked.pk)

    (mail,) = mails_to(ada)
    assert "It was declined. You can ask again in 7 days" in mail.body
    assert owner.name not in mail.body, "who declined is not told"
    assert [one.answer for one in requests_of(ada)] == ["declined"]


def test_nobody_is_mailed_at_an_address_that_may_be_anothers(cohort, owner, ada):
    ada.emailaddress_set.create(email="ada@example.org", verified=False)
    asked = services.ask_to_join(by=ada, cohort=cohort)
    services.decline_request(by=owner, cohort=cohort, request=asked.pk)

    assert not Mail.objects.exists()


def test_a_refused_answer_tells_nothing(cohort, ada):
    asked = services.ask_to_join(by=ada, cohort=cohort)
    with pytest.raises(Exception, match="Only"):
        services.accept_request(by=PersonFactory(), cohort=cohort, request=asked.pk)
    assert not Mail.objects.exists()


def test_the_newest_request_counts_and_old_answers_go(cohort, owner, ada):
    long_ago = timezone.now() - timedelta(days=31)
    JoinRequestFactory(cohort=cohort, person=ada, answer="declined", answered_at=long_ago)
    assert requests_of(ada) == []
    JoinRequestFactory(cohort=cohort, person=ada, answer="declined", answered_at=timezone.now())
    newer = JoinRequestFactory(cohort=cohort, person=ada)
    assert requests_of(ada) == [newer]
    services.withdraw_request(by=ada, cohort=cohort)
    assert requests_of(ada) == []


def test_a_cohort_that_has_hidden_itself_since_is_not_named(cohort, owner, ada):
    JoinRequestFactory(cohort=cohort, person=ada, answer="declined", answered_at=timezone.now())
    services.change_cohort(by=owner, cohort=cohort, visibility="invite", name="Secret plans")
    assert requests_of(ada) == []


# --- those who answer ----------------------------------------------------------------------------


def test_who_answers_sees_how_many_wait(cohort, owner, ada, django_assert_num_queries):
    other = CohortFactory()
    mentor = MembershipFactory(cohort=other, person=owner, role=Role.MENTOR).person
    MembershipFactory(cohort=CohortFactory(), person=owner)
    for at in (cohort, cohort, other):
        JoinRequestFactory(cohort=at)
    JoinRequestFactory(cohort=other, answer="declined")

    with django_assert_num_queries(1):
        assert dict(waiting_for(mentor)) == {cohort: 2, other: 1}
    assert waiting_in(cohort) == 2
    assert waiting_for(ada) == []
    assert dict(waiting_for(OwnerFactory())) == {cohort: 2, other: 1}


def test_they_get_one_mail_a_day_and_only_when_somebody_new_waits(cohort, owner):
    mentor, member = steward(cohort, Role.MENTOR), steward(cohort, Role.MEMBER)
    assert services.tell_of_requests() == 0
    services.ask_to_join(by=PersonFactory(), cohort=cohort)

    assert services.tell_of_requests() == 2
    assert len(mails_to(owner)) == len(mails_to(mentor)) == 1
    assert not mails_to(member)
    assert mails_to(owner)[0].subject == "Somebody asks to join"
    assert "ProDev (1): https://hub.example.org/c/prodev/-/requests" in mails_to(owner)[0].body

    services.ask_to_join(by=PersonFactory(), cohort=cohort)
    assert services.tell_of_requests() == 0, "not twice a day"
    days_later(2)
    JoinRequest.objects.update(asked_at=timezone.now() - timedelta(days=3))
    assert services.tell_of_requests() == 0, "of these they know"
    services.ask_to_join(by=PersonFactory(), cohort=cohort)
    assert services.tell_of_requests() == 2
    assert mails_to(owner)[1].subject == "3 people ask to join"


def test_who_wants_none_gets_none(cohort, owner):
    services.want_request_mails(by=owner, wanted=False)
    assert not wants_request_mails(owner)
    services.ask_to_join(by=PersonFactory(), cohort=cohort)
    assert services.tell_of_requests() == 0

    services.want_request_mails(by=owner, wanted=True)
    assert wants_request_mails(owner)
    assert services.tell_of_requests() == 1


def test_nobody_is_told_of_cohorts_that_they_do_not_run(cohort, owner):
    hidden = CohortFactory(name="Hidden plans", visibility=Visibility.MEMBERS)
    MembershipFactory(cohort=hidden, person=owner)
    for at in (cohort, hidden):
        services.ask_to_join(by=PersonFactory(), cohort=at)
    services.tell_of_requests()
    assert "Hidden plans" not in mails_to(owner)[0].body


def test_an_archived_cohort_reminds_nobody(cohort, owner):
    services.ask_to_join(by=PersonFactory(), cohort=cohort)
    services.archive_cohort(by=owner, cohort=cohort)
    assert services.tell_of_requests() == 0
    assert waiting_for(owner) == []


@pytest.mark.django_db(transaction=True)
def test_the_clock_looks_for_them(cohort, owner):
    services.ask_to_join(by=PersonFactory(), cohort=cohort)
    tasks.tell()
    assert len(mails_to(owner)) == 1
