"""What a room of the hub knows of a person: how they get it, and what becomes of it.

Each app has a list of ``Belonging`` in its module ``belongings``, one for every key to a person
in its tables and for whatever else it knows. ``departing`` joins the lists; a test compares them
with the tables, so no key is forgotten. See decision 0031.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from nexus.kernel.errors import Conflict

if TYPE_CHECKING:
    from nexus.people.models import Person

#: What an export says of one thing: texts, numbers, dates and what is made of them.
Row = Mapping[str, Any]
#: How the two ends of an export meet: told (what is written, how much, of how much).
Told = Callable[[str, int, int], None]


class Fate(StrEnum):
    """What becomes of something when the account is deleted."""

    ERASED = "erased"
    #: It stays, and names nobody, or a former member.
    NAMELESS = "kept without a name"
    #: The person takes it along, or leaves it to the cohort.
    CHOSEN = "as the person chooses"


@dataclass(frozen=True, slots=True)
class Leaver:
    """Whose account is being deleted, as they were called until then.

    ``now`` is what they are called from then on; ``take`` are the keys of the repositories that
    go with them.
    """

    person: int
    handle: str
    name: str
    addresses: tuple[str, ...]
    now: str
    take: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why an account cannot be deleted yet. ``heirs`` are handles of those who could take over."""

    code: str
    title: str
    remedy: str
    heirs: tuple[str, ...] = ()

    def error(self) -> Conflict:
        """The same, to be raised."""
        return Conflict(self.code, self.title, remedy=self.remedy)


class Busy(Conflict):
    """Somebody is at work on what is to go; it goes when they are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """One thing that the hub knows of a person.

    ``what`` names the key by which it is theirs (``cohorts.Membership.person``), or the table
    where there is no key. ``section`` is what it is called in the export, ``rows`` gives it;
    where there is none, ``kept_back`` says why. ``files`` lays files into the export. ``becomes``
    says in words what the ``fate`` comes to.

    ``hindrances`` tell why an account cannot be deleted, under the lock of ``at_once`` when that
    is running. ``at_once`` is done in the transaction that closes the account, ``afterwards`` by
    a worker: it must be safe to run again after it was cut off anywhere, and raises ``Busy`` to
    be asked later.
    """

    what: str
    fate: Fate
    becomes: str
    section: str = ""
    rows: Callable[[Person], Iterable[Row]] | None = None
    kept_back: str = ""
    files: Callable[[Person, ZipFile, Told], None] | None = None
    hindrances: Callable[[Person], Iterable[Hindrance]] | None = None
    at_once: Callable[[Person], None] | None = None
    afterwards: Callable[[Leaver], None] | None = None


def raise_first(hindrances: Iterable[Hindrance]) -> None:
    """Raise the first of these as ``Conflict``, if there is one."""
    for hindrance in hindrances:
        raise hindrance.error()
