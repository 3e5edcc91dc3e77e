"""Making an archive of an account: asked for on a page, written by a worker, gone after days."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from nexus.departing.audit import EXPORTED
from nexus.departing.events import ExportAsked, ExportFinished
from nexus.departing.models import Export
from nexus.departing.packing import write_archive
from nexus.departing.places import archive_of, archives, remove_archive
from nexus.departing.policies import can_export
from nexus.departing.services.runs import Speaker, abandoned, claim
from nexus.kernel.audit import record
from nexus.kernel.errors import Conflict, Forbidden, NexusError
from nexus.kernel.events import publish
from nexus.kernel.tasks import wake

if TYPE_CHECKING:
    from nexus.people.models import Person

EXPORT_TASK = "departing.make_export"
#: An archive lies ready for this long.
KEPT_FOR = timedelta(days=3)
#: Archives of one person within a day.
MOST_A_DAY = 5
_ACTIVE = (Export.State.QUEUED, Export.State.RUNNING)
log = structlog.get_logger(__name__)


class Withdrawn(Conflict):
    """The archive is wanted no more: its account was deleted meanwhile."""


def ask_for_export(*, by: Person, person: Person) -> Export:
    """Ask for an archive of all that the hub knows of ``person``; one that is being made is that.

    Raises ``Forbidden`` for anybody but themselves, ``Conflict`` after too many within a day.
    """
    _check_may(by, person)
    known = Export.objects.filter(person=person, state__in=_ACTIVE).first()
    if known is not None:
        return known
    late = timezone.now() - timedelta(days=1)
    if Export.objects.filter(person=person, asked_at__gt=late).count() >= MOST_A_DAY:
        raise Conflict(
            "too-many-exports",
            f"You have asked {MOST_A_DAY} times within a day.",
            remedy="Download the last one, or ask again tomorrow.",
        )
    try:
        return _ask(by, person)
    except IntegrityError:  # of two who ask at once, one does
        return Export.objects.get(person=person, state__in=_ACTIVE)


def _check_may(by: Person | None, person: Person) -> None:
    if not can_export(by, person):
        raise Forbidden("not-yours", "An account is exported by its person alone.")


@transaction.atomic
def _ask(by: Person, person: Person) -> Export:
    export = Export.objects.create(person=person, key=secrets.token_urlsafe(32), stage="Waiting")
    publish(ExportAsked(person=person.pk, export=export.pk), audience=f"person:{person.pk}")
    record(EXPORTED, by=by, subject=person)
    wake(EXPORT_TASK, export.pk)
    return export


def make_export(number: int) -> None:
    """Write the archive with this key, unless another process does, or it was made before."""
    if not claim(Export.objects.filter(state__in=_ACTIVE), number):
        return
    mine = Export.objects.filter(pk=number)
    mine.update(state=Export.State.RUNNING)
    export = mine.select_related("person").get()
    gone = Withdrawn("export-withdrawn", "This archive is wanted no more.")
    error = ""
    try:
        archive_of(export.key).unlink(missing_ok=True)
        write_archive(export.person, archive_of(export.key), told=Speaker(mine, gone))
    except NexusError as trouble:
        error = str(trouble)
    except Exception:
        log.exception("An account could not be exported.", export=number)
        error = "Something went wrong in the hub itself. Its log tells what; try again later."
    _finish(export, error=error)


@transaction.atomic
def _finish(export: Export, *, error: str) -> None:
    """End it with a word. Where the row is gone, the account is: then the file goes as well."""
    path = archive_of(export.key)
    facts = {
        "state": Export.State.FAILED if error else Export.State.DONE,
        "error": error[:1000],
        "size_bytes": path.stat().st_size if path.exists() else 0,
        "finished_at": timezone.now(),
    }
    if not Export.objects.filter(pk=export.pk).update(**facts):
        remove_archive(export.key)
        return
    finished = ExportFinished(person=export.person_id, export=export.pk, error=error)
    publish(finished, audience=f"person:{export.person_id}")
    older = Export.objects.filter(person=export.person_id, pk__lt=export.pk)
    for key in older.values_list("key", flat=True):
        remove_archive(key)


def resume_exports() -> None:
    """Make what a lost message or a process that died left."""
    active = Export.objects.filter(state__in=_ACTIVE)
    left = active.filter(abandoned(active)) | active.filter(worker="")
    for number in left.order_by("pk").values_list("pk", flat=True):
        make_export(number)


def tidy_exports() -> None:
    """Remove archives whose time is over, and files that belong to none."""
    past = timezone.now() - KEPT_FOR
    here = archives()
    Export.objects.filter(finished_at__lt=past).delete()
    known = set(Export.objects.values_list("key", flat=True))
    for key, path in here:
        if key not in known:
            path.unlink(missing_ok=True)


def export_to_file(*, by: Person | None, person: Person, path: Path) -> None:
    """Write the archive to ``path``, here and now: what the command line does.

    Raises ``Forbidden`` when ``by`` may not, and what ``packing.write_archive`` raises.
    """
    _check_may(by, person)
    write_archive(person, path)
    with transaction.atomic():
        record(EXPORTED, by=by, subject=person)
