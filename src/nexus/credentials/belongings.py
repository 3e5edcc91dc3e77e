"""What credentials know of a person, and that they open nothing once it is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nexus.credentials.models import AccessToken
from nexus.people.belonging import Belonging, Fate, Leaver, Row

if TYPE_CHECKING:
    from nexus.people.models import Person


def _tokens(person: Person) -> Iterable[Row]:
    """Without what could open anything: a digest is not given out either."""
    return (
        AccessToken.objects.filter(person=person)
        .order_by("pk")
        .values("name", "prefix", "scopes", "made_at", "expires_at", "last_used_at", "revoked_at")
    )


def _forget_tokens(person: Person) -> None:
    AccessToken.objects.filter(person=person).delete()


def _forget_late_tokens(leaver: Leaver) -> None:
    """One may have been made in the very moment in which they left."""
    AccessToken.objects.filter(person=leaver.person).delete()


BELONGINGS = (
    Belonging(
        what="credentials.AccessToken.person",
        section="access_tokens",
        rows=_tokens,
        fate=Fate.ERASED,
        becomes="Erased at once: they open nothing from that moment on.",
        at_once=_forget_tokens,
        afterwards=_forget_late_tokens,
    ),
)
