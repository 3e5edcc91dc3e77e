"""The writes of indexing: each one a short transaction with the event that tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from nexus.kernel.events import publish
from nexus.kernel.locks import lock_until_commit
from nexus.library.checking.advice import CHECK_CODES, LINK_CODES, SECRET_CODES
from nexus.library.events import EntriesChanged, RevisionIndexed
from nexus.library.histories import Past
from nexus.library.models import Entry, FileProblem, LeftOut, SourceFile
from nexus.library.preparing import Prepared
from nexus.library.problems import Problem
from nexus.library.services import resources
from nexus.library.services.entries import (
    Wanted,
    Written,
    carry_along,
    gather_copies,
    wanted_of,
    withdraw_paths,
    write_entries,
)
from nexus.library.services.rows import insert_rows
from nexus.repositories import services as repositories
from nexus.repositories.git.reading import CommitInfo

if TYPE_CHECKING:
    from nexus.repositories.models import Repository

_EVENT_KEYS = 500
#: What a cohort gathers out of several repositories, copies and recommendations, is written by one
#: at a time: two that did not see each other would count one too few.
_GATHERING = 0x6761


@transaction.atomic
def move_entries(repository: Repository, renames: Iterable[tuple[str, str]]) -> None:
    """Carry entries along with their renamed files; their former addresses lead on."""
    announce(repository, entries=carry_along(repository, renames))


@transaction.atomic
def publish_files(
    repository: Repository, batch: Sequence[Prepared], pasts: dict[str, list[Past]]
) -> None:
    """Write what a batch of files became: entries with their versions, or source files."""
    publish_entries(
        repository,
        [
            wanted
            for file in batch
            if file.reading is not None
            for wanted in wanted_of(file.path, file.reading, pasts[file.path], file.parts)
        ],
    )
    withdraw_entries(repository, [file.path for file in batch if file.reading is None])
    plain = [file for file in batch if file.reading is None and not file.is_binary]
    files = _publish_source_files(repository, plain)
    dropped = _drop_source_files(repository, [f.path for f in batch if f.reading or f.is_binary])
    write_problems(repository, [f.path for f in batch], (p for f in batch for p in f.problems))
    announce(repository, files=[*files, *dropped])


def publish_entries(repository: Repository, wanted: Sequence[Wanted]) -> Sequence[Entry]:
    """Make these entries stand, with what belongs to them, and tell of it."""
    if not wanted:
        return []
    lock_until_commit(_GATHERING, repository.cohort_id)
    written = write_entries(repository, wanted)
    found = {
        entry.pk: one.reading.resources for entry, one in zip(written.entries, wanted, strict=True)
    }
    _tell(repository, written, found)
    return written.entries


def withdraw_entries(repository: Repository, paths: Sequence[str]) -> None:
    """Take the entries of these files out of the lists, and tell of it."""
    if not paths:
        return
    lock_until_commit(_GATHERING, repository.cohort_id)
    _tell(repository, withdraw_paths(repository, paths), {})


def _tell(repository: Repository, written: Written, found: resources.Found) -> None:
    gone: resources.Found = {entry.pk: () for entry in written.gone}
    resources.write_recommendations(repository, {**found, **gone})
    copies = gather_copies(repository.cohort_id, written.digests)
    announce(repository, entries=list(dict.fromkeys([*written.keys, *copies])))


def _publish_source_files(repository: Repository, files: Sequence[Prepared]) -> list[int]:
    """Write the files that are no entries, in one statement; returns their keys."""
    if not files:
        return []
    SourceFile.objects.bulk_create(
        (
            SourceFile(
                repository=repository,
                path=file.path,
                blob=file.blob,
                size_bytes=file.size,
                code_language=file.code_language[:60],
            )
            for file in files
        ),
        update_conflicts=True,
        unique_fields=["repository", "path"],
        update_fields=["blob", "size_bytes", "code_language"],
    )
    paths = [file.path for file in files]
    written = SourceFile.objects.filter(repository=repository, path__in=paths)
    return list(written.values_list("pk", flat=True))


@transaction.atomic
def withdraw(repository: Repository, paths: Sequence[str]) -> None:
    """Take entries and files that are gone out of the lists; what they said stays readable."""
    withdraw_entries(repository, paths)
    announce(repository, files=_drop_source_files(repository, paths))


def _drop_source_files(repository: Repository, paths: Sequence[str]) -> list[int]:
    if not paths:
        return []
    gone = SourceFile.objects.filter(repository=repository, path__in=paths)
    keys = list(gone.values_list("pk", flat=True))
    if keys:
        gone.delete()
    return keys


def write_problems(
    repository: Repository, paths: Sequence[str], problems: Iterable[Problem]
) -> None:
    """Replace what the reading of these files showed to be wrong with each of them."""
    known = FileProblem.objects.filter(repository=repository, path__in=paths)
    known.exclude(code__in=CHECK_CODES).delete()
    _add_problems(repository, problems)


@transaction.atomic
def forget_problems(repository: Repository, *, read: Iterable[str]) -> None:
    """Forget what was wrong with files that are not ``read`` any more.

    The README has no entry of its own, so what was withdrawn does not tell. What belongs to the
    repository as a whole is left to the look at it.
    """
    there = {storable(path)[:1000] for path in read}
    told = FileProblem.objects.filter(repository=repository)
    rows = told.exclude(code__in=CHECK_CODES - LINK_CODES).values_list("pk", "path")
    _delete(FileProblem, [key for key, path in rows if path not in there])


@transaction.atomic
def write_checks(
    repository: Repository,
    problems: Iterable[Problem],
    *,
    codes: Collection[str],
    paths: Collection[str] | None = None,
) -> None:
    """Make what a look at the whole repository showed to be wrong what the owner is told.

    ``codes`` are the problems that were looked for, ``paths`` the files; None for all of them.
    What was known before is not written again.
    """
    known = FileProblem.objects.filter(repository=repository)
    # One of the two is enough for the database: of some files there are few, whatever their code.
    known = known.filter(code__in=codes) if paths is None else known.filter(path__in=list(paths))
    wanted = Counter(map(_told, problems))
    gone = []
    for key, path, line, code, message in known.values_list(
        "pk", "path", "line", "code", "message"
    ):
        told = path, line, code, message
        if wanted[told] > 0:
            wanted[told] -= 1
        elif code in codes:
            gone.append(key)
    _delete(FileProblem, gone)
    _add_told(repository, wanted.elements())


def _add_problems(repository: Repository, problems: Iterable[Problem]) -> None:
    _add_told(repository, map(_told, problems))


#: A problem as it is kept: path, line, code, message.
_Told = tuple[str, int, str, str]


def _told(problem: Problem) -> _Told:
    path, message = storable(problem.path)[:1000], storable(problem.message)[:500]
    return path, max(problem.line, 0), problem.code, message


def _add_told(repository: Repository, told: Iterable[_Told]) -> None:
    names = "repository", "path", "line", "code", "message"
    insert_rows(FileProblem, names, ((repository.pk, *one) for one in told))


def _delete(model: type[FileProblem] | type[LeftOut], keys: Sequence[int]) -> None:
    """Delete these rows, in statements of bounded size."""
    for start in range(0, len(keys), 500):
        model.objects.filter(pk__in=keys[start : start + 500]).delete()


@transaction.atomic
def write_left_out(repository: Repository, left_out: Mapping[tuple[str, str], int]) -> None:
    """Make the list of what is not read, and why, what it is now."""
    wanted = {(storable(path)[:1000], reason): files for (path, reason), files in left_out.items()}
    rows = LeftOut.objects.filter(repository=repository)
    gone = []
    for key, path, reason, files in rows.values_list("pk", "path", "reason", "files"):
        if wanted.get((path, reason)) == files:
            del wanted[path, reason]
        else:
            gone.append(key)
    _delete(LeftOut, gone)
    add_left_out(repository, wanted)


def add_left_out(repository: Repository, left_out: Mapping[tuple[str, str], int]) -> None:
    """Add to the list of what is not read."""
    LeftOut.objects.bulk_create(
        (
            LeftOut(repository=repository, path=storable(path)[:1000], reason=reason, files=files)
            for (path, reason), files in left_out.items()
        ),
        batch_size=500,
    )


def storable(path: str) -> str:
    """A path as a database takes it: bytes that are no text are written out."""
    return path.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")


def announce(
    repository: Repository, *, entries: Sequence[int] = (), files: Sequence[int] = ()
) -> None:
    """Tell whoever follows the log, in events of bounded size."""
    keys = [("entry", key) for key in entries] + [("file", key) for key in files]
    for start in range(0, len(keys), _EVENT_KEYS):
        part = keys[start : start + _EVENT_KEYS]
        publish(
            EntriesChanged(
                repository=repository.pk,
                entries=tuple(key for what, key in part if what == "entry"),
                files=tuple(key for what, key in part if what == "file"),
            ),
            audience=repository.cohort.audience,
        )


@transaction.atomic
def finish_revision(repository: Repository, commit: CommitInfo, *, format_version: int) -> None:
    """Mark that every page of the repository shows ``commit``, and whether it holds a secret."""
    secrets = FileProblem.objects.filter(repository=repository, code__in=SECRET_CODES)
    repositories.note_indexed(
        repository=repository,
        commit=commit,
        format_version=format_version,
        holds_secret=secrets.exists(),
    )
    publish(
        RevisionIndexed(repository=repository.pk, sha=commit.sha),
        audience=repository.cohort.audience,
    )
