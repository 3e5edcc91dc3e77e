"""What stands first on the page of a topic, of every kind, found by one question."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nexus.cohorts.tests.factories import CohortFactory
from nexus.library import selectors
from nexus.library.tests.factories import EntryFactory, EntryTopicFactory
from nexus.repositories.tests.factories import RepositoryFactory

pytestmark = pytest.mark.django_db

KINDS = ("snippet", "document", "project")
NOW = timezone.now()


@pytest.fixture
def cohorts():
    """Two cohorts with much on Django, of which some weighs the same and is as old."""
    made = [CohortFactory(), CohortFactory()]
    for number, cohort in enumerate([*made, CohortFactory()]):
        repository = RepositoryFactory(cohort=cohort)
        for place in range(8):
            entry = EntryFactory(repository=repository, kind=KINDS[place % 2])
            about = {
                "weight": place % 3,
                "changed_at": NOW - timedelta(days=place % 4 + number % 2),
            }
            EntryTopicFactory(entry=entry, is_listed=place != 3, **about)
            EntryTopicFactory(entry=entry, topic="sql")
    return made


@pytest.mark.parametrize("most", [1, 3, 20])
def test_it_is_what_the_list_of_each_kind_begins_with(cohorts, most):
    for some in (cohorts[:1], cohorts):
        lists = {kind: selectors.entries_about("django", cohorts=some, kind=kind) for kind in KINDS}
        begin = {kind: tuple(row.entry_id for row in rows[:most]) for kind, rows in lists.items()}
        assert selectors.first_about("django", cohorts=some, kinds=KINDS, most=most) == begin


def test_all_kinds_are_one_question(cohorts, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert selectors.first_about("django", cohorts=cohorts, kinds=KINDS, most=3)["document"]


def test_where_there_is_nobody_to_read_nothing_is_asked(cohorts, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert selectors.first_about("django", cohorts=[], kinds=KINDS, most=3) == {}
        assert selectors.first_about("django", cohorts=cohorts, kinds=[], most=3) == {}
