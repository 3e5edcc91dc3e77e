"""Removing a repository for good: what its owner takes along when they leave the hub.

Nothing else removes what was published. It is done in pieces that can be cut off anywhere and
done again: ``hold`` keeps runs away, the library takes its pages away, ``remove`` ends it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone

from nexus.kernel.events import publish
from nexus.people.belonging import Busy
from nexus.repositories.events import RepositoryRemoved
from nexus.repositories.git.stores import is_store, locked
from nexus.repositories.git.troubles import StoreBusy
from nexus.repositories.limits import store_of
from nexus.repositories.models import Repository, Sync
from nexus.repositories.uploads import forget_upload
from nexus.repositories.workers import this_worker

STAGE = "Removing"


def hold(repository: Repository) -> int:
    """Be the run that is at work on a repository, so that no other one is; returns its key.

    If this process dies, the run is put back into the queue like any other, and whoever takes
    it reads the repository; then it is held again. Raises ``Busy`` while a run is at work.
    """
    ours = {
        "state": Sync.State.RUNNING,
        "stage": STAGE,
        "worker": this_worker(),
        "alive_at": timezone.now(),
    }
    runs = Sync.objects.filter(repository=repository)
    held = runs.filter(state=Sync.State.RUNNING, stage=STAGE, worker=this_worker())
    if held.update(alive_at=timezone.now()):
        return int(held.values_list("pk", flat=True).get())
    if not runs.filter(state=Sync.State.QUEUED).update(**ours):
        try:
            with transaction.atomic():
                Sync.objects.create(repository=repository, **ours)
        except IntegrityError as error:
            raise _busy(repository) from error
    return int(runs.filter(state=Sync.State.RUNNING).values_list("pk", flat=True).get())


def _busy(repository: Repository) -> Busy:
    return Busy(
        "repository-busy",
        f"“{repository.slug}” is being read or written.",
        remedy="It goes when that is done.",
    )


def remove(repository: Repository, *, last: Callable[[], None] = lambda: None) -> None:
    """Remove a repository that is held, and all that is left of it: rows, store, upload.

    ``last`` is called in the transaction that deletes its row, when nothing refers to it anew.
    Raises ``Busy`` while somebody writes to its store.
    """
    store = store_of(repository.pk)
    try:
        if is_store(store):
            with locked(store):
                _forget(repository, last)
        else:
            _forget(repository, last)
    except StoreBusy as error:
        raise _busy(repository) from error
    forget_upload(repository.origin)
    sweep(repository.pk)


@transaction.atomic
def _forget(repository: Repository, last: Callable[[], None]) -> None:
    key, audience = repository.pk, repository.cohort.audience
    list(Repository.objects.select_for_update().filter(pk=key).values_list("pk"))
    last()
    repository.delete()
    publish(RepositoryRemoved(repository=key), audience=audience)


def sweep(repository: int) -> None:
    """Remove the store of a repository that there is no more: a process died before it did."""
    if not Repository.objects.filter(pk=repository).exists():
        shutil.rmtree(store_of(repository), ignore_errors=True)
