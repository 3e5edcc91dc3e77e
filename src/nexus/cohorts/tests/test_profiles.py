"""Who is shown when people can be met: those of their cohorts, unless they show it to all."""

import pytest

from nexus.cohorts.models import Role
from nexus.cohorts.profiles import learners_of, near, profile_for, profiles_for
from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.people.tests.factories import OwnerFactory, PersonFactory, ProfileFactory, WishFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def ada(cohort):
    ada = PersonFactory(handle="ada", time_zone="Africa/Nairobi")
    ProfileFactory(person=ada, about="I build.", open_to=["questions"])
    WishFactory(person=ada, topic="graphql")
    MembershipFactory(cohort=cohort, person=ada, role=Role.GUEST)
    return ada


def reader(cohort, who):
    if who == "nobody":
        return None
    if who == "stranger":
        return PersonFactory()
    if who == "owner of the hub":
        return OwnerFactory()
    if who == "closed":
        member = MembershipFactory(cohort=cohort).person
        member.is_active = False
        return member
    return MembershipFactory(cohort=cohort, role=who).person


WHO = {
    **dict.fromkeys(("nobody", "stranger", "closed", Role.GUEST), False),
    **dict.fromkeys((Role.OWNER, Role.MENTOR, Role.MEMBER, "owner of the hub"), True),
}


@pytest.mark.parametrize(("who", "sees"), WHO.items())
def test_only_those_who_publish_in_a_common_cohort_see_when_somebody_can_be_met(
    cohort, ada, who, sees
):
    by = reader(cohort, who)
    view = profile_for(by, ada)

    assert view.about == "I build."
    assert bool(view.time_zone) == bool(view.open_to) == bool(view.wishes) == sees
    assert profiles_for(by, [ada])[ada.pk].time_zone == view.time_zone
    assert bool(learners_of("graphql", reader=by, limit=5)) == sees


def test_one_sees_ones_own(ada):
    assert profile_for(ada, ada).time_zone == "Africa/Nairobi"
    assert near(ada, [ada.pk, 0]) == {ada.pk}
    assert learners_of("graphql", reader=ada, limit=5) == [ada.pk]


def test_what_is_shown_to_everybody_guests_see_too(ada):
    ada.profile.shown_to = "everybody"
    ada.profile.save()

    assert profile_for(None, ada).wishes == ("graphql",)
    assert learners_of("graphql", reader=None, limit=5) == [ada.pk]


def test_learners_of_a_cohort_are_those_in_it(cohort, ada):
    other = MembershipFactory(person=WishFactory().person).cohort
    owner = OwnerFactory()

    assert learners_of("graphql", reader=owner, cohort=cohort, limit=5) == [ada.pk]
    assert ada.pk not in learners_of("graphql", reader=owner, cohort=other, limit=5)
    assert len(learners_of("graphql", reader=owner, limit=1)) == 1
    assert learners_of("django", reader=owner, limit=5) == []


def test_another_cohort_of_the_reader_brings_nobody_near(ada):
    stranger = MembershipFactory(role=Role.OWNER).person
    assert near(stranger, [ada.pk]) == frozenset()


def test_many_people_are_looked_at_with_as_few_questions(
    cohort, ada, django_assert_max_num_queries
):
    member = MembershipFactory(cohort=cohort).person
    people = [MembershipFactory(cohort=cohort).person for _ in range(12)]
    for person in people:
        ProfileFactory(person=person)
    with django_assert_max_num_queries(3):
        shown = profiles_for(member, {person.pk: person for person in [ada, *people]})
    assert len(shown) == 13
