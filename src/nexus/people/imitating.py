"""Names that imitate others are refused; that somebody wanted one stands in the audit log."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from nexus.kernel.audit import action, record_refusal
from nexus.kernel.errors import Conflict, NexusError
from nexus.people.models import Person

P = ParamSpec("P")
T = TypeVar("T")

NAME_REFUSED = action("name.refused", "wanted a name that speaks for the hub, or imitates another")
#: What names are refused for, when it is no accident that somebody else has one.
IMITATIONS = frozenset({"handle-reserved", "handle-alike", "name-reserved", "name-alike"})


def tell_of_imitation(refused: NexusError, *, by: Person | None) -> None:
    """Write down that ``by`` (None: a visitor) wanted such a name, if that is what was refused."""
    if refused.code in IMITATIONS:
        record_refusal(NAME_REFUSED, by=by, details={"why": refused.code})


def tells_of_imitations(service: Callable[P, T]) -> Callable[P, T]:
    """Let ``service``, which takes who acts as ``by``, be told of when its name is refused.

    Stands outside of its transaction, which is gone by then.
    """

    @wraps(service)
    def told(*args: P.args, **options: P.kwargs) -> T:
        try:
            return service(*args, **options)
        except Conflict as refused:
            by: Any = options.get("by")
            tell_of_imitation(refused, by=by)
            raise

    return told
