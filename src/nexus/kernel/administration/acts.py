"""What can be done to the rows of a desk: each act calls a service, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from nexus.kernel.errors import NexusError

#: So many rows are acted on at once; the rest waits for the next time.
MOST = 100


def _always(_: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Act:
    """A button of a desk.

    ``do`` calls the service with who asks and with the row; what it returns, or else ``done``, is
    said of the row afterwards. With a ``question`` it is asked for once more before. ``fits``
    says for which rows the button is there; the service itself refuses the others.
    """

    name: str
    title: str
    do: Callable[[Any, Any], str | None]
    done: str
    question: str = ""
    fits: Callable[[Any], bool] = _always
    is_bad: bool = False


def perform(act: Act, request: HttpRequest, rows: Iterable[Any]) -> None:
    """Do it to each row, and say on the next page what became of it.

    A row that is refused changes nothing and keeps no other from its turn. What was refused is
    said last: when there is more to say than a cookie holds, what was said first is lost.
    """
    refused = []
    for row in rows:
        name = str(row)
        try:
            said = act.do(request.user, row) or act.done
        except NexusError as fault:
            refused.append(f"{name}: {fault}")
        else:
            messages.success(request, f"{name}: {said}")
    for words in refused:
        messages.error(request, words)
