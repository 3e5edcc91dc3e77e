"""Rows of plain numbers and texts, written by the thousand.

The ORM lays out every value of every row anew, which takes several times as long as writing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from django.db.models import Model


def insert_rows(
    model: type[Model], names: Sequence[str], rows: Iterable[Sequence[int | str]]
) -> None:
    """Insert rows whose values, numbers and texts only, are those of the fields ``names``.

    A row that is there already, as a constraint of the model has it, stays as it is. Every other
    field must have a default in the database, or none.
    """
    given = list(rows)
    if not given:
        return
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(_column(model, name)) for name in names)
    values = ", ".join("%s" for _ in names)
    into = quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {into} ({columns}) VALUES ({values}) "  # noqa: S608 - names of our own
            "ON CONFLICT DO NOTHING",
            given,
        )


def _column(model: type[Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "column"))  # noqa: B009 - relations have none
