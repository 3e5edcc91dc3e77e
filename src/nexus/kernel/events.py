"""Typed events, the outbox that stores them, and the relay that numbers them.

A service calls ``publish`` inside its transaction. After the commit the relay gives the
event its number and wakes whoever follows the log: search, caches, sockets. If the
process dies in between, the next relay run, in any process, finds the event.
"""

import dataclasses
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any, ClassVar

from django.db import connection, transaction

from nexus.kernel.locks import lock_until_commit
from nexus.kernel.models import StoredEvent
from nexus.kernel.once import rows

PUBLIC = "public"
#: The lock under which events get their numbers.
_NUMBERING = 0x4E455855
_BATCH = 1000
#: So many of the newest events are looked at one by one.
_NEAR = 100

Hint = Callable[[int], None]
_hints: list[Hint] = []


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. Subclasses are frozen dataclasses with JSON-ready fields."""

    registry: ClassVar[dict[str, type["Event"]]] = {}
    type: ClassVar[str]


def event(name: str) -> Callable[[type[Event]], type[Event]]:
    """Register a class of events under ``name`` (``library.entries_changed``)."""

    def register(cls: type[Event]) -> type[Event]:
        cls.type = name
        Event.registry[name] = cls
        return cls

    return register


def publish(happened: Event, *, audience: str = PUBLIC) -> None:
    """Store an event with the change it tells of; must be called inside a transaction.

    ``audience`` names who may learn of it: ``public`` or ``cohort:<id>``.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{happened.type} must be published inside the change's transaction.")
    # Not ``asdict``, which copies every number of a batch: what happened does not change.
    names = [field.name for field in dataclasses.fields(happened)]
    payload = {name: getattr(happened, name) for name in names}
    StoredEvent.objects.create(type=happened.type, payload=payload, audience=audience)
    # One run of the relay numbers all that a transaction stored. A rollback to a savepoint takes
    # back what it stored together with its wish for a run, never that of an earlier event alone.
    waiting: list[object] = [hook[1] for hook in connection.run_on_commit]
    if relay not in waiting:
        transaction.on_commit(relay)


def relay() -> int:
    """Number every committed event that has no number yet, then wake the followers.

    Returns the number of the newest event. Runs after each commit that published
    something, and from a timer, so that a crash between the two loses nothing.
    """
    newest = _number_committed()
    for hint in tuple(_hints):
        hint(newest)
    return newest


def _number_committed() -> int:
    """Give numbers under one lock, so that they follow the order of commits."""
    with transaction.atomic():
        lock_until_commit(_NUMBERING)
        before = last_number()
        waiting = rows(
            "SELECT id FROM kernel_storedevent WHERE number IS NULL ORDER BY id LIMIT %s", [_BATCH]
        )
        numbered = [(before + place, key) for place, (key,) in enumerate(waiting, start=1)]
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE kernel_storedevent SET number = %s WHERE id = %s", numbered)
    newest = before + len(waiting)
    return newest if len(waiting) < _BATCH else _number_committed()


def last_number() -> int:
    """The number of the newest event; 0 in an empty log."""
    return int(rows("SELECT MAX(number) FROM kernel_storedevent")[0][0] or 0)


def newest_besides(types: Sequence[str]) -> int:
    """The number of the newest event that is none of these types; 0 when there is none.

    Every page asks for it. Most often it is one of the last; after a hundred thousand sign-ins
    on end it is found by the index of types, one look for each. An event of a type that the
    hub no longer has is not found by that.
    """
    found = rows(_newest_near(tuple(types)))
    return int(found[0][0]) if found else _newest_of(set(Event.registry).difference(types))


@lru_cache(maxsize=64)
def _newest_near(types: tuple[str, ...]) -> str:
    """The question for it, with the types in its text: as values they take longer than the rest.

    They are names that the code gives.
    """
    others = ", ".join(f"'{name}'" for name in types)
    return (
        "SELECT number FROM kernel_storedevent"  # noqa: S608
        f" WHERE number > (SELECT MAX(number) FROM kernel_storedevent) - {_NEAR}"
        f" AND type NOT IN ({others}) ORDER BY number DESC LIMIT 1"
    )


def _newest_of(types: Collection[str]) -> int:
    """The number of the newest event of these types; 0 when there is none."""
    if not types:
        return 0
    newest = "SELECT MAX(number) AS number FROM kernel_storedevent WHERE type = %s"
    each = " UNION ALL ".join([newest] * len(types))
    found = rows(f"SELECT MAX(number) FROM ({each}) AS of_types", sorted(types))  # noqa: S608
    return int(found[0][0] or 0)


def after(number: int, limit: int) -> list[tuple[int, str, dict[str, Any]]]:
    """At most ``limit`` events that follow ``number``: (number, type, payload), in order."""
    rows = StoredEvent.objects.filter(number__gt=number).order_by("number")[:limit]
    return [
        (number or 0, kind, payload)
        for number, kind, payload in rows.values_list("number", "type", "payload")
    ]


def has_unnumbered() -> bool:
    """Whether some committed event still waits for the relay."""
    return StoredEvent.objects.filter(number=None).exists()


def on_news(hint: Hint) -> Callable[[], None]:
    """Call ``hint`` with the newest number after each relay run; returns how to stop.

    A hint runs in the thread that committed, so it only wakes somebody.
    """
    _hints.append(hint)

    def stop() -> None:
        if hint in _hints:
            _hints.remove(hint)

    return stop
