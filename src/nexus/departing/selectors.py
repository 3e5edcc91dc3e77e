"""Reads of exports, and of what stands between a person and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.departing.models import Export
from nexus.departing.table import BELONGINGS
from nexus.kernel.errors import NotFound
from nexus.people.belonging import Hindrance

if TYPE_CHECKING:
    from nexus.people.models import Person


def latest_export(person: Person) -> Export | None:
    """The newest archive that a person asked for, whatever became of it."""
    return Export.objects.filter(person=person).order_by("-pk").first()


def finished_export(person: Person, key: str) -> Export:
    """The archive of ``person`` with this key; raises ``NotFound``, also for somebody else's."""
    found = Export.objects.filter(person=person, key=key, state=Export.State.DONE).first()
    if found is None:
        raise NotFound(
            "export-unknown",
            "There is no such archive of yours.",
            remedy="Archives are kept for three days. Ask for a new one.",
        )
    return found


def hindrances_of(person: Person) -> list[Hindrance]:
    """Why the account of ``person`` cannot be deleted yet; nothing when it can."""
    asked = [one.hindrances for one in BELONGINGS if one.hindrances is not None]
    return [hindrance for ask in asked for hindrance in ask(person)]
