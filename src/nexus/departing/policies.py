"""Who may take an account along, and who may delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexus.people.models import Person


def can_export(by: Person | None, person: Person) -> bool:
    """People export themselves; ``None`` is the command line of the hub's machine.

    Not even the hub's owner gets an account from a page: it holds what only its person knows.
    """
    return by is None or (by.pk == person.pk and by.is_active)


def can_delete(by: Person | None, person: Person) -> bool:
    """People delete themselves; ``None`` is the command line, for those who ask its owner."""
    return by is None or (by.pk == person.pk and by.is_active)
