"""Who may do what with credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allauth.idp.oidc.models import Client

    from nexus.people.models import Person


def can_make_token(by: Person | None, person: Person) -> bool:
    """People make tokens for themselves; ``None`` is the command line of the owner's machine."""
    return by is None or (by.pk == person.pk and by.is_active)


def can_revoke_token(by: Person | None, person: Person) -> bool:
    """Whoever may make a token may take it back, and so may the hub's owner."""
    return by is None or by.pk == person.pk or (by.is_owner and by.is_active)


def can_register_app(by: Person) -> bool:
    """Whoever is signed in registers apps; they answer for them by name."""
    return by.is_active


def can_change_app(by: Person, app: Client) -> bool:
    """Its owner gives an app another secret."""
    return by.is_active and bool(app.owner_id == by.pk)


def can_delete_app(by: Person, app: Client) -> bool:
    """Its owner deletes an app, and so may the hub's owner."""
    return by.is_active and (bool(app.owner_id == by.pk) or by.is_owner)


def can_end_grant(by: Person, person: Person) -> bool:
    """Whoever let an app in takes that back, and so may the hub's owner."""
    return by.pk == person.pk or (by.is_owner and by.is_active)
