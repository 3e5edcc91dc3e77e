"""What of the library can be found: entries, and the code files beside them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import QuerySet, prefetch_related_objects

from nexus.kernel.prepared import Prepared
from nexus.library.addresses import entry_address
from nexus.library.discretion import hide_emails_in_text, hide_in_name, without_emails
from nexus.library.extraction.decoding import decode
from nexus.library.extraction.secrets import hide_secrets
from nexus.library.facts.fact import FactName
from nexus.library.models import Entry, SourceFile
from nexus.library.search.guarding import or_word
from nexus.library.topics.catalogue import catalogue
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.troubles import StoreMissing
from nexus.repositories.limits import store_of
from nexus.search.documents import Change, LeftOut, SearchDocument
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
#: Rows of other tables that make an entry's document.
_BESIDE = ("topics", "known_facts")
_CHUNK = 200


class _Named(NamedTuple):
    """How documents name something that can be renamed.

    ``whose`` is its key in an event, ``lookup`` leads to it from an entry or a file, and
    ``said`` are the fields of it that documents repeat.
    """

    whose: str
    lookup: str
    said: frozenset[str]


#: Events of other rooms that change what many documents say, each with its ``changed`` fields.
#: Who may see them is no such field: documents name their cohort, and readers what they may see.
_RENAMINGS = {
    "cohorts.cohort_changed": _Named("cohort", "repository__cohort", frozenset({"slug"})),
    "people.person_changed": _Named("person", "repository__owner", frozenset({"handle", "name"})),
    "repositories.repository_changed": _Named(
        "repository", "repository", frozenset({"cohort", "owner", "slug"})
    ),
}


class LibrarySource:
    """Hands entries and source files to search."""

    name = "library"

    def affected(self, event: LoggedEvent) -> Iterable[str]:
        """The keys that an event names; all that repeat a name, when it has changed."""
        if event.type in _RENAMINGS:
            return _renamed(_RENAMINGS[event.type], event)
        if event.type == "library.fact_corrected":
            return [f"entry:{event.payload['entry']}"]
        if event.type != "library.entries_changed":
            return ()
        entries, files = event.payload["entries"], event.payload["files"]
        return [*(f"entry:{key}" for key in entries), *(f"file:{key}" for key in files)]

    def documents(self, keys: Collection[str]) -> Iterator[Change]:
        """The living ones of ``keys``; search removes the rest."""
        entries = _numbers(keys, "entry")
        files = _numbers(keys, "file")
        for start in range(0, len(entries), _CHUNK):
            chosen = entries[start : start + _CHUNK]
            yield from map(_entry_or_word, _living_among(chosen))
        for start in range(0, len(files), _CHUNK):
            chosen = files[start : start + _CHUNK]
            yield from _of_files(_files().filter(pk__in=chosen))

    def all_documents(self) -> Iterator[Change]:
        """Everything, for a rebuild; what cannot be read is named in place of its document."""
        yield from map(_entry_or_word, _living().iterator(chunk_size=_CHUNK))
        yield from _of_files(_files().iterator(chunk_size=_CHUNK))


def _numbers(keys: Collection[str], what: str) -> list[int]:
    prefix = f"{what}:"
    return sorted(int(key.removeprefix(prefix)) for key in keys if key.startswith(prefix))


def _living() -> QuerySet[Entry]:
    """The entries to be found; what repeats another is found there."""
    return (
        Entry.objects.filter(withdrawn_at=None, original=None)
        .select_related("rendering", "current", "repository__cohort", "repository__owner")
        .defer("facts", *(f"rendering__{name}" for name in ("html", "links", "features")))
        .prefetch_related(*_BESIDE)
    )


_LIVING_AMONG = Prepared(lambda keys: _living().filter(pk__among=keys))


def _living_among(keys: Sequence[int]) -> list[Entry]:
    found = _LIVING_AMONG(keys)
    prefetch_related_objects(found, *_BESIDE)
    return found


def _files() -> QuerySet[SourceFile]:
    return SourceFile.objects.select_related("repository__cohort", "repository__owner").order_by(
        "repository", "pk"
    )


def _renamed(named: _Named, event: LoggedEvent) -> Iterator[str]:
    """The keys of all documents that repeat what changed."""
    if named.said.isdisjoint(event.payload["changed"]):
        return
    whose = {named.lookup: event.payload[named.whose]}
    for entry in Entry.objects.filter(**whose).values_list("pk", flat=True).iterator():
        yield f"entry:{entry}"
    for file in SourceFile.objects.filter(**whose).values_list("pk", flat=True).iterator():
        yield f"file:{file}"


def _entry_or_word(entry: Entry) -> Change:
    return or_word(f"entry:{entry.pk}", partial(_of_entry, entry))


def _of_entry(entry: Entry) -> SearchDocument:
    repository, cohort = entry.repository, entry.repository.cohort
    author = without_emails(hide_secrets(entry.current.author_name)) if entry.current else ""
    return SearchDocument(
        key=f"entry:{entry.pk}",
        kind=entry.kind,
        title=entry.title,
        address=entry_address(cohort.slug, repository.slug, entry.path, entry.part),
        audience=cohort.readers,
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
        labels=_labels(entry),
        path=hide_in_name(entry.path),
        quality=QUALITY.get(entry.kind, 1.0),
    )


def _labels(entry: Entry) -> dict[str, tuple[str, ...]]:
    """What an entry can be filtered by besides the usual, in the names that people read."""
    facts = [fact for fact in entry.known_facts.all() if not fact.is_overruled]
    return {
        "topic": _names(topic.topic for topic in entry.topics.all()),
        "technology": _names(fact.value for fact in facts if fact.name == FactName.TECHNOLOGY),
        "track": tuple(fact.value for fact in facts if fact.name == FactName.TRACK),
    }


def _names(slugs: Iterable[str]) -> tuple[str, ...]:
    topics = catalogue().topics
    return tuple(topics[slug].name for slug in slugs if slug in topics)


def _of_files(files: Iterable[SourceFile]) -> Iterator[Change]:
    """Source files with their text, read from the stores one repository after the other."""
    for repository, group in groupby(files, key=attrgetter("repository_id")):
        try:
            reader = Reader(store_of(repository))
        except StoreMissing as error:
            why = f"the store of repository {repository} cannot be read ({error.code})"
            yield from (LeftOut(f"file:{file.pk}", why) for file in group)
            continue
        with reader:
            for file in group:
                yield or_word(f"file:{file.pk}", partial(_of_file, file, reader))


def _of_file(file: SourceFile, reader: Reader) -> SearchDocument:
    repository, cohort = file.repository, file.repository.cohort
    data = reader.read(file.blob, limit=_FILE_BYTES) or b""
    return SearchDocument(
        key=f"file:{file.pk}",
        kind="file",
        title=hide_in_name(file.path),
        address=entry_address(cohort.slug, repository.slug, file.path),
        audience=cohort.readers,
        updated_at=repository.indexed_at or repository.added_at,
        body=hide_emails_in_text(hide_secrets(decode(data, path=file.path).text)),
        code_language=file.code_language,
        person=repository.owner.handle,
        people=(repository.owner.handle, repository.owner.name),
        cohort=cohort.slug,
        repository=f"{cohort.slug}/{repository.slug}",
        path=hide_in_name(file.path),
        quality=QUALITY["file"],
    )
