"""Having every page of a repository made anew, though nothing of it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from nexus.kernel.audit import record
from nexus.kernel.errors import Forbidden
from nexus.repositories import services
from nexus.repositories.audit import READ_ANEW
from nexus.repositories.models import Repository, Sync
from nexus.repositories.policies import can_read_anew

if TYPE_CHECKING:
    from nexus.people.models import Person


@transaction.atomic
def read_anew(*, by: Person | None, repository: Repository) -> Sync:
    """Ask for a run that reads every file again; what is shown stays until then.

    Raises ``Forbidden`` for anyone but who runs the hub, ``Conflict`` when the cohort is archived.
    """
    if not can_read_anew(by):
        raise Forbidden("not-owner", "Only the owner of the hub has repositories read anew.")
    run = services.request_sync(by=by, repository=repository)
    Repository.objects.filter(pk=repository.pk).update(format_version=0)
    record(
        READ_ANEW,
        by=by,
        scope=repository.cohort.readers,
        details={"repository": repository.slug},
    )
    return run
