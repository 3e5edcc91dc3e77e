"""The writes of indexing: each one a short transaction with the event that tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nexus.kernel.events import publish
from nexus.library.events import EntriesChanged, RevisionIndexed
from nexus.library.histories import Past
from nexus.library.kinds.base import Reading
from nexus.library.models import (
    Entry,
    FileProblem,
    LeftOut,
    OldPath,
    Rendering,
    SourceFile,
    Version,
)
from nexus.library.preparing import Prepared
from nexus.library.problems import Problem
from nexus.repositories import services as repositories
from nexus.repositories.git.reading import CommitInfo

if TYPE_CHECKING:
    from nexus.repositories.models import Repository

_EVENT_KEYS = 500


@transaction.atomic
def move_entries(repository: Repository, renames: Iterable[tuple[str, str]]) -> None:
    """Carry entries along with their renamed files; their former addresses lead on."""
    moved = []
    for old, new in renames:
        entry = Entry.objects.filter(repository=repository, path=old, withdrawn_at=None).first()
        if entry is None or not old or _is_taken(repository, new):
            continue
        entry.path = new
        entry.save(update_fields=["path"])
        OldPath.objects.update_or_create(repository=repository, path=old, defaults={"entry": entry})
        OldPath.objects.filter(repository=repository, path=new).delete()
        moved.append(entry.pk)
    announce(repository, entries=moved)


def _is_taken(repository: Repository, path: str) -> bool:
    return Entry.objects.filter(repository=repository, path=path, withdrawn_at=None).exists()


@transaction.atomic
def publish_files(
    repository: Repository, batch: Sequence[Prepared], pasts: dict[str, list[Past]]
) -> None:
    """Write what a batch of files became: entries with their versions, or source files."""
    entries = [
        publish_entry(repository, path=file.path, reading=file.reading, past=pasts[file.path])
        for file in batch
        if file.reading is not None
    ]
    plain = [file for file in batch if file.reading is None and not file.is_binary]
    files = _publish_source_files(repository, plain)
    gone = _withdraw_paths(repository, [file.path for file in batch if file.reading is None])
    dropped = _drop_source_files(repository, [f.path for f in batch if f.reading or f.is_binary])
    write_problems(repository, [f.path for f in batch], (p for f in batch for p in f.problems))
    announce(repository, entries=[*entries, *gone], files=[*files, *dropped])


def publish_entry(
    repository: Repository, *, path: str, reading: Reading, past: Sequence[Past]
) -> int:
    """Write one entry with its page and its versions; returns its key."""
    entry = _entry_at(repository, path)
    entry.kind, entry.title = reading.kind, reading.title[:300]
    entry.summary, entry.code_language = reading.summary[:400], reading.code_language[:60]
    entry.language, entry.facts = reading.language, dict(reading.facts)
    entry.changed_at, entry.withdrawn_at = past[0].commit.committed_at, None
    entry.save()
    entry.current = write_versions(entry, past)
    entry.save(update_fields=["current"])
    _lead_on(entry, past)
    _write_page(entry, reading)
    return entry.pk


def _entry_at(repository: Repository, path: str) -> Entry:
    """The entry at ``path``: the living one, else the one withdrawn last, else a new one."""
    known = Entry.objects.filter(repository=repository, path=path)
    found = known.filter(withdrawn_at=None).first() or known.order_by("-withdrawn_at").first()
    return found or Entry(repository=repository, path=path)


def write_versions(entry: Entry, past: Sequence[Past]) -> Version:
    """Write the versions that are not known yet; returns the newest, which is shown."""
    Version.objects.bulk_create(
        (
            Version(
                entry=entry,
                commit=was.commit.sha,
                path=was.path,
                blob=was.blob,
                author_name=was.commit.author_name[:200],
                subject=was.commit.subject[:300],
                committed_at=was.commit.committed_at,
            )
            for was in past
        ),
        ignore_conflicts=True,
    )
    return Version.objects.get(entry=entry, commit=past[0].commit.sha)


def _lead_on(entry: Entry, past: Sequence[Past]) -> None:
    """Let the names that the file had before lead to its entry, unless they are known."""
    former = {was.path for was in past if was.path != past[0].path} if entry.path else set()
    OldPath.objects.bulk_create(
        (OldPath(repository=entry.repository, path=path, entry=entry) for path in former),
        ignore_conflicts=True,
    )


def _write_page(entry: Entry, reading: Reading) -> None:
    rendered = reading.rendered
    Rendering.objects.update_or_create(
        entry=entry,
        defaults={
            "html": rendered.html,
            "text": rendered.text,
            "headings": [asdict(heading) for heading in rendered.headings],
            "links": [asdict(link) for link in rendered.links],
            "features": sorted(rendered.features),
        },
    )


def _publish_source_files(repository: Repository, files: Sequence[Prepared]) -> list[int]:
    """Write the files that are no entries, in one statement; returns their keys."""
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
    entries = _withdraw_paths(repository, paths)
    files = _drop_source_files(repository, paths)
    FileProblem.objects.filter(repository=repository, path__in=paths).delete()
    announce(repository, entries=entries, files=files)


def _withdraw_paths(repository: Repository, paths: Sequence[str]) -> list[int]:
    if not paths:
        return []
    gone = Entry.objects.filter(repository=repository, path__in=paths, withdrawn_at=None)
    keys = list(gone.values_list("pk", flat=True))
    gone.update(withdrawn_at=timezone.now())
    return keys


def _drop_source_files(repository: Repository, paths: Sequence[str]) -> list[int]:
    if not paths:
        return []
    gone = SourceFile.objects.filter(repository=repository, path__in=paths)
    keys = list(gone.values_list("pk", flat=True))
    gone.delete()
    return keys


def write_problems(
    repository: Repository, paths: Sequence[str], problems: Iterable[Problem]
) -> None:
    """Replace what is known to be wrong with these files."""
    FileProblem.objects.filter(repository=repository, path__in=paths).delete()
    FileProblem.objects.bulk_create(
        FileProblem(
            repository=repository,
            path=problem.path,
            line=max(problem.line, 0),
            code=problem.code,
            message=problem.message[:500],
        )
        for problem in problems
    )


@transaction.atomic
def write_left_out(repository: Repository, left_out: dict[tuple[str, str], int]) -> None:
    """Replace the list of what is not read, and why."""
    LeftOut.objects.filter(repository=repository).delete()
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
    """Mark that every page of the repository shows ``commit``."""
    repositories.note_indexed(repository=repository, commit=commit, format_version=format_version)
    publish(
        RevisionIndexed(repository=repository.pk, sha=commit.sha),
        audience=repository.cohort.audience,
    )
