"""Deleting an account: closed by one transaction, erased by steps that can be cut off anywhere.

From that transaction on nobody signs in, no credential opens anything, and the name is gone from
every page. What takes longer is done by a worker, step by step; each is safe to do again. If the
process dies, the clock finds the row and goes on.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import structlog
from django.db import transaction
from django.utils import timezone

from nexus.departing.audit import DELETED
from nexus.departing.events import AccountClosed, AccountErased
from nexus.departing.letters import post_farewell
from nexus.departing.models import Departure
from nexus.departing.policies import can_delete
from nexus.departing.selectors import hindrances_of
from nexus.departing.services.runs import abandoned, claim
from nexus.departing.table import leaving_order
from nexus.kernel.audit import record
from nexus.kernel.errors import Conflict, Forbidden, Invalid
from nexus.kernel.events import publish
from nexus.kernel.tasks import wake
from nexus.people.belonging import Busy, Leaver, raise_first
from nexus.people.events import PersonChanged
from nexus.people.selectors import addresses_of, person_locked
from nexus.repositories.belongings import repositories_of

if TYPE_CHECKING:
    from nexus.people.models import Person

DEPART_TASK = "departing.carry_on"
log = structlog.get_logger(__name__)


@transaction.atomic
def begin_departure(
    *, by: Person | None, person: Person, handle: str, take: Collection[int]
) -> Departure:
    """Close an account for good; ``take`` are the keys of the repositories that go with it.

    ``handle`` is what was typed to confirm it. Raises ``Forbidden`` for anybody but themselves
    and the command line, ``Invalid`` when another handle was typed or ``take`` names what is not
    theirs, ``Conflict`` when something has to be handed on first or it is closed already.
    """
    if not can_delete(by, person):
        raise Forbidden("not-yours", "An account is deleted by its person alone.")
    leaving = person_locked(person.pk)
    _check(leaving, handle, take)
    departure = Departure.objects.create(
        person=leaving,
        handle=leaving.handle,
        name=leaving.name,
        addresses=list(addresses_of(leaving)),
        took=sorted(take),
        stage="Waiting",
    )
    to = leaving.email
    for belonging in leaving_order():
        if belonging.at_once is not None:
            belonging.at_once(leaving)
    _tell(leaving, by_self=by is not None)
    if to:
        post_farewell(to=to, handle=departure.handle)
    wake(DEPART_TASK, leaving.pk)
    return departure


def _check(person: Person, handle: str, take: Collection[int]) -> None:
    if person.is_former:
        raise Conflict("person-left", "This account is deleted already.")
    if handle.strip().lower() != person.handle.lower():
        raise Invalid(
            "handle-mistyped",
            "That is not the handle of this account.",
            remedy=f"To delete it, type {person.handle}.",
        )
    mine = set(repositories_of(person.pk).values_list("pk", flat=True))
    if not set(take) <= mine:
        raise Invalid("not-yours", "You can take along only what is yours.")
    raise_first(hindrances_of(person))


def _tell(person: Person, *, by_self: bool) -> None:
    publish(PersonChanged(person=person.pk, changed=("handle", "name")))
    publish(AccountClosed(person=person.pk))
    record(DELETED, by=person if by_self else None, subject=person)


def carry_on(number: int) -> bool:
    """Do what is left of the departure with this key; whether all of it is done now.

    What somebody is at work on waits for the clock's next turn. Another process that is at it
    is left alone.
    """
    rows = Departure.objects.filter(finished_at=None)
    if not claim(rows, number):
        return not rows.filter(pk=number).exists()
    departure = rows.select_related("person").get(pk=number)
    try:
        _do_steps(departure)
    except Busy as busy:
        log.info("A departure waits.", person=number, why=busy.code)
        rows.filter(pk=number).update(worker="", stage=busy.title[:120])
        return False
    except BaseException:
        rows.filter(pk=number).update(worker="")
        raise
    _finish(number)
    return True


def _do_steps(departure: Departure) -> None:
    leaver = Leaver(
        person=departure.person_id,
        handle=departure.handle,
        name=departure.name,
        addresses=tuple(departure.addresses),
        now=departure.person.handle,
        take=frozenset(departure.took),
    )
    for belonging in leaving_order():
        if belonging.afterwards is None or belonging.what in departure.steps:
            continue
        belonging.afterwards(leaver)
        departure.steps.append(belonging.what)
        departure.alive_at = timezone.now()
        departure.save(update_fields=["steps", "alive_at"])


@transaction.atomic
def _finish(number: int) -> None:
    """The last traces that the steps needed go with the last step."""
    Departure.objects.filter(pk=number).update(
        handle="",
        name="",
        addresses=[],
        took=[],
        worker="",
        stage="",
        finished_at=timezone.now(),
    )
    publish(AccountErased(person=number))


def resume_departures() -> None:
    """Go on with what waited, or was left by a process that died."""
    rows = Departure.objects.filter(finished_at=None)
    left = rows.filter(abandoned(rows)) | rows.filter(worker="")
    for number in left.order_by("pk").values_list("pk", flat=True):
        carry_on(number)
