"""Who asks, with which credential, and what that is good for: the same for every kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from nexus.credentials.scopes import allows
from nexus.kernel.errors import NexusError

if TYPE_CHECKING:
    from nexus.people.models import Person

#: The one kind that a browser sends by itself, so that other sites can make it do so.
SESSION = "session"


class Unauthorised(NexusError):
    """A credential is wanted, or the one given is not good."""

    status = HTTPStatus.UNAUTHORIZED


class Expired(Unauthorised):
    """A credential of the hub whose time is over, as it is meant to be: nobody guesses here."""


class TooMany(NexusError):
    """Too many wrong credentials came from one address."""

    status = HTTPStatus.TOO_MANY_REQUESTS


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks (None: a guest), with which scopes, by which kind of credential (none: a guest)."""

    person: Person | None
    scopes: frozenset[str]
    kind: str = ""

    @property
    def by_token(self) -> bool:
        """Whether a program chose to show it: no other site can make a browser do that."""
        return self.kind not in ("", SESSION)

    def allows(self, action: str) -> bool:
        """Whether the credential is good for ``action``, a key of ``SCOPE_TABLE``."""
        return allows(self.scopes, action)


class IdentityOf(Protocol):
    """How a kind of credential tells whose one is."""

    def __call__(self, secret: str, /, *, even_expired: bool = False) -> Identity:
        """Who shows ``secret``; raises ``Unauthorised`` when it does not work, or not any more.

        ``even_expired`` lets pass that its time is over, and nothing else: what was begun with it
        may be ended with it, unless it was taken back.
        """


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of credential that programs show in the header ``Authorization``.

    ``recognises`` judges by the form alone, without a question to the database. ``identity_of``
    says whose it is, or raises ``Unauthorised``. ``called`` is what the audit log may say of it.
    """

    name: str
    recognises: Callable[[str], bool]
    identity_of: IdentityOf
    called: Callable[[str], str]
