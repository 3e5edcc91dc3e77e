"""Rows that look the same get something that tells them apart, the others nothing."""

from collections import Counter
from operator import itemgetter

from hypothesis import given
from hypothesis import strategies as st

from nexus.library.telling_apart import tell_apart

name, owner, slug = itemgetter(0), itemgetter(1), itemgetter(2)
names, owners = st.sampled_from(["notes", "shop"]), st.sampled_from(["ada", "bob", "eve"])


def test_the_owner_is_enough_where_each_has_one():
    rows = [("notes", "ada", "notes"), ("notes", "bob", "notes-2"), ("shop", "ada", "shop")]
    assert tell_apart(rows, look=name, by=[owner, slug]) == ["ada", "bob", ""]


def test_the_address_tells_those_of_one_owner_apart():
    rows = [("notes", "ada", "notes"), ("notes", "ada", "notes-2"), ("notes", "bob", "notes-3")]
    assert tell_apart(rows, look=name, by=[owner, slug]) == ["notes", "notes-2", "notes-3"]


@given(st.lists(st.tuples(names, owners)))
def test_nothing_is_said_without_need_and_all_can_be_told_apart(pairs):
    rows = [(*pair, f"{number}") for number, pair in enumerate(pairs)]
    marks = tell_apart(rows, look=name, by=[owner, slug])
    alike = Counter(map(name, rows))
    assert [bool(mark) for mark in marks] == [alike[name(row)] > 1 for row in rows]
    assert len({(name(row), mark) for row, mark in zip(rows, marks, strict=True)}) == len(rows)
