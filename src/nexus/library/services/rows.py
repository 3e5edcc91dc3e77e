"""Rows of numbers, texts and moments, written by the thousand.

The ORM lays out every value of every row anew, which takes several times as long as writing it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import DateTimeField

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    Row = Sequence[int | str | datetime]


def insert_rows(model: type[Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows whose values are those of the fields ``names``.

    A row that is there already, as a constraint of the model has it, stays as it is. The other
    fields are as in a new instance of the model, laid out once for all rows.
    """
    given = list(rows)
    if not given:
        return
    quoted = connection.ops.quote_name
    same = dict(_defaults(model, names))
    columns = ", ".join(map(quoted, (*(_column(model, name) for name in names), *same)))
    values = ", ".join("%s" for _ in range(len(names) + len(same)))
    into = quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {into} ({columns}) VALUES ({values}) "  # noqa: S608 - names of our own
            "ON CONFLICT DO NOTHING",
            [(*row, *same.values()) for row in _laid_out(model, names, given)],
        )


def _laid_out(model: type[Model], names: Sequence[str], rows: Sequence[Row]) -> Iterable[Row]:
    """The rows as the database takes them: moments are written differently in each."""
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, name in enumerate(names):
        field = model._meta.get_field(name)
        if isinstance(field, DateTimeField):
            columns[place] = [field.get_db_prep_save(one, connection) for one in columns[place]]
    return zip(*columns, strict=True)


def update_rows(model: type[Model], name: str, values: Iterable[tuple[int, int]]) -> None:
    """Set the field ``name`` of rows: the number of each, and what it shall be, a number."""
    given = [(value, key) for key, value in values]
    if not given:
        return
    quoted = connection.ops.quote_name
    table, column, key = map(quoted, (model._meta.db_table, _column(model, name), _key(model)))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {column} = %s WHERE {key} = %s",  # noqa: S608 - names of our own
            given,
        )


def _defaults(model: type[Model], given: Collection[str]) -> Iterator[tuple[str, Any]]:
    """(column, value as the database takes it) of every field that is not ``given``."""
    blank = model()
    for field in model._meta.concrete_fields:
        if field.name not in given and not field.primary_key:
            value = field.pre_save(blank, add=True)
            yield str(field.column), field.get_db_prep_save(value, connection)


def _key(model: type[Model]) -> str:
    pk = model._meta.pk
    assert pk is not None  # noqa: S101 - every model has one
    return str(pk.column)


def _column(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "column"))  # noqa: B009 - relations have none
