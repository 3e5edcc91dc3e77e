"""Writes to repositories: adding one, fetching it, and the runs that do so."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from nexus.cohorts.policies import refuse_archived
from nexus.kernel.audit import record
from nexus.kernel.errors import Conflict, Forbidden, NexusError
from nexus.kernel.events import publish
from nexus.kernel.prepared import Prepared
from nexus.kernel.tasks import wake
from nexus.people import services as people
from nexus.repositories.audit import ADDED, FORGOTTEN
from nexus.repositories.events import (
    HeadMoved,
    RepositoryAdded,
    RepositoryForgotten,
    SyncFinished,
)
from nexus.repositories.git.fetching import Fetched, fetch
from nexus.repositories.git.maintenance import maintain, needs_maintenance
from nexus.repositories.git.names import slug_of
from nexus.repositories.git.origins import Origin, OriginKind, parse_origin
from nexus.repositories.git.progress import ProgressListener
from nexus.repositories.git.reading import CommitInfo
from nexus.repositories.git.reading import Contributor as Committer
from nexus.repositories.git.snapshots import LeaveOut
from nexus.repositories.git.stores import create_store, head_branch, head_commit, size_of
from nexus.repositories.git.troubles import WORDS, StoreBusy
from nexus.repositories.hosting import free_slug
from nexus.repositories.limits import git_limits, store_of
from nexus.repositories.models import Contributor, LookBack, Repository, Revision, Sync
from nexus.repositories.policies import (
    can_add_local_path,
    can_add_repository,
    can_sync_repository,
    is_unread,
)
from nexus.repositories.selectors import repository_of_origin
from nexus.repositories.uploads import forget_upload
from nexus.repositories.workers import is_dead, this_worker

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person

SYNC_TASK = "library.sync"
#: A run that has not said anything for this long was left by a process that died.
SILENCE = timedelta(minutes=2)
#: How often a run is looked for and, when there is none, made: two may do so at once.
_TRIES = 5
#: The mark of a run that began and whose process died: it may have left its work half done.
CUT_OFF = "cut-off"
#: What a fetch writes down. It may take minutes, and what else is in the row is others'.
_OF_A_FETCH = (
    *("head", "branch", "state", "trouble_code", "trouble"),
    *("size_bytes", "fetched_at", "next_fetch_at"),
)
#: What to do when there was nothing to read, by the kind of the origin.
NOTHING_YET: dict[str, str] = {
    OriginKind.FOLDER: "There are no files in this folder yet. Put some there, then sync.",
    OriginKind.ARCHIVE: "There are no files in this archive that the hub takes in. "
    "Pack the folder again, and add that.",
}
_RUN = Prepared(lambda sync: Sync.objects.filter(pk=sync).select_related("repository__cohort"))


@transaction.atomic
def add_repository(
    *,
    by: Person | None,
    cohort: Cohort,
    origin: Origin,
    name: str = "",
    owner: Person | None = None,
) -> Repository:
    """Add a repository to a cohort; the same origin gives the repository that is there.

    Its owner is the person named, else the one its address names, else who adds it.
    Raises ``Forbidden`` when ``by`` may not add to the cohort, or may not name a folder
    of this machine, ``Conflict`` when the cohort is archived.
    """
    _check_may_add(by, cohort, origin)
    known = repository_of_origin(cohort, origin.location)
    if known is not None:
        return known
    repository = Repository.objects.create(
        cohort=cohort,
        owner=owner or _owner_of(origin, by),
        slug=free_slug(cohort, slug_of(name or origin.suggested_name)),
        name=name or origin.suggested_name,
        origin_kind=origin.kind,
        origin=origin.location,
    )
    publish(RepositoryAdded(repository=repository.pk), audience=cohort.audience)
    record(ADDED, by=by, scope=cohort.readers, details={"repository": repository.slug})
    return repository


def _check_may_add(by: Person | None, cohort: Cohort, origin: Origin) -> None:
    refuse_archived(cohort)
    if not can_add_repository(by, cohort):
        raise Forbidden(
            "not-member",
            "Only members of the cohort add repositories to it.",
            remedy="Sign in, or ask an owner of the cohort.",
        )
    local = origin.kind in (OriginKind.REPOSITORY, OriginKind.FOLDER)
    if local and not can_add_local_path(by, allowed=settings.ALLOW_LOCAL_PATHS_FROM_PAGES):
        raise Forbidden(
            "local-path",
            "A folder of the hub's machine cannot be added from a page.",
            remedy="Give an https or ssh address, upload an archive, or use “nexus add PATH”.",
        )


def _owner_of(origin: Origin, by: Person | None) -> Person:
    if origin.suggested_owner:
        return people.ensure_page_of(origin.suggested_owner)
    return by or people.ensure_hub_owner()


def move_origin(*, repository: Repository, origin: Origin) -> None:
    """Read a repository from another place of this machine from now on.

    For the hub itself, when what it reads was moved; what was published stays.
    """
    repository.origin_kind, repository.origin = origin.kind, origin.location
    repository.save(update_fields=["origin_kind", "origin"])


@transaction.atomic
def forget_unread(*, by: Person | None, repository: Repository) -> None:
    """Take back the adding of a repository of which nothing could ever be read.

    Its owner's page goes too when it was made for this repository alone, and so does an
    archive that was uploaded for it.

    Raises ``Forbidden`` when ``by`` may not add to the cohort, ``Conflict`` when something
    was read once (``repository-read``), is being read (``repository-busy``) or the cohort is
    archived.
    """
    refuse_archived(repository.cohort)
    if not can_add_repository(by, repository.cohort):
        raise Forbidden("not-member", "Only members of the cohort take repositories back.")
    current = Repository.objects.select_for_update().get(pk=repository.pk)
    _check_is_unread(current)
    owner, location = current.owner_id, current.origin
    current.delete()
    people.forget_empty_page(owner)
    publish(RepositoryForgotten(repository=repository.pk), audience=repository.cohort.audience)
    details = {"repository": repository.slug}
    record(FORGOTTEN, by=by, scope=repository.cohort.readers, details=details)
    transaction.on_commit(partial(_remove_files, store_of(repository.pk), location))


def _check_is_unread(repository: Repository) -> None:
    """Nothing was read, and nobody reads; whoever waits to begin finds the run gone."""
    if not is_unread(repository):
        raise Conflict(
            "repository-read",
            "What was read of this repository is published, so it stays.",
            remedy="It is shown as it was last read, whatever became of its origin.",
        )
    runs = Sync.objects.select_for_update().filter(repository=repository)
    if any(run.state == Sync.State.RUNNING for run in runs):
        raise Conflict(
            "repository-busy",
            "This repository is being read.",
            remedy="Wait until that is done, then try again.",
        )


def _remove_files(store: Path, location: str) -> None:
    shutil.rmtree(store, ignore_errors=True)
    forget_upload(location)


@transaction.atomic
def request_sync(*, by: Person | None, repository: Repository) -> Sync:
    """Ask for a run of fetching and indexing; a run that waits or works already is returned.

    Raises ``Forbidden`` when ``by`` may not ask for it, ``Conflict`` when the cohort is archived.
    """
    refuse_archived(repository.cohort)
    if not can_sync_repository(by, repository.cohort):
        raise Forbidden("not-member", "Only members of the cohort update its repositories.")
    sync, is_new = _waiting_or_new(repository, by)
    if is_new:
        wake(SYNC_TASK, sync.pk)
    return sync


def _waiting_or_new(repository: Repository, by: Person | None) -> tuple[Sync, bool]:
    """The run that waits or works, or a new one; two who ask at once are given the same."""
    active = Sync.objects.filter(state__in=(Sync.State.QUEUED, Sync.State.RUNNING))
    words = {"requested_by": by, "stage": "Waiting"}
    for _ in range(_TRIES):
        # The run that was in the way of a new one may end before it is found.
        with suppress(IntegrityError):
            return active.get_or_create(repository=repository, defaults=words)
    raise Conflict(
        "repository-busy",
        "This repository is being read again and again.",
        remedy="Wait a moment, then try again.",
    )


def claim_sync(sync: int) -> bool:
    """Take a waiting run for this process; False when another has it or it is over."""
    now = timezone.now()
    waiting = Sync.objects.filter(pk=sync, state=Sync.State.QUEUED)
    return bool(
        waiting.update(
            state=Sync.State.RUNNING,
            stage="Fetching",
            started_at=now,
            alive_at=now,
            worker=this_worker(),
        )
    )


def report_progress(*, sync: int, stage: str, done: int, total: int) -> None:
    """Write how far a run is, for the page; ``done`` and ``total`` count what ``stage`` counts."""
    Sync.objects.filter(pk=sync).update(
        stage=stage[:80], done=max(done, 0), total=max(total, 0), alive_at=timezone.now()
    )


@transaction.atomic
def finish_sync(*, sync: int, error: NexusError | None = None) -> Repository:
    """End a run; an error is kept with it in words that its owner understands.

    Returns the repository as it is now.
    """
    run = _RUN.first(sync)
    if run is None:
        raise Sync.DoesNotExist
    run.state = Sync.State.FAILED if error else Sync.State.DONE
    run.error_code, run.error = (error.code, str(error)[:1000]) if error else ("", "")
    run.finished_at = run.alive_at = timezone.now()
    run.save()
    publish(
        SyncFinished(repository=run.repository_id, sync=run.pk, error=run.error_code),
        audience=run.repository.cohort.audience,
    )
    return run.repository


def requeue_abandoned() -> int:
    """Put runs whose process died back into the queue; returns how many."""
    running = Sync.objects.filter(state=Sync.State.RUNNING)
    workers = set(running.values_list("worker", flat=True))
    if not workers:
        return 0
    dead = list(filter(is_dead, workers))
    silent = Q(alive_at__lt=timezone.now() - SILENCE)
    abandoned = running.filter(silent | Q(worker__in=dead))
    return abandoned.update(state=Sync.State.QUEUED, stage="Waiting", error_code=CUT_OFF)


def fetch_repository(
    *,
    repository: Repository,
    listener: ProgressListener,
    leave_out: LeaveOut | None = None,
) -> Fetched:
    """Bring the store up to date with its origin, and note how that went.

    ``leave_out`` names why a file of a folder or an archive is not taken in. When the
    origin cannot be read, the state fetched last stays, the trouble is noted with the
    repository, and the error is raised again.
    """
    store = store_of(repository.pk)
    try:
        create_store(store)
        fetched = _fetch(repository, listener, leave_out)
    except NexusError as error:
        _note_trouble(repository, error)
        raise
    _note_fetched(repository, fetched, size=size_of(store))
    return fetched


def keep_small(repository: Repository) -> None:
    """Pack the store anew when that is worth its while; while somebody pushes, at the next run."""
    store = store_of(repository.pk)
    if needs_maintenance(store):
        with suppress(StoreBusy):
            maintain(store, limits=git_limits())
        Repository.objects.filter(pk=repository.pk).update(size_bytes=size_of(store))


def _fetch(
    repository: Repository, listener: ProgressListener, leave_out: LeaveOut | None
) -> Fetched:
    """Ask the origin for news; a hosted repository has none, its commits are here already."""
    store = store_of(repository.pk)
    if repository.kind == Repository.Kind.HOSTED:
        head = head_commit(store)
        return Fetched(head=head, branch=head_branch(store), changed=head != repository.head)
    origin = parse_origin(repository.origin, allow_http=settings.ALLOW_PRIVATE_NETWORKS)
    return fetch(store, origin, limits=git_limits(), on_progress=listener, leave_out=leave_out)


@transaction.atomic
def _note_fetched(repository: Repository, fetched: Fetched, *, size: int) -> None:
    """Write down the new head; an event tells of it only when it moved."""
    old, now = repository.head, timezone.now()
    repository.head = fetched.head or old
    repository.branch = fetched.branch or repository.branch
    repository.state = Repository.State.READY if repository.head else Repository.State.EMPTY
    repository.trouble_code, repository.trouble = (
        word_on(fetched) if repository.head else word_on_nothing(repository.origin_kind)
    )
    repository.size_bytes, repository.fetched_at = size, now
    repository.next_fetch_at = _next_fetch(repository)
    repository.save(update_fields=_OF_A_FETCH)
    if repository.head != old:
        moved = HeadMoved(repository=repository.pk, old=old, new=repository.head)
        publish(moved, audience=repository.cohort.audience)


def word_on(fetched: Fetched) -> tuple[str, str]:
    """(code, words) for the owner when a fetch went well but not as it should; else empty."""
    if fetched.incomplete:
        return "remote-damaged", " ".join(WORDS["remote-damaged"])
    if fetched.moved_to:
        words = f"The origin has moved to {fetched.moved_to}. Add it anew from there."
        return "remote-moved", words[:1000]
    return "", ""


def word_on_nothing(origin_kind: str) -> tuple[str, str]:
    """(code, words) for the owner when there was nothing to read."""
    words = NOTHING_YET.get(origin_kind, "The repository has no commits yet. Push one, then sync.")
    return "nothing-yet", words


def _note_trouble(repository: Repository, error: NexusError) -> None:
    repository.state = Repository.State.TROUBLE
    repository.trouble_code, repository.trouble = error.code, str(error)[:1000]
    repository.next_fetch_at = _next_fetch(repository)
    repository.save(update_fields=["state", "trouble_code", "trouble", "next_fetch_at"])


def _next_fetch(repository: Repository) -> datetime | None:
    """When to ask the remote again; what lies on this machine is read only when asked."""
    if repository.origin_kind != OriginKind.REMOTE:
        return None
    return timezone.now() + timedelta(seconds=settings.FETCH_INTERVAL_SECONDS)


@transaction.atomic
def note_indexed(
    *, repository: Repository, commit: CommitInfo, format_version: int, holds_secret: bool = False
) -> Revision:
    """Write down that every page of ``repository`` shows ``commit``.

    ``holds_secret`` says that a secret is known in that commit: then only those who may see it
    may clone.
    """
    last = Revision.objects.filter(repository=repository).order_by("-number").first()
    revision, _ = Revision.objects.get_or_create(
        repository=repository,
        sha=commit.sha,
        defaults={
            "number": (last.number if last else 0) + 1,
            "author_name": commit.author_name[:200],
            "subject": commit.subject[:300],
            "committed_at": commit.committed_at,
        },
    )
    Repository.objects.filter(pk=repository.pk).update(
        indexed=commit.sha,
        indexed_at=timezone.now(),
        format_version=format_version,
        holds_secret=holds_secret,
    )
    repository.indexed, repository.format_version = commit.sha, format_version
    repository.holds_secret = holds_secret
    return revision


def note_look_back(
    *,
    repository: Repository,
    tips: Collection[str],
    found: Sequence[Mapping[str, Any]],
    format_version: int,
) -> None:
    """Write down that all below ``tips`` was looked through, and where secrets were found."""
    row = LookBack(
        repository=repository,
        tips=sorted(tips),
        found=list(found),
        format_version=format_version,
    )
    LookBack.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["repository"],
        update_fields=["tips", "found", "format_version"],
    )


def note_secret_seen(*, repository: Repository, tips: Collection[str]) -> None:
    """Write down that a secret was seen in what was just pushed, unless a run has judged that.

    So that whoever is asked to take it out by force may do so at once.
    """
    unread = Repository.objects.filter(pk=repository.pk).exclude(indexed__in=tips)
    unread.update(holds_secret=True)


def note_secret(*, repository: Repository, is_held: bool) -> None:
    """Write down whether a clone would bring a secret: then only who may see it gets one."""
    Repository.objects.filter(pk=repository.pk).update(holds_secret=is_held)
    repository.holds_secret = is_held


@transaction.atomic
def note_contributors(*, repository: Repository, committers: list[Committer]) -> None:
    """Replace what is known of who committed."""
    Contributor.objects.filter(repository=repository).delete()
    Contributor.objects.bulk_create(
        Contributor(
            repository=repository,
            name=committer.name[:200] or "unknown",
            email_digest=_digest(committer.email),
            commits=committer.commits,
            first_at=committer.first,
            last_at=committer.last,
        )
        for committer in _one_an_address(committers)
    )


@transaction.atomic
def note_commit(*, repository: Repository, commit: CommitInfo, most: int) -> bool:
    """Count one commit more for who made it.

    False, and nothing is written, when that is nobody known and ``most`` people are known already.
    """
    digest = _digest(commit.author_email)
    known = Contributor.objects.filter(repository=repository)
    at = commit.authored_at
    row = known.filter(email_digest=digest).first()
    if row is None:
        if known.count() >= most:
            return False
        row = Contributor(
            repository=repository, email_digest=digest, commits=0, first_at=at, last_at=at
        )
    row.name = commit.author_name[:200] or "unknown"
    row.commits += 1
    row.first_at, row.last_at = min(row.first_at, at), max(row.last_at, at)
    row.save()
    return True


def _digest(email: str) -> str:
    return hashlib.sha256(email.lower().encode()).hexdigest()


def _one_an_address(committers: list[Committer]) -> list[Committer]:
    """The first of those who share an address, whatever its case."""
    return list({committer.email.lower(): committer for committer in reversed(committers)}.values())
