"""Taking away all that was made of a repository which its owner takes along."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from nexus.library.models import Entry, SourceFile
from nexus.library.services import publishing
from nexus.library.services.returning import give_back
from nexus.repositories import removing
from nexus.repositories import services as repositories

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nexus.repositories.models import Repository

BATCH = 64


def remove_repository(repository: Repository) -> None:
    """Remove a repository with its pages, files, history and store; search follows.

    Its pages are withdrawn first, as when their files are deleted: what only repeated them
    stands on its own then. What others proposed to it goes back to them. Cut off anywhere, it
    goes on where it was. Raises ``Busy`` while somebody reads or writes the repository.
    """
    run = removing.hold(repository)
    living = Entry.objects.filter(repository=repository, withdrawn_at=None)
    _withdraw_all(repository, living, run)
    _withdraw_all(repository, SourceFile.objects.filter(repository=repository), run)
    _delete_all(repository, run)
    removing.remove(repository, last=partial(give_back, repository))


def _withdraw_all(
    repository: Repository, left: QuerySet[Entry] | QuerySet[SourceFile], run: int
) -> None:
    """Take these out of the lists with their events, a batch of paths at a time."""
    while paths := list(left.order_by("path").values_list("path", flat=True).distinct()[:BATCH]):
        publishing.withdraw(repository, paths)
        _say(run)


def _delete_all(repository: Repository, run: int) -> None:
    """Delete the rows of withdrawn pages, with their versions, a batch at a time."""
    rows = Entry.objects.filter(repository=repository).order_by("pk")
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            Entry.objects.filter(pk__in=keys).delete()
        _say(run)


def _say(run: int) -> None:
    """That it is at work; otherwise it would be taken for dead."""
    repositories.report_progress(sync=run, stage=removing.STAGE, done=0, total=0)
