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


@event("library.fact_corrected")
@dataclass(frozen=True, slots=True)
class FactCorrected(Event):
    """The owner of a project said what a fact of it is, or took that back.

    ``entry`` is the key of the project's entry, ``name`` the fact's.
    """

    repository: int
    entry: int
    name: str


@event("library.topics_surveyed")
@dataclass(frozen=True, slots=True)
class TopicsSurveyed(Event):
    """The topics of a cohort were counted again, and their map is new."""

    cohort: int
