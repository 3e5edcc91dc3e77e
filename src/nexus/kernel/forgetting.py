"""What the two logs forget of a person whose account is deleted: names and addresses.

That something happened stays, under the key of a person who is nobody any more: numbers of
events must not be given twice, and who governs a cohort must be able to see what was done.
Decision 0031 says more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from nexus.kernel.events import Event
from nexus.kernel.models import AuditRecord, StoredEvent

#: Details of a record that name somebody.
NAMING = ("email", "handle", "invited_by")
#: Fields of events that tell who somebody is, or from where they came.
TELLING = ("handle", "address")
_BATCH = 500


def records_of(person: int) -> QuerySet[AuditRecord]:
    """What a person did or had done to them, as the audit log tells it, the oldest first."""
    return AuditRecord.objects.filter(Q(actor=person) | Q(subject=person)).order_by("pk")


def events_for(person: int) -> QuerySet[StoredEvent]:
    """What happened that is for this person alone, the oldest first."""
    return StoredEvent.objects.filter(audience=f"person:{person}").order_by("pk")


def forget_in_audit_log(person: int, *, names: Collection[str], now: str) -> None:
    """Let every record call a person ``now``; ``names`` are their handle and addresses.

    The network addresses from which they acted go. Safe to run twice.
    """
    AuditRecord.objects.filter(actor=person).call_otherwise(actor_name=now, address="")
    AuditRecord.objects.filter(subject=person).call_otherwise(subject_name=now)
    for name in names:
        _forget_in_details(name, now=now)


def _forget_in_details(name: str, *, now: str) -> None:
    said = Q()
    for key in NAMING:
        said |= Q(**{f"details__{key}__iexact": name})
    for pk, details in AuditRecord.objects.filter(said).values_list("pk", "details"):
        theirs = [key for key in NAMING if str(details.get(key, "")).lower() == name.lower()]
        told = {**details, **dict.fromkeys(theirs, now)}
        AuditRecord.objects.filter(pk=pk).call_otherwise(details=told)


def forget_in_events(person: int) -> None:
    """Take the handle and the network addresses of a person out of the log of events.

    Safe to run twice.
    """
    named = StoredEvent.objects.filter(type__in=list(_telling()), payload__person=person)
    for log in (events_for(person), named):
        last = 0
        while rows := list(log.filter(pk__gt=last).order_by("pk")[:_BATCH]):
            _blank(rows)
            last = rows[-1].pk


@transaction.atomic
def _blank(rows: list[StoredEvent]) -> None:
    for row in rows:
        row.payload = blanked(row.payload)
    StoredEvent.objects.bulk_update(rows, ["payload"])


def blanked(payload: Mapping[str, Any]) -> dict[str, Any]:
    """An event's payload with empty words where it told who somebody is."""
    return {key: "" if key in TELLING else value for key, value in payload.items()}


def _telling() -> Iterator[str]:
    """The types of events that say something of a person that must go."""
    for name, kind in Event.registry.items():
        said = {field.name for field in fields(kind)}
        if "person" in said and not said.isdisjoint(TELLING):
            yield name
