"""Counts over whole cohorts are made once for each state of the hub, and never shown too old."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from nexus.cohorts.events import CohortCreated
from nexus.credentials.events import TokenMade
from nexus.kernel.events import publish, relay
from nexus.library import selectors
from nexus.library.models import Entry
from nexus.library.selectors.kept import _Store, kept
from nexus.library.tests.factories import EntryFactory
from nexus.repositories.events import SyncFinished

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


def nothing_of_it_changes() -> None:
    with transaction.atomic():
        publish(SyncFinished(repository=1, sync=1, error=""))
        publish(TokenMade(person=1, token=1, scopes=("read",)), audience="person:1")
    relay()


def test_what_is_kept_outlives_a_run_that_brought_nothing_and_a_token() -> None:
    something_happens()
    assert kept("answer", lambda: 1) == 1
    nothing_of_it_changes()
    assert kept("answer", lambda: 2) == 1
    something_happens()
    assert kept("answer", lambda: 3) == 3


def test_only_so_much_is_kept_and_what_was_asked_last_stays() -> None:
    store = _Store(most=2)
    for key in ("first", "second"):
        store.put(1, key, (0.0, key))
    store.get(1, "first")
    store.put(1, "third", (0.0, "third"))
    assert list(store.values) == ["first", "third"]


def test_what_a_slower_reader_makes_of_an_older_state_is_not_kept() -> None:
    store = _Store()
    store.put(2, "answer", (0.0, "new"))
    store.put(1, "answer", (0.0, "old"))
    assert store.get(2, "answer") == (0.0, "new")
    assert store.get(1, "answer") is None
