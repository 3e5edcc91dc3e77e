"""Rows that are written past the ORM end as those that it writes."""

import pytest
from django.utils import timezone

from nexus.library.models import Resource, ResourceTopic, Version
from nexus.library.services.rows import insert_rows, update_rows
from nexus.library.tests.factories import EntryFactory, ResourceFactory

pytestmark = pytest.mark.django_db


def test_rows_are_those_that_were_given():
    one, other = ResourceFactory(), ResourceFactory()
    given = [(one.pk, "django"), (other.pk, "caching' --"), (other.pk, "é%s")]
    insert_rows(ResourceTopic, ("resource", "topic"), given)
    assert sorted(ResourceTopic.objects.values_list("resource", "topic")) == sorted(given)


def test_a_row_that_is_there_stays():
    one = ResourceFactory()
    kept = ResourceTopic.objects.create(resource=one, topic="django")
    insert_rows(ResourceTopic, ("resource", "topic"), [(one.pk, "django"), (one.pk, "redis")])
    assert ResourceTopic.objects.filter(topic="django").get() == kept
    assert ResourceTopic.objects.count() == 2


def test_no_rows_are_no_work(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(ResourceTopic, ("resource", "topic"), [])


def test_what_is_not_given_is_as_in_a_new_row_of_the_model():
    known, now = ResourceFactory(), timezone.now()
    names = ("cohort", "key", "address", "title", "host")
    insert_rows(Resource, names, [(known.cohort_id, "k", "https://x.example", "X", "x.example")])
    row = Resource.objects.get(key="k")
    new = Resource()
    for name in ("state", "status_code", "failures", "moved_to", "checked_at", "recommended"):
        assert getattr(row, name) == getattr(new, name)
    assert row.added_at >= now


def test_moments_are_kept_as_the_orm_keeps_them():
    entry, now = EntryFactory(), timezone.now()
    names = ("entry", "commit", "author_name", "subject", "committed_at")
    insert_rows(Version, names, [(entry.pk, "a" * 40, "Ada", "One", now)])
    row = entry.versions.get(commit="a" * 40)
    assert row.committed_at == now
    assert entry.versions.filter(committed_at=now).get() == row


def test_each_row_is_set_to_its_own_value(django_assert_num_queries):
    one, other, third = (ResourceFactory(recommended=0) for _ in range(3))
    with django_assert_num_queries(1):
        update_rows(Resource, "recommended", [(one.pk, 7), (other.pk, 9)])
        update_rows(Resource, "recommended", [])
    found = Resource.objects.order_by("pk").values_list("pk", "recommended")
    assert list(found) == [(one.pk, 7), (other.pk, 9), (third.pk, 0)]
