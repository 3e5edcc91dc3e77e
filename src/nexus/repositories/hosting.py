"""Repositories that live in the hub: made here, and written by commits of their owner's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from nexus.cohorts.policies import refuse_archived
from nexus.kernel.audit import record
from nexus.kernel.errors import Forbidden
from nexus.kernel.events import publish
from nexus.repositories.audit import HOSTED, WRITTEN
from nexus.repositories.events import RepositoryAdded
from nexus.repositories.git.committing import Author, Change, commit
from nexus.repositories.git.names import slug_of
from nexus.repositories.git.stores import create_store
from nexus.repositories.limits import store_of
from nexus.repositories.models import Repository
from nexus.repositories.policies import can_host_repository, can_write_repository
from nexus.repositories.quotas import check_room
from nexus.repositories.selectors import unknown_repository

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person

HOSTED_ORIGIN = "hosted"
#: Commits need an address. The hub gives nobody's away, so it writes one that leads nowhere.
NO_ADDRESS = "people.nexus.invalid"


@transaction.atomic
def ensure_hosted(*, by: Person, cohort: Cohort) -> Repository:
    """The repository of ``by`` that lives in the hub, in this cohort; made when there is none.

    Raises ``Forbidden`` when ``by`` may not publish in the cohort, ``Conflict`` when it is
    archived.
    """
    refuse_archived(cohort)
    if not can_host_repository(by, cohort):
        raise Forbidden(
            "not-member",
            "Only members of the cohort write in it.",
            remedy="Sign in, or ask an owner of the cohort.",
        )
    wanted = slug_of(f"{by.handle}-nexus")
    repository, is_new = Repository.objects.get_or_create(
        cohort=cohort,
        owner=by,
        kind=Repository.Kind.HOSTED,
        defaults={
            "slug": free_slug(cohort, wanted),
            "name": f"Nexus of {by.name or by.handle}"[:200],
            "origin_kind": HOSTED_ORIGIN,
        },
    )
    if is_new:
        create_store(store_of(repository.pk))
        publish(RepositoryAdded(repository=repository.pk), audience=cohort.audience)
        record(HOSTED, by=by, scope=cohort.readers, details={"repository": repository.slug})
    return repository


def lock(repository: Repository) -> Repository:
    """The repository as it is now, its row held until the transaction ends.

    Raises ``NotFound`` when it was removed in this moment.
    """
    held = Repository.objects.select_for_update(of=("self",))
    found = held.select_related("cohort", "owner").filter(pk=repository.pk).first()
    if found is None:
        raise unknown_repository(repository.cohort.slug, repository.slug)
    return found


def free_slug(cohort: Cohort, wanted: str) -> str:
    """``wanted``, or the first of ``wanted-2``, ``wanted-3``, … that no repository has."""
    taken = set(Repository.objects.filter(cohort=cohort).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def commit_files(
    *,
    by: Person,
    repository: Repository,
    files: Mapping[str, bytes | None],
    message: str,
    expected: Mapping[str, str],
    author: Author | None = None,
    moving: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> str:
    """Commit files to a hosted repository (None removes one); returns the commit's id.

    ``expected`` tells the objects that ``by`` had before them, so that nothing of somebody
    else's is overwritten. ``author`` is who wrote them, if not ``by``; ``moving`` is told in
    ``committing.Change``. Whoever calls this has asked for a run first, which shows the commit
    even if this process dies after it.

    Raises ``Forbidden`` when ``by`` may not write there, ``Conflict`` when its cohort is
    archived or there is no room left, and what ``committing.commit`` raises.
    """
    refuse_archived(repository.cohort)
    if not can_write_repository(by, repository):
        raise Forbidden(
            "not-owner",
            "Only its owner writes to this repository.",
            remedy="Write it into a repository of your own.",
        )
    change = Change(
        files=files,
        # Of two at once the second is weighed when the first is there.
        before=partial(check_room, repository, files.values()),
        message=message,
        author=author or author_of(by),
        committer=author_of(by),
        expected=expected,
        moving=moving,
    )
    made = commit(store_of(repository.pk), change)
    details = {"repository": repository.slug, "commit": made}
    record(WRITTEN, by=by, scope=repository.cohort.readers, details=details)
    return made


def author_of(person: Person | None) -> Author:
    """How commits name a person; somebody whose account is gone stays unnamed."""
    if person is None:
        return Author("Somebody", f"somebody@{NO_ADDRESS}")
    return Author(person.name or person.handle, f"{person.handle}@{NO_ADDRESS}")
