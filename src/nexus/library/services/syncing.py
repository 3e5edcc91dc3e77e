"""Keep a repository in step with its origin: fetch, index, and tell how it goes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog
from django.db import transaction

from nexus.kernel.errors import NexusError, Unavailable
from nexus.kernel.tasks import wake
from nexus.library.preparing import FORMAT_VERSION
from nexus.library.secret_files import is_secret
from nexus.library.selectors import SURVEY_TASK, left_out
from nexus.library.services import publishing
from nexus.library.services.indexing import Report, index_revision
from nexus.library.services.past_secrets import look_at_branches
from nexus.repositories import services as repositories
from nexus.repositories.git.origins import Origin, OriginKind
from nexus.repositories.git.outcomes import LEFT_OUT_REASONS, LeftOut
from nexus.repositories.git.progress import Progress
from nexus.repositories.git.reading import Reader
from nexus.repositories.limits import store_of
from nexus.repositories.pushing import ask_for_what_came_meanwhile
from nexus.repositories.selectors import (
    active_sync,
    failure_of_sync,
    follows_a_whole_run,
    repository_of_sync,
)

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person
    from nexus.repositories.models import Repository, Sync

log = structlog.get_logger(__name__)
_REPORT_EVERY_SECONDS = 0.25
#: Why a file of a folder or an archive does not enter the hub.
NOT_TAKEN = frozenset({*LEFT_OUT_REASONS, "secret"})


class Reporter:
    """Writes progress where the page can see it, a few times a second at most.

    A run that is over sooner than anybody can look writes none.
    """

    def __init__(self, sync: int, watch: Report | None = None) -> None:
        self._sync = sync
        self._watch = watch
        self._began = time.monotonic()
        self._said = ("", 0.0)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` are through in this stage."""
        if self._watch is not None:
            self._watch(stage, done, total)
        now = time.monotonic()
        if now - self._began < _REPORT_EVERY_SECONDS:
            return
        stage_before, at = self._said
        if stage != stage_before or done >= total or now - at > _REPORT_EVERY_SECONDS:
            self._said = (stage, now)
            repositories.report_progress(sync=self._sync, stage=stage, done=done, total=total)

    def of_git(self, progress: Progress) -> None:
        """The same, for what Git says of itself."""
        self(progress.stage.capitalize(), progress.done, progress.total or 0)


def run_sync(sync: int, *, watch: Report | None = None) -> NexusError | None:
    """Do one run: fetch the repository and index what is new.

    ``watch`` is told of the progress as well as the page. Troubles end the run with their
    words and leave the last state readable; the error is returned, None when it went
    well. A run that another process took is left to it.
    """
    return _carry_out(sync, watch) if repositories.claim_sync(sync) else None


def _carry_out(sync: int, watch: Report | None) -> NexusError | None:
    """Do a run that this process has claimed, and end it; what went wrong, if anything."""
    error: NexusError | None = None
    try:
        synchronise(
            repository_of_sync(sync), Reporter(sync, watch), is_settled=follows_a_whole_run(sync)
        )
    except NexusError as trouble:
        error = trouble
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic in a library written in Rust is no Exception
        log.exception("A run failed in a way nobody expected.", sync=sync)
        error = _unexpected()
    repository = repositories.finish_sync(sync=sync, error=error)
    if error is None:
        wake(SURVEY_TASK, repository.cohort_id)
        ask_for_what_came_meanwhile(repository)
    return error


def sync_now(*, by: Person | None, repository: Repository, report: Report) -> None:
    """Ask for a run and see it through, whichever process takes it; raises what went wrong.

    A run that was under way already may have fetched too early: it is waited for, and another one
    asked for. What a process that died was at is gone on with.
    """
    repositories.requeue_abandoned()
    run, is_ours = _asked_for(by, repository)
    if run.is_running:
        _see_through(run.pk, report)
        run, is_ours = _asked_for(by, repository)
    error = _carry_out(run.pk, report) if is_ours else _see_through(run.pk, report)
    if error is not None:
        raise error


@transaction.atomic
def _asked_for(by: Person | None, repository: Repository) -> tuple[Sync, bool]:
    """A run as it is when it is asked for, and whether this process has taken it with that."""
    run = repositories.request_sync(by=by, repository=repository)
    return run, repositories.claim_sync(run.pk)


def _see_through(sync: int, report: Report) -> NexusError | None:
    """Do a run, or wait until another process has done it; what went wrong."""
    while not repositories.claim_sync(sync):
        run = active_sync(sync)
        if run is None:
            return failure_of_sync(sync)
        report(run.stage, run.done, run.total)
        time.sleep(_REPORT_EVERY_SECONDS)
        repositories.requeue_abandoned()
    return _carry_out(sync, report)


def _unexpected() -> NexusError:
    return Unavailable(
        "sync-failed",
        "Something went wrong in the hub itself.",
        remedy="The log tells what. What was published before is still here; try again later.",
    )


def synchronise(repository: Repository, report: Reporter, *, is_settled: bool = False) -> None:
    """Fetch, and index when something is new or the indexer itself is newer.

    An unchanged repository costs one comparison with its origin. If not ``is_settled``, the run
    before may have left pages of two commits, so all are compared.
    """
    report("Fetching", 0, 0)
    fetched = repositories.fetch_repository(
        repository=repository, listener=report.of_git, leave_out=reason_to_leave
    )
    not_taken = fetched.left_out
    if not repository.head:
        publishing.write_left_out(repository, {(x.path, x.reason): x.files for x in not_taken})
        return
    listed = is_listed(repository, not_taken)
    if not (is_settled and listed and is_shown(repository)):
        with Reader(store_of(repository.pk)) as reader:
            index_revision(
                repository=repository,
                reader=reader,
                sha=repository.head,
                report=report,
                not_taken=not_taken,
                is_settled=is_settled and listed,
            )
    else:
        look_at_branches(repository)
    if fetched.changed:
        repositories.keep_small(repository)


def reason_to_leave(path: str) -> str | None:
    """Why a file of a plain folder or archive never enters the hub: it may hold a secret.

    A clone gives back all that the hub holds, so what nobody committed on purpose and
    looks like a secret must not get in.
    """
    return "secret" if is_secret(path) else None


def is_listed(repository: Repository, not_taken: Iterable[LeftOut]) -> bool:
    """Whether its owner is told of everything that a folder or an archive did not give.

    It may have changed without a new commit: a secret was laid into the folder, or taken out.
    """
    if repository.origin_kind not in (OriginKind.FOLDER, OriginKind.ARCHIVE):
        return True
    rows = left_out(repository.pk)
    known = {(row.path, row.reason) for row in rows if row.reason in NOT_TAKEN}
    return known == {(publishing.storable(left.path)[:1000], left.reason) for left in not_taken}


def is_shown(repository: Repository) -> bool:
    """Whether the pages show the newest commit, made by the present indexer."""
    return repository.indexed == repository.head and repository.format_version == FORMAT_VERSION


def add_and_request(
    *,
    by: Person | None,
    cohort: Cohort,
    origin: Origin,
    name: str = "",
    owner: Person | None = None,
) -> Sync:
    """Add a repository and ask for its first run; the run tells how it goes."""
    repository = repositories.add_repository(
        by=by, cohort=cohort, origin=origin, name=name, owner=owner
    )
    return repositories.request_sync(by=by, repository=repository)


@transaction.atomic
def replace_unread(
    *, by: Person | None, repository: Repository, cohort: Cohort, origin: Origin, name: str = ""
) -> Sync:
    """Read from another address what could never be read: take it back, and add that one.

    Raises what ``forget_unread`` and ``add_repository`` raise; then nothing is changed.
    """
    repositories.forget_unread(by=by, repository=repository)
    return add_and_request(by=by, cohort=cohort, origin=origin, name=name)
