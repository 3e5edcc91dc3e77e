"""Index a revision: compare, read what changed, write it.

Fetching, pushing and publishing all end here. The work is cut into batches, each its own
short transaction, so that the first pages can be read early, and a process that dies
half-way leaves nothing broken: the next run compares again and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings

from nexus.library import triage as triaging
from nexus.library.checking.secrecy import holding_secrets
from nexus.library.discretion.readings import discreet_commit, discreet_contributor
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.histories import Past, follow
from nexus.library.preparing import FORMAT_VERSION, Prepared
from nexus.library.preparing_files import Work
from nexus.library.preparing_many import prepare_files
from nexus.library.selectors import binary_paths, indexed_paths
from nexus.library.services import checks, projects, publishing
from nexus.repositories import services as repositories
from nexus.repositories.git.changes import Status
from nexus.repositories.git.outcomes import LeftOut
from nexus.repositories.git.reading import CommitInfo, Contributor, Reader, TreeFile
from nexus.repositories.limits import store_of

if TYPE_CHECKING:
    from nexus.repositories.models import Repository

BATCH = 64
HISTORY_COMMITS = 5_000
CONTRIBUTORS = 200

Report = Callable[[str, int, int], None]


@dataclass(slots=True)
class Plan:
    """What has to be done to show a commit: what to read, to move and to withdraw.

    ``is_other`` says that the commit has other files than the one before; ``own`` are the
    addresses of the repository itself. ``files`` are all that the commit has, none when they are
    too many to be listed; ``secrets`` are the paths of those that hold one by their name.
    """

    files: list[TreeFile]
    secrets: list[str]
    changed: checks.Changed
    triage: triaging.Triage
    readme: TreeFile | None
    touched: list[TreeFile]
    renames: list[tuple[str, str]]
    gone: list[str]
    pasts: dict[str, list[Past]]
    is_other: bool
    own: OwnAddresses


def index_revision(
    *,
    repository: Repository,
    reader: Reader,
    sha: str,
    report: Report = lambda *_: None,
    not_taken: Iterable[LeftOut] = (),
) -> triaging.Triage:
    """Make every page of ``repository`` show the commit ``sha``.

    ``report`` is told (stage, done, total) as the work goes on; ``not_taken`` are files that
    did not even enter the store. Returns what was read and what was left out. Safe to run
    twice, and after a run that was cut off.
    """
    commit = discreet_commit(reader.commit(sha))
    report("Comparing", 0, 0)
    plan = make_plan(repository, reader, commit)
    before = checks.anchors_before(repository, plan.changed)
    for left in not_taken:
        plan.triage.left_out[left.path, left.reason] = left.files
    publishing.move_entries(repository, plan.renames)
    committers = _committers(reader, commit)
    _publish_project(repository, reader, commit, plan, committers)
    _publish_rest(repository, reader, commit, plan, report)
    publishing.withdraw(repository, plan.gone)
    checks.check_revision(
        repository, files=plan.files, secrets=plan.secrets, changed=plan.changed, before=before
    )
    _finish(repository, commit, plan, committers)
    return plan.triage


def make_plan(repository: Repository, reader: Reader, commit: CommitInfo) -> Plan:
    """Compare the commit with what was indexed last."""
    last = repository.indexed if repository.format_version == FORMAT_VERSION else ""
    files = list(reader.files(commit.sha))
    triage = triaging.triage(files)
    changes = reader.changes(last, commit.sha) if last else []
    changed = {change.path for change in changes}
    known = indexed_paths(repository.pk)
    binary = binary_paths(repository.pk)
    readme = projects.find_readme(triage.read)
    wanted = {file.path for file in triage.read if file is not readme} | {""}
    touched = [
        file
        for file in triage.read
        if not last
        or file.path in changed
        or (file is not readme and file.path not in known | binary)
    ]
    _keep_binary(triage, binary, touched)
    return Plan(
        files=[] if reader.truncated else files,
        secrets=_secrets(reader, files, triage),
        changed=checks.Changed(
            paths=[file.path for file in touched],
            is_all=not last or any(c.status in (Status.DELETED, Status.RENAMED) for c in changes),
        ),
        triage=triage,
        readme=readme,
        touched=touched,
        renames=[(c.old_path, c.path) for c in changes if c.status == "renamed" and c.old_path],
        gone=sorted(known - wanted),
        pasts=_pasts(reader, commit, since=last, touched=touched),
        is_other=not last or any(change.status != "modified" for change in changes),
        own=OwnAddresses.of(repository.origin),
    )


def _secrets(reader: Reader, files: Iterable[TreeFile], triage: triaging.Triage) -> list[str]:
    """The paths of the files that hold secrets by their names and, at a closer look, may do so."""
    named = {path for path, reason in triage.left_out if reason == "secret"}
    blobs = {file.path: file.oid for file in files if file.path in named}

    def read(path: str, limit: int) -> bytes | None:
        return reader.read(blobs[path], limit=limit)

    return list(holding_secrets(blobs, read))


def _keep_binary(triage: triaging.Triage, binary: set[str], touched: Sequence[TreeFile]) -> None:
    """What was found not to be text stays left out while nobody changes it."""
    anew = {file.path for file in touched}
    for file in triage.read:
        if file.path in binary and file.path not in anew:
            triage.leave(file.path, "binary")


def _pasts(
    reader: Reader, commit: CommitInfo, *, since: str, touched: Sequence[TreeFile]
) -> dict[str, list[Past]]:
    """The past of each touched file; one that the bounded walk misses dates from ``commit``."""
    start = since if since and reader.is_ancestor(since, commit.sha) else None
    pasts = follow(reader.history(commit.sha, limit_commits=HISTORY_COMMITS, since=start))
    return {
        file.path: pasts.get(file.path) or [Past(commit, file.path, file.oid)] for file in touched
    }


def _publish_project(
    repository: Repository,
    reader: Reader,
    commit: CommitInfo,
    plan: Plan,
    committers: list[Contributor],
) -> None:
    """The project comes first: it is what people look for while the rest is read."""
    if projects.needs_publishing(
        repository, readme=plan.readme, touched=plan.touched, other=plan.is_other
    ):
        projects.publish_project(
            repository=repository,
            reader=reader,
            commit=commit,
            readme=plan.readme,
            past=plan.pasts.get(plan.readme.path, []) if plan.readme else [],
            files=plan.triage.read,
            contributors=[one.name for one in committers],
        )


def _publish_rest(
    repository: Repository, reader: Reader, commit: CommitInfo, plan: Plan, report: Report
) -> None:
    """Prepare and write everything but the project's README, in batches."""
    files = [file for file in plan.touched if file is not plan.readme]
    work = Work(
        store=store_of(repository.pk),
        commit=commit.sha,
        cohort=repository.cohort.slug,
        repository=repository.slug,
        own=plan.own,
    )
    workers = settings.PREPARING_WORKERS
    with closing(prepare_files(files, work, reader, workers=workers)) as prepared:
        for done in range(0, len(files), BATCH):
            batch = [_noted(plan, *one) for one in islice(prepared, BATCH)]
            publishing.publish_files(repository, [f for f in batch if f is not None], plan.pasts)
            report("Reading files", min(done + BATCH, len(files)), len(plan.touched))


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


def _finish(
    repository: Repository, commit: CommitInfo, plan: Plan, committers: list[Contributor]
) -> None:
    """What concerns the repository as a whole, and the mark that all is done."""
    repositories.note_contributors(repository=repository, committers=committers)
    publishing.write_left_out(repository, dict(plan.triage.left_out))
    publishing.finish_revision(repository, commit, format_version=FORMAT_VERSION)
