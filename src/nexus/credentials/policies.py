"""Who may do what with credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexus.people.models import Person


def can_make_token(by: Person | None, person: Person) -> bool:
    """People make tokens for themselves; ``None`` is the command line of the owner's machine."""
    return by is None or (by.pk == person.pk and by.is_active)


def can_revoke_token(by: Person | None, person: Person) -> bool:
    """Whoever may make a token may take it back, and so may the hub's owner."""
    return by is None or by.pk == person.pk or (by.is_owner and by.is_active)
