"""What of the library can be found: entries, and the code files beside them."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet

from nexus.library.addresses import entry_address
from nexus.library.discretion import hide_emails_in_text, without_emails
from nexus.library.extraction.decoding import decode
from nexus.library.extraction.secrets import hide_secrets
from nexus.library.models import Entry, SourceFile
from nexus.repositories.git.reading import Reader
from nexus.repositories.limits import store_of
from nexus.search.documents import Removal, SearchDocument
from nexus.search.registry import LoggedEvent

#: How a kind weighs when two hits are equally good.
QUALITY = {
    "project": 1.25,
    "challenge": 1.15,
    "document": 1.1,
    "contract": 1.1,
    "snippet": 1.05,
    "file": 0.6,
}
_FILE_BYTES = 1_000_000
_CHUNK = 200


class LibrarySource:
    """Hands entries and source files to search."""

    name = "library"

    def affected(self, event: LoggedEvent) -> Iterable[str]:
        """The keys that an event of the library names."""
        if event.type == "library.fact_corrected":
            return [f"entry:{event.payload['entry']}"]
        if event.type != "library.entries_changed":
            return ()
        entries, files = event.payload["entries"], event.payload["files"]
        return [*(f"entry:{key}" for key in entries), *(f"file:{key}" for key in files)]

    def documents(self, keys: Collection[str]) -> Iterator[SearchDocument | Removal]:
        """The living ones of ``keys``; search removes the rest."""
        entries = _numbers(keys, "entry")
        files = _numbers(keys, "file")
        for start in range(0, len(entries), _CHUNK):
            chosen = entries[start : start + _CHUNK]
            yield from map(_of_entry, _living().filter(pk__in=chosen))
        for start in range(0, len(files), _CHUNK):
            chosen = files[start : start + _CHUNK]
            yield from _of_files(_files().filter(pk__in=chosen))

    def all_documents(self) -> Iterator[SearchDocument]:
        """Everything, for a rebuild."""
        for entry in _living().iterator(chunk_size=_CHUNK):
            yield _of_entry(entry)
        yield from _of_files(_files().iterator(chunk_size=_CHUNK))


def _numbers(keys: Collection[str], what: str) -> list[int]:
    prefix = f"{what}:"
    return sorted(int(key.removeprefix(prefix)) for key in keys if key.startswith(prefix))


def _living() -> QuerySet[Entry]:
    """The entries to be found; what repeats another is found there."""
    return Entry.objects.filter(withdrawn_at=None, original=None).select_related(
        "rendering", "current", "repository__cohort", "repository__owner"
    )


def _files() -> QuerySet[SourceFile]:
    return SourceFile.objects.select_related("repository__cohort", "repository__owner").order_by(
        "repository", "pk"
    )


def _of_entry(entry: Entry) -> SearchDocument:
    repository, cohort = entry.repository, entry.repository.cohort
    author = without_emails(entry.current.author_name) if entry.current else ""
    return SearchDocument(
        key=f"entry:{entry.pk}",
        kind=entry.kind,
        title=entry.title,
        address=entry_address(cohort.slug, repository.slug, entry.path, entry.part),
        audience=cohort.audience,
        updated_at=entry.changed_at,
        body=entry.rendering.text,
        summary=entry.summary,
        headings=tuple(heading["text"] for heading in entry.rendering.headings),
        code_language=entry.code_language,
        language=entry.language,
        person=repository.owner.handle,
        people=tuple({repository.owner.handle, repository.owner.name, author} - {""}),
        cohort=cohort.slug,
        repository=f"{cohort.slug}/{repository.slug}",
        path=hide_emails_in_text(entry.path),
        quality=QUALITY.get(entry.kind, 1.0),
    )


def _of_files(files: Iterable[SourceFile]) -> Iterator[SearchDocument]:
    """Source files with their text, read from the stores one repository after the other."""
    for repository, group in groupby(files, key=attrgetter("repository_id")):
        with Reader(store_of(repository)) as reader:
            for file in group:
                yield _of_file(file, reader)


def _of_file(file: SourceFile, reader: Reader) -> SearchDocument:
    repository, cohort = file.repository, file.repository.cohort
    data = reader.read(file.blob, limit=_FILE_BYTES) or b""
    return SearchDocument(
        key=f"file:{file.pk}",
        kind="file",
        title=hide_emails_in_text(file.path),
        address=entry_address(cohort.slug, repository.slug, file.path),
        audience=cohort.audience,
        updated_at=repository.indexed_at or repository.added_at,
        body=hide_emails_in_text(hide_secrets(decode(data, path=file.path).text)),
        code_language=file.code_language,
        person=repository.owner.handle,
        people=(repository.owner.handle, repository.owner.name),
        cohort=cohort.slug,
        repository=f"{cohort.slug}/{repository.slug}",
        path=hide_emails_in_text(file.path),
        quality=QUALITY["file"],
    )
