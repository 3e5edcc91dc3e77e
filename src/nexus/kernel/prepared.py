"""Questions whose SQL Django writes once; asked again, only the values differ.

For a row that is found by its key, Django takes ten times as long to write the SQL as the database
to answer it. Every page asks a few such questions: whose session, which person, which repository.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from django.db import connections
from django.db.models import query as queries

from nexus.kernel.among import packed

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper
    from django.db.models import Model, QuerySet

M = TypeVar("M", bound="Model")
#: What a question compares with: a key, a text, or many keys.
Value: TypeAlias = str | int | Sequence[int]

_ALIAS = "default"
#: Where a connection has what was written for it. A thread has its own, so nothing is shared.
_PLACE = "nexus_prepared"
#: Django's own; its stubs are those of a later version, which takes more.
_populators: Any = queries.get_related_populators


def planned_once(connection: BaseDatabaseWrapper) -> CursorWrapper:
    """A cursor for questions that come again and again.

    It sends PostgreSQL the values beside the question, which is then planned once for each of its
    connections (``prepare_threshold`` in ``config/databases.py``). Planning takes longer than the
    answer. Django's own cursor writes the values into the text, so it is another one each time.
    """
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()  # whose log shows the values
    from django.db.backends.postgresql.base import ServerBindingCursor

    connection.ensure_connection()
    make: Any = ServerBindingCursor
    return connection.make_cursor(make(connection.connection))


class Prepared(Generic[M]):
    """``ask(*values)`` as rows: the same models, with what ``select_related`` loads.

    ``ask`` makes the query. It may compare with its arguments alone, in their order and as they
    are, keys and texts, and many keys by ``among``; whatever else differs from one reader to the
    next is no prepared question. A query that does otherwise raises ``TypeError`` when it is first
    asked.
    """

    def __init__(self, ask: Callable[..., QuerySet[M]]) -> None:
        self._ask = ask

    def __call__(self, *values: Value) -> list[M]:
        """The rows that are found now."""
        connection = connections[_ALIAS]
        written = self._written(connection, values)
        with planned_once(connection) as cursor:
            cursor.execute(written.sql, parameters(values, connection.vendor))
            return written.models(cursor.fetchall())

    def first(self, *values: Value) -> M | None:
        """The first row, if there is one."""
        return next(iter(self(*values)), None)

    def _written(self, connection: BaseDatabaseWrapper, values: Sequence[Value]) -> _Written:
        known: dict[Prepared[Any], _Written] = vars(connection).setdefault(_PLACE, {})
        if self not in known:
            known[self] = _write(self._ask, connection, _stand_ins(values))
        return known[self]


@dataclass(frozen=True, slots=True)
class _Written:
    """A query as it was written for one connection, and how its rows become models."""

    sql: str
    compiler: Any
    converters: Mapping[int, Any]
    model: type[Model]
    names: Sequence[str]
    fields: slice
    related: Sequence[queries.RelatedPopulator]

    def models(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        """What Django's own iteration over a query makes of its rows."""
        return [self._model(row) for row in self.compiler.apply_converters(rows, self.converters)]

    def _model(self, row: Sequence[Any]) -> Model:
        made = self.model.from_db(_ALIAS, self.names, row[self.fields])
        for populator in self.related:
            populator.populate(row, made)
        return made


def parameters(values: Sequence[Any], vendor: str) -> list[Any]:
    """Values as a database takes them: many keys as one parameter, see ``among``."""
    return [packed(value, vendor) if _is_many(value) else value for value in values]


def _is_many(value: object) -> bool:
    return not isinstance(value, (str, int)) and isinstance(value, Sequence)


def _stand_ins(values: Sequence[Any]) -> tuple[Value, ...]:
    """Values of the same types, each another, so that none can be taken for the next."""
    return tuple(
        [number] if _is_many(value) else type(value)(number)
        for number, value in enumerate(values, start=1)
    )


def _write(
    ask: Callable[..., QuerySet[Any]],
    connection: BaseDatabaseWrapper,
    stand_ins: tuple[Value, ...],
) -> _Written:
    compiler: Any = ask(*stand_ins).query.get_compiler(connection=connection)
    sql, compared = compiler.as_sql()
    if list(compared) != parameters(stand_ins, connection.vendor):
        raise TypeError("A prepared question compares with its arguments, in their order.")
    about = compiler.klass_info
    fields = slice(about["select_fields"][0], about["select_fields"][-1] + 1)
    return _Written(
        sql=sql,
        compiler=compiler,
        converters=compiler.get_converters([column for column, *_ in compiler.select]),
        model=about["model"],
        names=[column.target.attname for column, *_ in compiler.select[fields]],
        fields=fields,
        related=_populators(about, compiler.select, _ALIAS),
    )
