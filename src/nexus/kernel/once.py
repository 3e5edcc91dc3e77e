"""What is asked several times while one page is made is asked once.

A page asks who its reader is in a cohort in a policy, in a selector and in its frame; the answer
is the same. Only requests that read are told to remember (``remembering``), so nothing that is
written meanwhile by the same thread is missed; everywhere else each question is asked anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connections

from nexus.kernel.among import is_among
from nexus.kernel.prepared import Value, parameters, planned_once

P = ParamSpec("P")
T = TypeVar("T")

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember the answers of ``once`` functions until the block ends."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(ask: Callable[P, T]) -> Callable[P, T]:
    """A question whose arguments can be hashed, asked once while a page is made."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        answers = _answers.get()
        if answers is None:
            return ask(*args, **kwargs)
        key = (ask, args, tuple(kwargs.items()))
        if key not in answers:
            answers[key] = ask(*args, **kwargs)
        answer: T = answers[key]
        return answer

    return asked


def rows(sql: str, values: Sequence[Value] = ()) -> list[tuple[Any, ...]]:
    """The rows of a short question that every page asks, written out.

    Django takes ten times as long to write such a question as the database to answer it. Where
    ``{among}`` stands behind a column, many keys are looked for as one value.
    Dates come back in another form from each database: ask for none.
    """
    connection = connections["default"]
    with planned_once(connection) as cursor:
        asked = sql.replace("{among}", is_among(connection.vendor))
        cursor.execute(asked, parameters(values, connection.vendor))
        return list(cursor.fetchall())
