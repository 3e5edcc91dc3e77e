"""Index a revision: compare, read what changed, write it.

Fetching, pushing and publishing all end here. A commit that changes a few files is shown by one
transaction. The work of a larger one is cut into batches, each its own short transaction, so
that the first pages can be read early, and a process that dies half-way leaves nothing broken:
the next run compares again and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from nexus.library.discretion.readings import discreet_commit, discreet_contributor
from nexus.library.preparing import FORMAT_VERSION, Prepared
from nexus.library.preparing_files import Work
from nexus.library.preparing_many import prepare_files
from nexus.library.services import checks, projects, publishing
from nexus.library.services.past_secrets import look_back
from nexus.library.services.planning import Plan, plan_of_all, plan_of_contents
from nexus.library.services.withdrawn import renew_withdrawn
from nexus.repositories import services as repositories
from nexus.repositories.git.outcomes import LeftOut
from nexus.repositories.git.reading import CommitInfo, Contributor, Reader, TreeFile
from nexus.repositories.limits import store_of
from nexus.repositories.selectors import contributors

if TYPE_CHECKING:
    from nexus.repositories.models import Repository

BATCH = 64
CONTRIBUTORS = 200

Report = Callable[[str, int, int], None]


def index_revision(
    *,
    repository: Repository,
    reader: Reader,
    sha: str,
    report: Report = lambda *_: None,
    not_taken: Iterable[LeftOut] = (),
    is_settled: bool = False,
) -> None:
    """Make every page of ``repository`` show the commit ``sha``.

    ``report`` is told (stage, done, total) as the work goes on; ``not_taken`` are files that
    did not even enter the store. ``is_settled`` says that the last run came to its end, and that
    the owner is told of all that was not taken: then a small change is a small work. Safe to run
    twice, and after a run that was cut off.
    """
    commit = discreet_commit(reader.commit(sha))
    report("Comparing", 0, 0)
    plan = plan_of_contents(repository, reader, commit) if is_settled else None
    if plan is not None:
        _show_contents(repository, reader, commit, plan)
        return
    plan = plan_of_all(repository, reader, commit)
    for left in not_taken:
        plan.triage.left_out[left.path, left.reason] = left.files
    _show_all(repository, reader, commit, plan, report)


def _show_contents(repository: Repository, reader: Reader, commit: CommitInfo, plan: Plan) -> None:
    """Show a commit that changed the contents of a few files: all of it at once, or nothing."""
    batch = [_noted(plan, *one) for one in _prepared(repository, reader, commit, plan)]
    with transaction.atomic():
        before = checks.parts_before(repository, plan.changed)
        _note_committers(repository, reader, commit)
        names = partial(_names, repository)
        has_project = _publish_project(repository, reader, commit, plan, names)
        publishing.publish_files(repository, [f for f in batch if f is not None], plan.pasts)
        checks.check_contents(
            repository, paths=plan.paths, changed=plan.changed, before=before, project=has_project
        )
        publishing.add_left_out(repository, dict(plan.triage.left_out))
        look_back(repository, reader, commit)
        publishing.finish_revision(repository, commit, format_version=FORMAT_VERSION)


def _show_all(
    repository: Repository, reader: Reader, commit: CommitInfo, plan: Plan, report: Report
) -> None:
    before = checks.parts_before(repository, plan.changed)
    publishing.move_entries(repository, plan.renames)
    committers = _committers(reader, commit)
    _publish_project(repository, reader, commit, plan, lambda: [one.name for one in committers])
    _publish_rest(repository, reader, commit, plan, report)
    publishing.withdraw(repository, plan.gone)
    publishing.forget_problems(repository, read=[file.path for file in plan.triage.read])
    checks.check_revision(
        repository, paths=plan.paths, secrets=plan.secrets, changed=plan.changed, before=before
    )
    repositories.note_contributors(repository=repository, committers=committers)
    publishing.write_left_out(repository, dict(plan.triage.left_out))
    if repository.format_version != FORMAT_VERSION:
        renew_withdrawn(repository, reader)
    look_back(repository, reader, commit)
    publishing.finish_revision(repository, commit, format_version=FORMAT_VERSION)


def _publish_project(
    repository: Repository,
    reader: Reader,
    commit: CommitInfo,
    plan: Plan,
    contributors: Callable[[], list[str]],
) -> bool:
    """The project comes first: it is what people look for while the rest is read.

    Returns whether anything that its page shows may have changed, so that it was written.
    """
    is_needed = projects.needs_publishing(
        readme=plan.readme, touched=plan.touched, other=plan.is_other
    )
    if is_needed:
        projects.publish_project(
            repository=repository,
            reader=reader,
            commit=commit,
            readme=plan.readme,
            past=plan.pasts.get(plan.readme.path, []) if plan.readme else [],
            files=plan.files(),
            contributors=contributors(),
        )
    return is_needed


def _publish_rest(
    repository: Repository, reader: Reader, commit: CommitInfo, plan: Plan, report: Report
) -> None:
    """Prepare and write everything but the project's README, in batches."""
    total = len(plan.touched)
    with closing(_prepared(repository, reader, commit, plan)) as prepared:
        done = 0
        while batch := [_noted(plan, *one) for one in islice(prepared, BATCH)]:
            publishing.publish_files(repository, [f for f in batch if f is not None], plan.pasts)
            done += len(batch)
            report("Reading files", done, total)


def _prepared(
    repository: Repository, reader: Reader, commit: CommitInfo, plan: Plan
) -> Generator[tuple[TreeFile, Prepared | None]]:
    """All that is read anew but the project's README, prepared."""
    work = Work(
        store=store_of(repository.pk),
        commit=commit.sha,
        cohort=repository.cohort.slug,
        repository=repository.slug,
        own=plan.own,
    )
    files = [file for file in plan.touched if file is not plan.readme]
    return prepare_files(files, work, reader, workers=settings.PREPARING_WORKERS)


def _noted(plan: Plan, file: TreeFile, prepared: Prepared | None) -> Prepared | None:
    """Note why a file is left out after all, if it is."""
    if prepared is None:
        plan.triage.leave(file.path, "missing")
    elif prepared.is_binary:
        plan.triage.leave(file.path, "binary")
    return prepared


def _committers(reader: Reader, commit: CommitInfo) -> list[Contributor]:
    found = reader.contributors(commit.sha, limit=CONTRIBUTORS)
    return [discreet_contributor(one) for one in found]


def _note_committers(repository: Repository, reader: Reader, commit: CommitInfo) -> None:
    """Note who made the commit.

    One commit more is counted; where other names may be meant, or commits came by a merge, all
    are counted again.
    """
    is_next = commit.parents == (repository.indexed,)
    is_one_more = is_next and reader.entry_at(commit.sha, ".mailmap") is None
    if not (
        is_one_more
        and repositories.note_commit(repository=repository, commit=commit, most=CONTRIBUTORS)
    ):
        committers = _committers(reader, commit)
        repositories.note_contributors(repository=repository, committers=committers)


def _names(repository: Repository) -> list[str]:
    """The names of all who made a commit, the busiest first."""
    return [row.name for row in contributors(repository.pk, CONTRIBUTORS)]
