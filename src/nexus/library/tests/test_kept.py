"""Counts over whole cohorts are made once for each state of the hub, and never shown too old."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from nexus.cohorts.events import CohortCreated
from nexus.kernel.events import publish, relay
from nexus.library import selectors
from nexus.library.models import Entry
from nexus.library.tests.factories import EntryFactory

pytestmark = pytest.mark.django_db


def something_happens() -> None:
    with transaction.atomic():
        publish(CohortCreated(cohort=0, slug="any"))
    relay()


def counting_queries(captured: CaptureQueriesContext) -> int:
    return sum("COUNT(" in query["sql"] for query in captured.captured_queries)


def test_a_count_is_made_once_while_nothing_happens() -> None:
    EntryFactory()
    found = Entry.objects.filter(kind="document")
    assert selectors.kept_count(found) == 1
    with CaptureQueriesContext(connection) as captured:
        assert selectors.kept_count(found) == 1
    assert counting_queries(captured) == 0


def test_what_was_published_is_counted():
    cohort = EntryFactory().repository.cohort
    assert selectors.kind_counts_by_cohort([cohort]) == {cohort.pk: {"document": 1}}
    EntryFactory(repository__cohort=cohort)
    something_happens()
    assert selectors.kind_counts_by_cohort([cohort]) == {cohort.pk: {"document": 2}}


def test_other_questions_have_counts_of_their_own() -> None:
    EntryFactory(kind="document")
    EntryFactory(kind="snippet")
    assert selectors.kept_count(Entry.objects.filter(kind="document")) == 1
    assert selectors.kept_count(Entry.objects.filter(kind="snippet", path="none")) == 0
    assert selectors.kept_count(Entry.objects.all()) == 2


def test_nothing_to_choose_from_is_nothing() -> None:
    assert selectors.kept_count(Entry.objects.filter(pk__in=[])) == 0
    assert selectors.kind_counts_by_cohort([]) == {}
