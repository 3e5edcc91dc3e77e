"""What lists ask in SQL that is written out is what Django's own questions give."""

from datetime import timedelta

import pytest
from django.db.models import Count, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone

from nexus.cohorts.tests.factories import CohortFactory
from nexus.library import selectors
from nexus.library.models import Entry, EntryTopic, Fact, Recommendation, Resource, Version
from nexus.library.selectors import WEEKS_SHOWN
from nexus.library.selectors.resources import TOLD
from nexus.library.tests.factories import (
    EntryFactory,
    EntryTopicFactory,
    FactFactory,
    RecommendationFactory,
    ResourceFactory,
    ResourceTopicFactory,
    VersionFactory,
)
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.tests.factories import RepositoryFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def cohorts():
    """Three cohorts, in each of which two people have three repositories with entries on Django."""
    made = [CohortFactory() for _ in range(3)]
    for number, cohort in enumerate(made):
        owners = [PersonFactory(), PersonFactory()]
        for place in range(3):
            repository = RepositoryFactory(cohort=cohort, owner=owners[place % 2])
            for weight, kind in enumerate(("document", "snippet", "snippet")):
                withdrawn = NOW if weight == 2 else None
                entry = EntryFactory(repository=repository, kind=kind, withdrawn_at=withdrawn)
                EntryTopicFactory(entry=entry, weight=(weight + number) % 2, is_listed=weight != 2)
                EntryTopicFactory(entry=entry, topic="sql", weight=weight)
    return made


def everything(row):
    """What is in every column, as Python has it."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_living_entries_are_those_that_live_with_all_that_a_card_shows(
    cohorts, django_assert_num_queries
):
    keys = [0, *Entry.objects.values_list("pk", flat=True)[::2]]
    living = Entry.objects.filter(pk__in=keys, withdrawn_at=None)
    expected = living.select_related("repository__cohort", "repository__owner").in_bulk()
    with django_assert_num_queries(1):
        found = selectors.living_entries(keys)
        assert found == expected
        for key, entry in found.items():
            like = expected[key]
            assert everything(entry) == everything(like)
            assert everything(entry.repository) == everything(like.repository)
            assert everything(entry.repository.cohort) == everything(like.repository.cohort)
            assert everything(entry.repository.owner) == everything(like.repository.owner)


def test_who_knows_a_topic_is_counted_in_the_cohorts_that_are_asked_for(cohorts):
    for some in (cohorts[:1], cohorts[1:], cohorts):
        for topic in ("django", "sql", "redis"):
            rows = EntryTopic.objects.filter(topic=topic, cohort__in=some, is_listed=True)
            rows = rows.values_list("repository__owner").annotate(
                total=Sum("weight"), n=Count("pk")
            )
            ordered = rows.order_by("-total", "repository__owner")
            for limit in (1, 30):
                expected = [(owner, entries) for owner, _, entries in ordered[:limit]]
                assert selectors.people_on(topic, cohorts=some, limit=limit) == expected
    assert selectors.people_on("django", cohorts=[], limit=30) == []


def test_copies_are_counted_by_repository_without_those_that_were_withdrawn(cohorts):
    cohort = cohorts[0]
    first, other, alone = (EntryFactory(repository=RepositoryFactory(cohort=cohort)) for _ in "abc")
    for original, times in ((first, 2), (other, 1)):
        for _ in range(times):
            repository = RepositoryFactory(cohort=cohort)
            for _ in range(2):
                EntryFactory(repository=repository, original=original)
            EntryFactory(original=original, withdrawn_at=NOW)
    found = selectors.copies_of([first.pk, other.pk, alone.pk])
    assert found == {first.pk: 2, other.pk: 1}


def test_topics_of_entries_stand_by_their_weight(cohorts):
    keys = list(Entry.objects.values_list("pk", flat=True)[1::2])
    rows = EntryTopic.objects.filter(entry__in=keys).order_by("-weight", "topic")
    expected = {key: [row.topic for row in rows if row.entry_id == key] for key in keys}
    assert selectors.topics_of_entries(keys) == expected


def test_the_first_words_for_each_resource_are_those_of_living_entries(cohorts):
    resources = [ResourceFactory(cohort=cohorts[0]) for _ in range(3)]
    for number, entry in enumerate(Entry.objects.order_by("-pk")):
        version = VersionFactory(entry=entry, path=f"old/{number}.md") if number % 2 else None
        Entry.objects.filter(pk=entry.pk).update(current=version)
        for resource in resources[: number % 3]:
            RecommendationFactory(resource=resource, entry=entry, line=number)
    told = selectors.told_of([resource.pk for resource in resources])
    assert told == {
        resource.pk: [_told(one) for one in _first(resource)] for resource in resources[:2]
    }
    assert [len(words) for words in told.values()] == [TOLD, TOLD]


def _first(resource):
    found = Recommendation.objects.filter(resource=resource, entry__withdrawn_at=None)
    return found.select_related("entry__current", "entry__repository__cohort").order_by("pk")[:TOLD]


def _told(one):
    entry, repository = one.entry, one.entry.repository
    return selectors.Told(
        words=one.context,
        line=one.line,
        person=repository.owner.name,
        handle=repository.owner.handle,
        title=entry.title,
        path=entry.path,
        part=entry.part,
        source=entry.current.path if entry.current else entry.path,
        repository=repository.slug,
        cohort=repository.cohort.slug,
    )


def test_what_is_recommended_first_on_a_topic_is_what_its_list_begins_with(cohorts):
    for cohort in cohorts:
        for number in range(5):
            resource = ResourceFactory(cohort=cohort, recommended=number % 3)
            ResourceTopicFactory(resource=resource)
            ResourceTopicFactory(resource=resource, topic="sql")
    for some in (cohorts[:1], cohorts[1:], []):
        listed = selectors.resources_of(some, topic="django")
        for most in (2, 30):
            keys = tuple(one.pk for one in listed[:most])
            found = selectors.first_recommended("django", cohorts=some, most=most)
            assert found == (keys, listed.count())


def test_challenges_on_a_topic_are_those_of_the_cohort_in_the_same_order(cohorts):
    repository = RepositoryFactory(cohort=cohorts[0])
    for number in range(6):
        challenge = EntryFactory(repository=repository, kind="challenge", part=f"part-{number}")
        Entry.objects.filter(pk=challenge.pk).update(changed_at=NOW - timedelta(days=number % 3))
        challenge.refresh_from_db()
        EntryTopicFactory(entry=challenge, topic="redis" if number == 4 else "django")
    about = EntryTopic.objects.filter(topic="django", is_listed=True).values("entry")
    for cohort in cohorts:
        expected = selectors.challenges_of(cohort).filter(pk__in=about).values_list("pk", flat=True)
        found = selectors.challenges_on("django", cohort).values_list("entry", flat=True)
        assert list(found) == list(expected)
    assert len(selectors.challenges_on("django", cohorts[0])) == 5


def test_facts_that_are_shown_are_those_that_hold_the_surest_first():
    one, other = EntryFactory(kind="project"), EntryFactory(kind="project")
    for number, (certainty, is_overruled) in enumerate(
        [("guess", False), ("fact", False), ("fact", True), ("corrected", False), ("fact", False)]
    ):
        for name in ("technology", "licence", "track"):
            about = {"certainty": certainty, "is_overruled": is_overruled}
            FactFactory(entry=one, name=name, value=f"{name} {number}", **about)
    FactFactory(entry=other, name="track", value="both")
    found = selectors.facts_shown([one.pk, other.pk])
    rows = Fact.objects.filter(entry=one, is_overruled=False, name__in=("technology", "track"))
    expected = rows.order_by("certainty", "pk").values_list("name", "value")
    assert found == {one.pk: list(expected), other.pk: [("track", "both")]}


def test_entries_are_counted_by_kind_by_topic_and_by_cohort(cohorts):
    listed = EntryTopic.objects.filter(is_listed=True)
    for some in (cohorts[:1], cohorts[1:], []):
        ours, django = (
            listed.filter(cohort__in=some),
            listed.filter(cohort__in=some, topic="django"),
        )
        documents = ours.filter(kind="document")
        assert list(selectors.kinds_about("django", cohorts=some).items()) == _by("kind", django)
        assert list(selectors.topic_sizes(some).items()) == _by("topic", ours)
        assert list(selectors.topic_sizes(some, kind="document").items()) == _by("topic", documents)
        assert selectors.topic_sizes_by_cohort("django", some) == dict(_by("cohort", django))


def _by(column, rows):
    return list(rows.values_list(column).annotate(n=Count("pk")).order_by("-n", column))


def test_what_nobody_recommends_any_more_is_not_shown():
    one, other = ResourceFactory(recommended=2), ResourceFactory(recommended=0)
    assert selectors.recommended([one.pk, other.pk]) == {one.pk: Resource.objects.get(pk=one.pk)}


def test_without_a_key_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert selectors.living_entries([]) == {}
        assert selectors.recommended([]) == {}
        assert selectors.told_of([]) == {}
        assert selectors.copies_of([]) == {}
        assert selectors.facts_shown([]) == {}
        assert selectors.topics_of_entries([]) == {}


def test_versions_are_counted_by_the_weeks_in_which_they_were_committed(cohorts):
    today = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    hours = (0, 1, 23.99, 24, 24 * 7, 24 * 90, 24 * 181.5, 24 * 182, 24 * 182.01, 24 * 200)
    for entry in Entry.objects.all():
        for before in hours:
            VersionFactory(entry=entry, committed_at=today - timedelta(hours=before))
    since = today - timedelta(weeks=WEEKS_SHOWN)
    for some in (cohorts[:1], cohorts):
        for owner in (None, cohorts[0].repositories.first().owner_id):
            keys = [cohort.pk for cohort in some]
            found = Version.objects.filter(entry__cohort__in=keys, committed_at__gte=since)
            if owner:
                found = found.filter(entry__repository__owner=owner)
            rows = found.annotate(week=TruncWeek("committed_at")).values_list("week")
            expected = {week.date(): many for week, many in rows.annotate(many=Count("pk"))}
            assert selectors.weekly_versions(cohorts=keys, owner=owner) == expected
