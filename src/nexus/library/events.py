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


@event("library.proposal_made")
@dataclass(frozen=True, slots=True)
class ProposalMade(Event):
    """Somebody proposes a change to a file of another's repository."""

    repository: int
    proposal: int
    person: int


@event("library.proposal_changed")
@dataclass(frozen=True, slots=True)
class ProposalChanged(Event):
    """Whoever made a proposal gave it another text; ``edition`` is the number of that."""

    repository: int
    proposal: int
    edition: int


@event("library.proposal_answered")
@dataclass(frozen=True, slots=True)
class ProposalAnswered(Event):
    """A proposal came to an end; ``answer`` is `accepted`, `declined` or `withdrawn`."""

    repository: int
    proposal: int
    person: int
    answer: str


#: These change no page that is kept for several readers: an accepted change is a commit besides.
UNSEEN = (ProposalMade.type, ProposalChanged.type, ProposalAnswered.type)
