"""Writing entries in bulk: a batch of files costs a fixed number of statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils import timezone

from nexus.library.histories import Past
from nexus.library.kinds.base import Part, Reading
from nexus.library.models import Entry, EntryTopic, OldPath, Rendering, SourceFile, Version
from nexus.library.rendering.page import Link
from nexus.library.services.rows import insert_rows, update_rows

if TYPE_CHECKING:
    from datetime import datetime

    from nexus.repositories.models import Repository

_WRITTEN = (
    "cohort",
    "kind",
    "title",
    "summary",
    "language",
    "code_language",
    "facts",
    "line",
    "digest",
    "current",
    "changed_at",
    "withdrawn_at",
)
_VERSION = ("entry", "commit", "path", "blob", "author_name", "subject", "committed_at")
_TOPIC = (
    "entry", "topic", "weight", "kind", "changed_at", "is_listed", "cohort", "repository",
)  # fmt: skip
_PAGE = ("html", "text", "headings", "links", "features")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry as it shall stand: a whole file, or one part of it. ``past`` is its file's."""

    path: str
    reading: Reading
    past: Sequence[Past]
    part: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a batch: the entries that live, in the order wanted, and those gone."""

    entries: Sequence[Entry]
    gone: Sequence[Entry]

    @property
    def keys(self) -> list[int]:
        """Of every entry that changed."""
        return [entry.pk for entry in (*self.entries, *self.gone)]

    @property
    def digests(self) -> set[str]:
        """Of the parts that came, stayed or went."""
        return {entry.digest for entry in (*self.entries, *self.gone)} - {""}


def wanted_of(
    path: str, reading: Reading, past: Sequence[Past], parts: Iterable[Part]
) -> list[Wanted]:
    """A file with its parts. Only the newest commit is known to have had each part as it is."""
    whole = Wanted(path=path, reading=reading, past=past)
    return [
        whole,
        *(
            Wanted(
                path=path,
                reading=part.reading,
                past=past[:1],
                part=part.name,
                line=part.line,
            )
            for part in parts
        ),
    ]


def write_entries(repository: Repository, wanted: Sequence[Wanted]) -> Written:
    """Make the entries of these files stand as wanted, and withdraw their other parts."""
    known = _known_at(repository, {one.path for one in wanted})
    entries = [_filled(known.pop((one.path, one.part), None), repository, one) for one in wanted]
    created = _create_new(entries)
    _write_versions(entries, wanted)
    _write_what_they_hold(entries, created)
    _write_pages(entries, wanted)
    _write_topics(entries, wanted)
    _lead_on(entries, wanted)
    return Written(entries, _withdrawn(known.values()))


def _withdrawn(entries: Iterable[Entry]) -> list[Entry]:
    gone = [entry for entry in entries if entry.withdrawn_at is None]
    if gone:
        keys = [entry.pk for entry in gone]
        Entry.objects.filter(pk__in=keys).update(withdrawn_at=timezone.now())
        EntryTopic.objects.filter(entry__in=keys).update(is_listed=False)
    return gone


def _known_at(repository: Repository, paths: Iterable[str]) -> dict[tuple[str, str], Entry]:
    """The entry at each (path, part): the living one, else the one withdrawn last."""
    found = Entry.objects.filter(repository=repository, path__in=list(paths))
    ordered = sorted(found, key=lambda e: (e.withdrawn_at is None, e.withdrawn_at or e.changed_at))
    return {(entry.path, entry.part): entry for entry in ordered}


def _filled(entry: Entry | None, repository: Repository, wanted: Wanted) -> Entry:
    entry = entry or Entry(repository=repository, path=wanted.path, part=wanted.part)
    reading = wanted.reading
    entry.cohort_id = repository.cohort_id
    entry.kind, entry.title = reading.kind, reading.title[:300]
    entry.summary, entry.code_language = reading.summary[:400], reading.code_language[:60]
    entry.language, entry.facts = reading.language, dict(reading.facts)
    entry.line, entry.digest = wanted.line, reading.digest
    entry.changed_at, entry.withdrawn_at = wanted.past[0].commit.committed_at, None
    return entry


def _create_new(entries: Sequence[Entry]) -> set[int]:
    """Write the new ones, but for which version is theirs; returns the keys they were given."""
    created = [entry for entry in entries if entry._state.adding]
    return {entry.pk for entry in Entry.objects.bulk_create(created)}


def _write_versions(entries: Sequence[Entry], wanted: Sequence[Wanted]) -> None:
    """Write the versions that are not known yet, and point each entry to its newest."""
    insert_rows(
        Version,
        _VERSION,
        (
            _version(entry.pk, was)
            for entry, one in zip(entries, wanted, strict=True)
            for was in reversed(one.past)  # so that of one second the newest has the last key
        ),
    )
    newest = _newest_versions(entries, wanted)
    for entry, one in zip(entries, wanted, strict=True):
        entry.current_id = newest[entry.pk, one.past[0].commit.sha]


def _version(entry: int, was: Past) -> tuple[int | str | datetime, ...]:
    """The row of an entry as it was in one commit: the columns ``_VERSION``."""
    commit = was.commit
    said = commit.author_name[:200], commit.subject[:300]
    return entry, commit.sha, was.path, was.blob, *said, commit.committed_at


def _write_what_they_hold(entries: Sequence[Entry], created: Collection[int]) -> None:
    """Write the entries that were known, and of the new ones what was not known with them."""
    update_rows(Entry, "current", _current_of(entry for entry in entries if entry.pk in created))
    known = [entry for entry in entries if entry.pk not in created]
    upsert(Entry, known, _WRITTEN, unique=["id"])


def _current_of(entries: Iterable[Entry]) -> Iterator[tuple[int, int]]:
    for entry in entries:
        if entry.current_id is not None:
            yield entry.pk, entry.current_id


def _newest_versions(
    entries: Sequence[Entry], wanted: Sequence[Wanted]
) -> dict[tuple[int, str], int]:
    commits = {one.past[0].commit.sha for one in wanted}
    found = Version.objects.filter(entry__in=[entry.pk for entry in entries], commit__in=commits)
    return {(entry, commit): pk for entry, commit, pk in found.values_list("entry", "commit", "pk")}


def upsert(
    model: type[Model], rows: Iterable[Model], fields: Sequence[str], *, unique: Sequence[str]
) -> None:
    """Write rows, new or known, in one statement for each few hundred."""
    model._default_manager.bulk_create(
        rows,
        batch_size=200,
        update_conflicts=True,
        unique_fields=list(unique),
        update_fields=list(fields),
    )


def _write_pages(entries: Sequence[Entry], wanted: Sequence[Wanted]) -> None:
    pages = [
        Rendering(entry=entry, **page_of(one.reading))
        for entry, one in zip(entries, wanted, strict=True)
    ]
    upsert(Rendering, pages, _PAGE, unique=["entry"])


def page_of(reading: Reading) -> dict[str, Any]:
    """The columns of a page, as they are written."""
    rendered = reading.rendered
    return {
        "html": rendered.html,
        "text": rendered.text,
        "headings": [
            {"level": one.level, "text": one.text, "anchor": one.anchor}
            for one in rendered.headings
        ],
        "links": [
            *map(_link, rendered.links),
            *({**_link(picture), "picture": True} for picture in rendered.pictures),
        ],
        "features": sorted(rendered.features),
    }


def _link(link: Link) -> dict[str, Any]:
    """As ``dataclasses.asdict``, which takes ten times as long."""
    return {"target": link.target, "text": link.text, "line": link.line}


def _write_topics(entries: Sequence[Entry], wanted: Sequence[Wanted]) -> None:
    """Replace what the entries are about; rows that stay are not touched."""
    meant = {
        (entry.pk, topic): (weight, *_listed_by(entry))
        for entry, one in zip(entries, wanted, strict=True)
        for topic, weight in one.reading.topics.items()
    }
    rows = EntryTopic.objects.filter(entry__among=[entry.pk for entry in entries])
    gone = []
    for pk, entry, topic, *said in rows.values_list("pk", *_TOPIC):
        if meant.get((entry, topic)) == tuple(said):
            del meant[entry, topic]
        else:
            gone.append(pk)
    EntryTopic.objects.filter(pk__among=gone).delete()
    insert_rows(EntryTopic, _TOPIC, ((*key, *said) for key, said in meant.items()))


def _listed_by(entry: Entry) -> tuple[int | str | datetime, ...]:
    """What the lists of a topic find and sort an entry by."""
    is_listed = entry.original_id is None
    return entry.kind, entry.changed_at, is_listed, entry.cohort_id, entry.repository_id


def _lead_on(entries: Sequence[Entry], wanted: Sequence[Wanted]) -> None:
    """Let the names that a file had before lead to its entry, unless they are known."""
    OldPath.objects.bulk_create(
        (
            OldPath(repository_id=entry.repository_id, path=path, entry=entry)
            for entry, one in zip(entries, wanted, strict=True)
            if entry.path and not one.part
            for path in {was.path for was in one.past if was.path != one.past[0].path}
        ),
        ignore_conflicts=True,
    )


def indexed_among(repository: Repository, paths: Sequence[str]) -> set[str]:
    """Those of ``paths`` that have an entry or can be searched."""
    entries = Entry.objects.filter(
        repository=repository, path__in=paths, withdrawn_at=None, part=""
    )
    found = set(entries.values_list("path", flat=True))
    if others := [path for path in paths if path not in found]:
        files = SourceFile.objects.filter(repository=repository, path__in=others)
        found |= set(files.values_list("path", flat=True))
    return found


def carry_along(repository: Repository, renames: Iterable[tuple[str, str]]) -> list[int]:
    """Carry entries along with their renamed files; their former addresses lead on."""
    moved: list[int] = []
    for old, new in renames:
        living = Entry.objects.filter(repository=repository, path=old, withdrawn_at=None)
        whole = living.filter(part="").first()
        if whole is None or not old or _is_taken(repository, new):
            continue
        moved += living.values_list("pk", flat=True)
        living.update(path=new)
        OldPath.objects.update_or_create(repository=repository, path=old, defaults={"entry": whole})
        OldPath.objects.filter(repository=repository, path=new).delete()
    return moved


def _is_taken(repository: Repository, path: str) -> bool:
    return Entry.objects.filter(repository=repository, path=path, withdrawn_at=None).exists()


def withdraw_paths(repository: Repository, paths: Sequence[str]) -> Written:
    """Take the entries of these files out of the lists."""
    living = Entry.objects.filter(repository=repository, path__in=paths, withdrawn_at=None)
    return Written((), _withdrawn(living))


def gather_copies(cohort: int, digests: Iterable[str]) -> list[int]:
    """Let the same thing in several repositories be one; returns the entries that changed.

    The one published first is the original of the others. When it goes, the next takes its place.
    """
    chosen = list(digests)
    if not chosen:
        return []
    same = Entry.objects.filter(digest__in=chosen, cohort=cohort, withdrawn_at=None).order_by("pk")
    first: dict[str, int] = {}
    changed = []
    for entry in same.only("pk", "digest", "original"):
        original = first.setdefault(entry.digest, entry.pk)
        wanted = original if original != entry.pk else None
        if entry.original_id != wanted:
            entry.original_id = wanted
            changed.append(entry)
    Entry.objects.bulk_update(changed, ["original"], batch_size=200)
    _list_topics(changed)
    return [entry.pk for entry in changed]


def _list_topics(entries: Sequence[Entry]) -> None:
    """Let the topics of these living entries list them, unless they are copies."""
    for is_listed in (True, False):
        keys = [entry.pk for entry in entries if (entry.original_id is None) is is_listed]
        if keys:
            EntryTopic.objects.filter(entry__in=keys).update(is_listed=is_listed)
