"""Questions whose SQL is written once give what Django gives, of now, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nexus.kernel.once import rows
from nexus.kernel.prepared import Prepared
from nexus.people.models import Person
from nexus.people.tests.factories import PersonFactory
from nexus.repositories.models import Repository
from nexus.repositories.tests.factories import RepositoryFactory

pytestmark = pytest.mark.django_db


def all_of(model):
    """What is in every column, as Python has it."""
    return {field.attname: getattr(model, field.attname) for field in model._meta.concrete_fields}


def with_others(slug):
    return Repository.objects.filter(slug=slug).select_related("cohort", "owner")


def test_it_gives_the_same_as_django_also_of_what_is_loaded_with_it():
    slug = RepositoryFactory().slug
    expected = with_others(slug).get()
    with CaptureQueriesContext(connection) as asked:
        found = Prepared(with_others).first(slug)
        assert all_of(found) == all_of(expected)
        assert all_of(found.cohort) == all_of(expected.cohort)
        assert all_of(found.owner) == all_of(expected.owner)
    assert len(asked) == 1
    assert (found._state.db, found._state.adding) == ("default", False)


def test_each_time_it_is_asked_of_other_values_and_of_now():
    one, other = PersonFactory(), PersonFactory()
    ask = Prepared(lambda key: Person.objects.filter(pk=key))
    assert [ask.first(one.pk), ask.first(other.pk), ask(0)] == [one, other, []]
    Person.objects.filter(pk=one.pk).update(name="Another")
    assert ask.first(one.pk).name == "Another"


def test_many_keys_are_one_value(django_assert_num_queries):
    people = [PersonFactory(name="Ada") for _ in range(5)]
    ask = Prepared(lambda name, keys: Person.objects.filter(name=name, pk__among=keys))
    for some in (people[:1], people[:3], people[::-1], []):
        with django_assert_num_queries(1):
            assert set(ask("Ada", [one.pk for one in some])) == set(some)
    assert ask("Ada", (people[0].pk, PersonFactory().pk)) == people[:1]


def test_many_keys_are_one_value_of_what_is_written_out_too():
    keys = [PersonFactory().pk for _ in range(3)]
    PersonFactory()
    asked = "SELECT id FROM people_person WHERE id {among} AND id <> %s ORDER BY id"
    assert rows(asked, [keys, keys[0]]) == [(key,) for key in sorted(keys[1:])]
    assert rows(asked, [[], 0]) == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda one, other: Person.objects.filter(handle=other, name=one),
        lambda one, other: Person.objects.filter(handle=one, name=other, time_zone="UTC"),
        lambda one, other: Person.objects.filter(handle__startswith=one, name=other),
        lambda one, other: Person.objects.filter(pk__among=[1], handle=one, name=other),
    ],
)
def test_what_compares_with_anything_else_is_refused(ask):
    with pytest.raises(TypeError):
        Prepared(ask)("same", "same")


@pytest.mark.postgres
def test_postgresql_plans_it_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite reads a question each time: it takes it no time.")
    ask = Prepared(lambda key: Person.objects.filter(pk=key))
    for _ in range(4):
        ask(1)
        rows("SELECT MAX(number) FROM kernel_storedevent WHERE type <> %s", ["x"])
    planned = " ".join(text for (text,) in rows("SELECT statement FROM pg_prepared_statements"))
    assert 'FROM "people_person"' in planned
    assert "SELECT MAX(number)" in planned
