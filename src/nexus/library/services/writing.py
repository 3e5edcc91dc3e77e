"""What is written on a page: committed to the writer's hosted repository, and shown at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from nexus.kernel.errors import Conflict, Invalid, NexusError
from nexus.kernel.room import refuse_full_disk
from nexus.library.composing import File, NewEntry, compose
from nexus.library.extraction.secrets import find_secrets
from nexus.library.services.syncing import run_sync
from nexus.repositories import services as repositories
from nexus.repositories.git.reading import Reader
from nexus.repositories.hosting import commit_files, ensure_hosted
from nexus.repositories.limits import store_of

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person
    from nexus.repositories.git.committing import Author
    from nexus.repositories.models import Repository

_PATIENCE_SECONDS = 15.0
_MOST_OF_A_NAME = 200


def write_entry(*, by: Person, cohort: Cohort, entry: NewEntry) -> tuple[Repository, str]:
    """Publish what ``by`` wrote, as a commit to their repository that lives here.

    Returns the repository and the path of the new file. Raises ``Invalid`` when something is
    missing or holds a secret, ``Forbidden`` when ``by`` may not write in the cohort.
    """
    file = compose(entry)
    refuse_secrets([file.text.encode()])
    repository = ensure_hosted(by=by, cohort=cohort)
    path = _free_path(repository, file)
    publish_files(
        by=by,
        repository=repository,
        files={path: file.text.encode()},
        message=f"Add “{' '.join(entry.title.split())}”",
        expected={path: ""},
    )
    return repository, path


def publish_files(
    *,
    by: Person,
    repository: Repository,
    files: Mapping[str, bytes | None],
    message: str,
    expected: Mapping[str, str],
    author: Author | None = None,
    moving: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> str:
    """Commit files (None removes one) and show them; returns the commit's id.

    The run is asked for before the commit is made: if this process dies in between, whoever
    takes the run finds the commit. ``author`` and ``moving`` are those of ``commit_files``.
    Raises what that raises, ``Invalid`` when a secret was written, and ``NoRoom`` when the disk is
    full; then nothing is changed.
    """
    refuse_secrets([*files.values(), message.encode()])
    refuse_full_disk(store_of(repository.pk), sum(len(data or b"") for data in files.values()))
    run = repositories.request_sync(by=by, repository=repository)
    try:
        sha = commit_files(
            by=by,
            repository=repository,
            files=files,
            message=message,
            expected=expected,
            author=author,
            moving=moving,
        )
    finally:
        error = run_sync(run.pk)
    _wait_until_shown(by, repository, sha, error)
    return sha


def refuse_secrets(written: Iterable[bytes | None]) -> None:
    """Raise ``Invalid`` for a secret: what is committed stays in the history."""
    for data in written:
        for secret in find_secrets((data or b"").decode("utf-8", "replace"))[:1]:
            raise Invalid(
                "secret-written",
                f"What you wrote seems to hold a secret: {secret.what}.",
                remedy="Take it out. If it is none, write nexus:allow at the end of its line.",
            )


def _wait_until_shown(
    by: Person, repository: Repository, sha: str, error: NexusError | None
) -> None:
    """A run that another worker had begun may have read the commit before this one."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    repository.refresh_from_db()
    while error is None and not _shows(repository, sha) and time.monotonic() < deadline:
        run = repositories.request_sync(by=by, repository=repository)
        error = run_sync(run.pk)
        repository.refresh_from_db()
        if not _shows(repository, sha):
            time.sleep(0.05)
    if error is not None:
        raise error


def _shows(repository: Repository, sha: str) -> bool:
    """Whether the pages show this commit or a later one."""
    if repository.indexed in ("", sha):
        return repository.indexed == sha
    with Reader(store_of(repository.pk)) as reader:
        return reader.is_ancestor(sha, repository.indexed)


def _free_path(repository: Repository, file: File) -> str:
    """The first name that no file has: ``caching.md``, ``caching-2.md``, …"""
    with Reader(store_of(repository.pk)) as reader:
        for number in range(1, _MOST_OF_A_NAME):
            suffix = f"-{number}" if number > 1 else ""
            path = f"{file.stem}{suffix}{file.suffix}"
            if not repository.head or reader.entry_at(repository.head, path) is None:
                return path
    raise Conflict(
        "name-taken",
        "There are too many entries of this title.",
        remedy="Give it a title that tells it apart.",
    )
