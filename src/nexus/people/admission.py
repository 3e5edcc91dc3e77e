"""Who may make an account: everybody, nobody, or those whom somebody here invites.

What an invitation is, this app does not know. Who does is handed in (``use_invitations``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

if TYPE_CHECKING:
    from nexus.people.models import Person


@dataclass(frozen=True, slots=True)
class Offer:
    """Leave to make an account; ``email`` is the address that it is for alone, or empty."""

    email: str = ""


class Invitations(Protocol):
    """What knows of invitations."""

    def offer(self, way: str, emails: Sequence[str]) -> Offer | None:
        """What the page ``way`` invites to, or whoever has shown that ``emails`` are theirs."""

    def keep(self, person: Person, way: str, emails: Sequence[str]) -> None:
        """Spend a use of it on ``person``, in the transaction that makes them.

        Raises a ``NexusError`` when there is none, or none any more.
        """


def _none() -> Invitations:
    raise LookupError("Nothing here knows of invitations.")


_known: Callable[[], Invitations] = _none


def use_invitations(known: Callable[[], Invitations]) -> None:
    """Say who knows of invitations; asked when somebody signs up."""
    global _known  # noqa: PLW0603 - one per process, set by the root of composition
    _known = known


def offer_to(way: str, *, emails: Sequence[str] = ()) -> Offer | None:
    """What lets somebody make an account who is on the way to the page ``way``; None if nothing.

    ``emails`` are addresses of which a provider says that they are theirs.
    """
    if settings.SIGN_UP == "open":
        return Offer()
    return _known().offer(way, emails) if settings.SIGN_UP == "invited" else None


def admit(person: Person, way: str, *, emails: Sequence[str] = ()) -> None:
    """Spend what let ``person`` in; call it in the transaction that makes their account.

    Raises a ``NexusError`` when others were faster, so that there is no account.
    """
    if settings.SIGN_UP == "invited":
        _known().keep(person, way, emails)
