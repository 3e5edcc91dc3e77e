"""Reads of repositories, filtered by what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from nexus.cohorts.policies import can_read
from nexus.cohorts.selectors import visible_cohorts
from nexus.kernel.errors import NexusError, NotFound, Unavailable
from nexus.kernel.once import rows as answered
from nexus.kernel.prepared import Prepared
from nexus.repositories.models import Contributor, LookBack, Repository, Revision, Sync

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person

ACTIVE = (Sync.State.QUEUED, Sync.State.RUNNING)
_BUSY = """
    SELECT repository_id FROM repositories_sync
    WHERE repository_id {among} AND state IN (%s, %s)
"""
_AMONG = Prepared(
    lambda keys: Repository.objects.filter(pk__among=keys).select_related("cohort", "owner")
)
_AT_ADDRESS = Prepared(
    lambda cohort, slug: Repository.objects.filter(cohort__slug=cohort, slug=slug).select_related(
        "cohort", "owner"
    )
)
_OF_SYNC = Prepared(
    lambda sync: Repository.objects.filter(syncs=sync).select_related("cohort", "owner")
)
_LOOK_BACK = Prepared(lambda repository: LookBack.objects.filter(repository=repository))


def visible_repositories(reader: Person | None) -> QuerySet[Repository]:
    """The repositories that ``reader`` may see, with their cohort and owner."""
    return Repository.objects.filter(cohort__in=visible_cohorts(reader)).select_related(
        "cohort", "owner"
    )


def repositories_by_id(keys: Sequence[int]) -> list[Repository]:
    """Those of these repositories that are there, in this order, with cohort and owner; one query.

    Only for keys that were found among what the reader may see.
    """
    found = {repository.pk: repository for repository in _AMONG(keys)} if keys else {}
    return [found[key] for key in keys if key in found]


def repository_by_address(cohort: str, slug: str, *, reader: Person | None) -> Repository:
    """The repository at ``/c/<cohort>/<slug>/``; raises ``NotFound`` when there is none to see."""
    found = _AT_ADDRESS.first(cohort, slug)
    if found is None or not can_read(reader, found.cohort):
        raise unknown_repository(cohort, slug)
    return found


def unknown_repository(cohort: str, slug: str) -> NotFound:
    """The error for a repository that is not there, or not for whoever asks."""
    return NotFound(
        "repository-unknown",
        f"There is no repository “{cohort}/{slug}” here.",
        remedy="Check the address, or look at what the cohort has.",
    )


def hosted_repository(owner: Person, cohort: Cohort) -> Repository | None:
    """The repository of ``owner``'s that lives in the hub, in this cohort."""
    hosted = Repository.objects.filter(kind=Repository.Kind.HOSTED, owner=owner, cohort=cohort)
    return hosted.select_related("cohort", "owner").first()


def repository_by_id(number: int) -> Repository:
    """A repository by its key, for work that no reader asked for."""
    return Repository.objects.select_related("cohort", "owner").get(pk=number)


def repository_of_origin(cohort: Cohort, location: str) -> Repository | None:
    """The repository that a cohort has from this origin, if it has one."""
    return Repository.objects.filter(cohort=cohort, origin=location).first()


def latest_sync(repository: int) -> Sync | None:
    """The newest run, whatever its state."""
    return Sync.objects.filter(repository=repository).order_by("-pk").first()


def active_sync(sync: int) -> Sync | None:
    """The run, while it waits or works."""
    return Sync.objects.filter(pk=sync, state__in=ACTIVE).first()


def failure_of_sync(sync: int) -> NexusError | None:
    """What a run that failed told of it."""
    failed = Sync.objects.filter(pk=sync, state=Sync.State.FAILED).first()
    return Unavailable(failed.error_code, failed.error) if failed else None


def waiting_syncs() -> list[int]:
    """Keys of the runs that nobody has begun."""
    return list(
        Sync.objects.filter(state=Sync.State.QUEUED).order_by("pk").values_list("pk", flat=True)
    )


def due_mirrors() -> list[int]:
    """Keys of the mirrors whose time to ask the remote has come and that are not at work.

    Nothing is fetched for an archived cohort.
    """
    due = Repository.objects.filter(
        kind=Repository.Kind.MIRROR,
        next_fetch_at__lte=timezone.now(),
        cohort__archived_at=None,
    )
    return list(due.exclude(syncs__state__in=ACTIVE).values_list("pk", flat=True))


def current_revision(repository: Repository) -> Revision | None:
    """The commit that the pages of a repository show."""
    return Revision.objects.filter(repository=repository, sha=repository.indexed).first()


def look_back_of(repository: int) -> LookBack | None:
    """What the look for secrets in all commits of a repository came to, if there was one."""
    return _LOOK_BACK.first(repository)


def contributors(repository: int, limit: int = 50) -> list[Contributor]:
    """Who committed most, at most ``limit`` people."""
    found = Contributor.objects.filter(repository=repository)
    return list(found.order_by("-commits", "name")[:limit])


def follows_a_whole_run(sync: int) -> bool:
    """Whether the run before this one came to its end, and this one was not cut off before."""
    runs = Sync.objects.filter(repository__syncs=sync, pk__lte=sync).order_by("-pk")
    (_, error), *before = runs.values_list("state", "error_code")[:2]
    return not error and [state for state, _ in before] == [Sync.State.DONE]


def repository_of_sync(sync: int) -> Repository:
    """The repository that a run works on."""
    found = _OF_SYNC.first(sync)
    if found is None:
        raise Repository.DoesNotExist
    return found


def all_repositories() -> QuerySet[Repository]:
    """Every repository of the hub, for work that no reader asked for."""
    return Repository.objects.select_related("cohort", "owner").order_by("pk")


def busy_repositories(repositories: Iterable[int]) -> set[int]:
    """Which of these are being fetched or read, or wait for it."""
    return {repository for (repository,) in answered(_BUSY, [list(repositories), *ACTIVE])}
