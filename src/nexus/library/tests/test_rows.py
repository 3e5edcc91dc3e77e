"""Rows that are written past the ORM end as those that it writes."""

import pytest

from nexus.library.models import ResourceTopic
from nexus.library.services.rows import insert_rows
from nexus.library.tests.factories import ResourceFactory

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
