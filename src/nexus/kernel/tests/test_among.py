"""Many values to look for are one parameter, and find what ``in`` finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.kernel.models import StoredEvent
from nexus.kernel.tests.factories import StoredEventFactory

pytestmark = pytest.mark.django_db


def test_numbers_are_found_by_one_question(django_assert_num_queries):
    wanted = {StoredEventFactory().pk for _ in range(3)}
    StoredEventFactory()
    many = [*wanted, *range(10**6, 10**6 + 5_000)]
    with django_assert_num_queries(1) as asked:
        found = StoredEvent.objects.filter(pk__among=many).values_list("pk", flat=True)
        assert set(found) == wanted
    assert len(asked[0]["sql"]) < 100_000


@pytest.mark.parametrize("kind", [list, tuple, set, iter, dict.fromkeys])
def test_any_iterable_will_do(kind):
    one = StoredEventFactory()
    assert StoredEvent.objects.filter(pk__among=kind([one.pk, one.pk + 1])).get() == one


def test_of_none_nothing_is_asked(django_assert_num_queries):
    StoredEventFactory()
    with django_assert_num_queries(0):
        assert not StoredEvent.objects.filter(pk__among=[])
        assert StoredEvent.objects.filter(pk__among=()).delete() == (0, {})
        assert StoredEvent.objects.filter(pk__among=set()).update(audience="nobody") == 0


def test_a_question_that_is_turned_round_finds_the_others():
    one, other = StoredEventFactory(), StoredEventFactory()
    assert list(StoredEvent.objects.exclude(pk__among=[one.pk])) == [other]
    assert StoredEvent.objects.exclude(pk__among=[]).count() == 2


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(_TEXTS, max_size=4), _TEXTS)
def test_texts_are_found_as_they_are(others, text):
    one = StoredEventFactory(type=text)
    try:
        assert StoredEvent.objects.filter(pk=one.pk, type__among=[*others, text]).exists()
        found = StoredEvent.objects.filter(pk=one.pk, type__among=others).exists()
        assert found is (text in others)
    finally:
        one.delete()


def test_a_text_that_is_longer_than_the_column_is_not_cut():
    StoredEventFactory(type="a" * 80)
    assert not StoredEvent.objects.filter(type__among=["a" * 81, "b"])
