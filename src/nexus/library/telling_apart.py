"""Rows of a list that look the same: what to write beside them so that they can be told apart."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Row = TypeVar("Row")


def tell_apart(
    rows: Sequence[Row],
    *,
    look: Callable[[Row], Hashable],
    by: Sequence[Callable[[Row], str]],
) -> list[str]:
    """For each of ``rows`` what tells it from those that look the same; empty where none does.

    ``look`` is what people see of a row anyway. Of the marks in ``by`` the first is taken
    that is different for every row of the same look, else the last.
    """
    groups: dict[Hashable, list[Row]] = {}
    for row in rows:
        groups.setdefault(look(row), []).append(row)
    marks = {seen: _mark(group, by) for seen, group in groups.items() if len(group) > 1}
    return [marks[look(row)](row) if look(row) in marks else "" for row in rows]


def _mark(group: Sequence[Row], by: Sequence[Callable[[Row], str]]) -> Callable[[Row], str]:
    differing = (mark for mark in by if len({mark(row) for row in group}) == len(group))
    return next(differing, by[-1])
