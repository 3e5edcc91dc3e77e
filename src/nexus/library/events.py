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


@event("library.resources_changed")
@dataclass(frozen=True, slots=True)
class ResourcesChanged(Event):
    """Recommendations of resources in a cohort came, changed or went, or a look was taken.

    ``resources`` are keys of ``Resource``, at most a batch.
    """

    cohort: int
    resources: tuple[int, ...]
