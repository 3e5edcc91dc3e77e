"""Who may push is asked again before a push lands: it may have taken minutes."""

import pytest
from django.utils import timezone

from nexus.cohorts.models import Role
from nexus.cohorts.tests.factories import MembershipFactory
from nexus.kernel.errors import Conflict, Forbidden
from nexus.people.administering.services import suspend_person
from nexus.repositories.hosting import ensure_hosted
from nexus.repositories.models import Sync
from nexus.repositories.pushing import reception_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(home):
    return MembershipFactory(role=Role.MEMBER)


def suspend(membership):
    suspend_person(by=None, person=membership.person)


def make_guest(membership):
    type(membership).objects.filter(pk=membership.pk).update(role=Role.GUEST)


def archive(membership):
    cohort = membership.cohort
    type(cohort).objects.filter(pk=cohort.pk).update(archived_at=timezone.now())


@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [(suspend, "not-active"), (make_guest, "not-owner"), (archive, "cohort-archived")],
)
def test_what_is_not_theirs_any_more_does_not_land(membership, meanwhile, code):
    hosted = ensure_hosted(by=membership.person, cohort=membership.cohort)
    push = reception_of(by=membership.person, repository=hosted, address="")
    meanwhile(membership)

    with pytest.raises((Forbidden, Conflict)) as refused:
        push.before_moving(1)

    assert refused.value.code == code
    assert not Sync.objects.exists()


def test_what_is_still_theirs_lands(membership):
    hosted = ensure_hosted(by=membership.person, cohort=membership.cohort)

    reception_of(by=membership.person, repository=hosted, address="").before_moving(1)

    assert Sync.objects.get().requested_by == membership.person
