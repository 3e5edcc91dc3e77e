"""What happens in the library."""

from dataclasses import dataclass

from nexus.kernel.events import Event, event


@event("library.entries_changed")
@dataclass(frozen=True, slots=True)
class EntriesChanged(Event):
    """Entries and files of a repository were published, changed or withdrawn.

    ``entries`` and ``files`` are keys of ``Entry`` and ``SourceFile``, at most a batch.
    """

    repository: int
    entries: tuple[int, ...]
    files: tuple[int, ...]


@event("library.revision_indexed")
@dataclass(frozen=True, slots=True)
class RevisionIndexed(Event):
    """Every page of a repository now shows this commit."""

    repository: int
    sha: str
