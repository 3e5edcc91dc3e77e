"""Whom to ask about a topic, and with whom to learn it."""

import re

import pytest
from django.db import transaction

from nexus.cohorts.tests.factories import CohortFactory, MembershipFactory
from nexus.kernel.events import publish
from nexus.library.selectors.kept import forget
from nexus.library.tests.factories import EntryFactory, EntryTopicFactory
from nexus.people.events import PersonChanged
from nexus.people.models import Profile
from nexus.people.tests.factories import PersonFactory, ProfileFactory, WishFactory
from nexus.repositories.tests.factories import RepositoryFactory
from nexus.web.pages.asking import weight_words
from nexus.web.tests.saying import questions, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory(slug="prodev")


def knower(cohort, name, *, entries=1, **said):
    person = PersonFactory(name=name, handle=name.lower(), time_zone=said.pop("zone", "UTC"))
    MembershipFactory(cohort=cohort, person=person)
    repository = RepositoryFactory(cohort=cohort, owner=person)
    for _ in range(entries):
        EntryTopicFactory(entry=EntryFactory(repository=repository), topic="redis", weight=50)
    ProfileFactory(person=person, **said)
    return person


def asked(client, address="/c/prodev/-/topics/redis"):
    page = words(client.get(address))
    return page[page.index("Whom to ask") :]


def test_members_see_who_answers_now_and_who_does_not(client, cohort):
    link = {"label": "Chat", "address": "https://chat.example/berta"}
    knower(cohort, "Amina", entries=16, is_away=True, open_to=["questions"])
    knower(cohort, "Berta", entries=5, open_to=["questions"], zone="Africa/Nairobi", links=[link])
    member = MembershipFactory(cohort=cohort, person__time_zone="Africa/Accra").person
    client.force_login(member)
    page = asked(client)

    assert page.index("Berta") < page.index("Amina")  # who is away comes last
    assert "Amina Wrote much about it (16). Not now." in page
    assert "Berta Writes about it often (5). Answers questions." in page
    clock = r"Nairobi, UTC\+3, 3 hours ahead of you; \d\d:\d\d there, (day|night) Chat chat.example"
    assert re.search(clock, page)
    assert "Reach people by the links on their pages" in page
    assert asked(client, "/t/redis").count("Answers questions") == 1


def test_guests_see_who_knows_it_and_no_clock(client, cohort):
    knower(cohort, "Amina", is_away=True, zone="Africa/Nairobi")
    knower(cohort, "Berta", zone="Africa/Kampala", open_to=["pair"], shown_to="everybody")
    page = asked(client)

    assert "Amina Wrote about it once (1)." in page
    assert "Not now" not in page
    assert "Nairobi" not in page
    assert "Would work on a project together. Kampala, UTC+3" in page
    assert " there, " not in page


def test_what_is_kept_for_guests_is_theirs_alone_and_ends_with_what_it_told(
    client, cohort, django_capture_on_commit_callbacks
):
    person = knower(cohort, "Amina", is_away=True, shown_to="cohorts")
    member = MembershipFactory(cohort=cohort).person
    for reader, is_told in ((None, False), (member, True), (None, False)):
        client.logout()
        if reader:
            client.force_login(reader)
        assert ("Not now" in asked(client)) is is_told

    client.logout()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        Profile.objects.filter(person=person).update(shown_to="everybody")
        publish(PersonChanged(person=person.pk, changed=("profile",)))
    assert "Not now" in asked(client)


def test_those_who_want_to_learn_it_are_shown_to_those_who_may_know(client, cohort):
    learner = knower(cohort, "Chinua")
    WishFactory(person=learner, topic="graphql")
    member = MembershipFactory(cohort=cohort).person
    WishFactory(person=member, topic="graphql")
    for address in ("/c/prodev/-/topics/graphql", "/t/graphql"):
        client.logout()
        assert "Learn it with" not in words(client.get(address))
        client.force_login(member)
        page = words(client.get(address))
        assert "Learn it with C Chinua" in page
        learners = page[page.index("Learn it with") :]
        assert member.name not in learners  # nobody learns with themselves


def test_many_people_cost_as_few_questions(client, cohort):
    client.force_login(MembershipFactory(cohort=cohort).person)
    knower(cohort, "Amina")
    few = questions(client, "/c/prodev/-/topics/redis")
    for at in range(12):
        WishFactory(person=knower(cohort, f"Person{at}"), topic="redis")
    forget()  # as the event of a publication makes counts old
    assert questions(client, "/c/prodev/-/topics/redis") <= few
    assert 'href="/c/prodev/-/people?topic=redis"' in (
        client.get("/c/prodev/-/topics/redis").content.decode()
    )


def test_weights_are_told_in_words():
    told = [weight_words(entries) for entries in (1, 2, 5, 15, 400)]
    assert len(set(told)) == 4
    assert told[0] == "wrote about it once"
