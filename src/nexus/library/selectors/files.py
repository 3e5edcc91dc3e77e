"""Reads of the files of a repository: what is indexed, what is left out, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Sum

from nexus.kernel.prepared import Prepared
from nexus.library.models import Entry, FileProblem, LeftOut, SourceFile

#: Files that hold data or settings; they say nothing of what a project is written in.
NOT_CODE = ("JSON", "YAML", "TOML", "XML", "INI", "CSV", "Text", "Markdown", "Git ignore")

_IN_FILE = Prepared(
    lambda path, repository: FileProblem.objects.filter(path=path, repository=repository).order_by(
        "line", "code"
    )
)


def indexed_paths(repository: int) -> set[str]:
    """Paths of a repository that have an entry or can be searched."""
    entries = Entry.objects.filter(repository=repository, withdrawn_at=None)
    files = SourceFile.objects.filter(repository=repository)
    return {
        *entries.values_list("path", flat=True),
        *files.values_list("path", flat=True),
    }


def shown_blobs(repository: int) -> dict[str, str]:
    """The Git object that each file's page or source shows, by path; the project's by no path."""
    entries = Entry.objects.filter(repository=repository, withdrawn_at=None, part="")
    files = SourceFile.objects.filter(repository=repository)
    return {
        **dict(files.values_list("path", "blob")),
        **{path: blob or "" for path, blob in entries.values_list("path", "current__blob")},
    }


def binary_paths(repository: int) -> set[str]:
    """Paths whose files turned out not to be text when they were read."""
    left = LeftOut.objects.filter(repository=repository, reason="binary")
    return set(left.values_list("path", flat=True))


def left_out_by_reason(repository: int) -> dict[str, int]:
    """How many files each reason keeps out."""
    counts: Counter[str] = Counter()
    for reason, files in LeftOut.objects.filter(repository=repository).values_list(
        "reason", "files"
    ):
        counts[reason] += files
    return dict(sorted(counts.items()))


def left_out(repository: int) -> list[LeftOut]:
    """What is not read, by reason and path."""
    return list(LeftOut.objects.filter(repository=repository).order_by("reason", "path"))


def problems_of(repository: int, *, path: str | None = None) -> list[FileProblem]:
    """What is wrong with the files of a repository, or with one of them."""
    if path is not None:
        return _IN_FILE(path, repository)
    found = FileProblem.objects.filter(repository=repository)
    return list(found.order_by("path", "line", "code"))


def source_file_count(repository: int) -> int:
    """How many files of a repository can be found though they are no entries."""
    return SourceFile.objects.filter(repository=repository).count()


def language_bytes(repositories: Iterable[int]) -> dict[int, dict[str, int]]:
    """Bytes of code by language, for each repository: one query for all."""
    rows = (
        SourceFile.objects.filter(repository__in=list(repositories))
        .exclude(code_language__in=["", *NOT_CODE])
        .values_list("repository", "code_language")
        .annotate(size=Sum("size_bytes"))
        .order_by("repository", "-size")
    )
    sizes: dict[int, dict[str, int]] = {}
    for repository, language, size in rows:
        sizes.setdefault(repository, {})[language] = size
    return sizes
