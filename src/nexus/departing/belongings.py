"""What this app itself knows of a person: that they exported, and that they leave."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from nexus.departing.models import Export
from nexus.departing.places import remove_archive
from nexus.people.belonging import Belonging, Fate, Leaver, Row

if TYPE_CHECKING:
    from nexus.people.models import Person


def _exports(person: Person) -> Iterable[Row]:
    made = Export.objects.filter(person=person).order_by("pk")
    return made.values("state", "asked_at", "finished_at", "size_bytes")


def _forget_exports(person: Person) -> None:
    """Whoever makes one right now finds its row gone, and gives up."""
    made = Export.objects.filter(person=person)
    for key in made.values_list("key", flat=True):
        transaction.on_commit(partial(remove_archive, key))
    made.delete()


def _forget_late_exports(leaver: Leaver) -> None:
    for export in Export.objects.filter(person=leaver.person):
        remove_archive(export.key)
        export.delete()


BELONGINGS = (
    Belonging(
        what="departing.Export.person",
        section="exports",
        rows=_exports,
        fate=Fate.ERASED,
        becomes="Erased at once, with their archives.",
        at_once=_forget_exports,
        afterwards=_forget_late_exports,
    ),
    Belonging(
        what="departing.Departure.person",
        kept_back="There is none as long as there is an account to export.",
        fate=Fate.NAMELESS,
        becomes="It holds handle and addresses until all is erased, and then the number only.",
    ),
)
