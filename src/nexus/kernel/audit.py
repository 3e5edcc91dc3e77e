"""The audit log: who did what, when, to whom, from where.

An app names its actions with ``action`` and calls ``record`` in the transaction of the
change, so that there is neither a change without its record nor a record without its change.
A refusal is recorded after the refused transaction is gone. Why this is no follower of the
event log is told in decision 0026.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.utils import timezone

from nexus.kernel.models import AuditRecord

#: Action → how it reads after the name of who did it: ``removed {subject}``.
ACTIONS: dict[str, str] = {}
#: Refusals of one action are told this often for a person or an address in ``WINDOW``: whoever
#: goes on after that fills no disk.
MOST_REFUSALS = 100
WINDOW = timedelta(minutes=15)
#: IPv6 gives each house a network of this many bits, so an address counts as its network.
_HOUSE_BITS = 64


class Named(Protocol):
    """Somebody: a person of the hub."""

    @property
    def pk(self) -> int:
        """Their key."""

    @property
    def handle(self) -> str:
        """Their name in addresses."""


@dataclass(frozen=True, slots=True)
class Whence:
    """Where a call comes from: which door, and from which address of the network."""

    door: str = "command line"
    address: str = ""


_HERE = Whence()
_whence: ContextVar[Whence] = ContextVar("nexus_whence", default=_HERE)
#: The refusals that the present call was told of; None outside of a call.
_told: ContextVar[list[str] | None] = ContextVar("nexus_told", default=None)


def whence() -> Whence:
    """Where the present call comes from."""
    return _whence.get()


@contextmanager
def asked_from(*, door: str, address: str) -> Iterator[None]:
    """Let everything that is done inside be recorded as coming from there."""
    here, told = _whence.set(Whence(door, house_of(address))), _told.get()
    telling = _told.set([] if told is None else told)  # a door may stand in another
    try:
        yield
    finally:
        _told.reset(telling)
        _whence.reset(here)


def has_told_refusal() -> bool:
    """Whether something that the present call was refused is written down already."""
    return bool(_told.get())


def house_of(address: str) -> str:
    """An address as it is counted: IPv6 by its network, IPv4 as it is; empty when it is none."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(parsed), _HOUSE_BITS), strict=False))
    return str(parsed)


def action(name: str, words: str) -> str:
    """Name an action (``member.removed``) and how it reads; returns the name."""
    ACTIONS[name] = words
    return name


def record(
    name: str,
    *,
    by: Named | None,
    scope: str = "",
    subject: Named | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write down what ``by`` did (None: the hub's own command line) to ``subject``.

    Raises ``KeyError`` for an action that no app named.
    """
    _write(name, by=by, scope=scope, subject=subject, details=details or {}, is_refusal=False)


def record_refusal(
    name: str,
    *,
    by: Named | None,
    scope: str = "",
    subject: Named | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write down what was tried and refused; not for ever, when somebody goes on and on."""
    told = _told.get()
    if told is not None:
        told.append(name)
    if refusals(name, by=by) < MOST_REFUSALS:
        _write(name, by=by, scope=scope, subject=subject, details=details or {}, is_refusal=True)


def _write(
    name: str,
    *,
    by: Named | None,
    scope: str,
    subject: Named | None,
    details: Mapping[str, Any],
    is_refusal: bool,
) -> None:
    here = whence()
    AuditRecord.objects.create(
        action=name if name in ACTIONS else _unknown(name),
        is_refusal=is_refusal,
        scope=scope,
        actor=by.pk if by else None,
        actor_name=by.handle if by else "",
        subject=subject.pk if subject else None,
        subject_name=subject.handle if subject else "",
        details=dict(details),
        door=here.door,
        address=here.address,
    )


def _unknown(name: str) -> str:
    raise KeyError(f"No app named the action {name}.")


def refusals(name: str, *, by: Named | None) -> int:
    """How often ``by`` was refused ``name`` of late; for a visitor, how often their address."""
    if by is not None:
        return _late(name).filter(actor=by.pk).count()
    address = whence().address
    return refusals_from(name, address) if address else 0


def refusals_from(name: str, address: str) -> int:
    """How often ``name`` was refused to this address of late, whoever asked."""
    return _late(name).filter(address=address).count()


def newest(name: str, *, scope: str, subject: int) -> datetime | None:
    """When ``name`` was last done to ``subject`` (a person's key) in a scope; None if never."""
    found = AuditRecord.objects.filter(action=name, scope=scope, subject=subject, is_refusal=False)
    return found.order_by("-id").values_list("at", flat=True).first()


def _late(name: str) -> QuerySet[AuditRecord]:
    since = timezone.now() - WINDOW
    return AuditRecord.objects.filter(action=name, at__gt=since, is_refusal=True)


@dataclass(frozen=True, slots=True)
class Question:
    """Which records are wanted; an empty field asks for all.

    ``prefixes`` are beginnings of actions: ``member.``; ``who`` did it or had it done.
    """

    prefixes: tuple[str, ...] = ()
    who: str = ""
    refused_only: bool = False
    since: datetime | None = None
    until: datetime | None = None


def records(question: Question, *, scope: str | None) -> QuerySet[AuditRecord]:
    """The records of one scope (None: all there are), newest first."""
    found = AuditRecord.objects.order_by("-id")
    if scope is not None:
        found = found.filter(scope=scope)
    if question.prefixes:
        found = found.filter(_begins(question.prefixes))
    if question.who:
        who = question.who
        found = found.filter(Q(actor_name__iexact=who) | Q(subject_name__iexact=who))
    if question.refused_only:
        found = found.filter(is_refusal=True)
    if question.since:
        found = found.filter(at__gte=question.since)
    return found.filter(at__lt=question.until) if question.until else found


def _begins(prefixes: tuple[str, ...]) -> Q:
    begins = Q()
    for prefix in prefixes:
        begins |= Q(action__startswith=prefix)
    return begins
