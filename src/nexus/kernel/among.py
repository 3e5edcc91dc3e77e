"""``filter(pk__among=keys)``: one of many values, given to the database as one parameter.

``pk__in`` says the same with a parameter for each value. Django then takes several microseconds
for each of them, many times what the database takes to look it up, writes another statement for
every number of values, and databases limit how many there may be. So whoever asks for the rows of
a few keys writes ``in``, and whoever asks for hundreds at a time writes ``among``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Field, ForeignObject, Lookup

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    Sql = tuple[str, tuple[Any, ...]]


def is_among(vendor: str, kind: str = "bigint") -> str:
    """What SQL says behind a column, with the place of the one parameter.

    SQLite takes a JSON array and looks its values up in an index, as those of ``IN``. PostgreSQL
    takes an array, whose values are as long as they are: a column's own type would cut them.
    """
    if vendor == "sqlite":
        return "IN (SELECT value FROM json_each(%s))"
    return f"= ANY(%s::{kind}[])"


def packed(values: Sequence[int | str], vendor: str) -> str | list[int | str]:
    """The parameter: the values as a database takes them."""
    return json.dumps(list(values)) if vendor == "sqlite" else list(values)


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):
    """Numbers or texts, as the database keeps them; a text must hold no NUL."""

    lookup_name = "among"

    def get_prep_lookup(self) -> list[int | str]:
        """The values, any iterable of them, as they are."""
        values: Iterable[int | str] = self.rhs
        return list(values)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Raises ``EmptyResultSet``, as ``IN`` does, when there are no values."""
        if not self.rhs:
            raise EmptyResultSet
        column, parameters = self.process_lhs(compiler, connection)
        kind = "text" if isinstance(self.rhs[0], str) else "bigint"
        condition = is_among(connection.vendor, kind)
        return f"{column} {condition}", (*parameters, packed(self.rhs, connection.vendor))
