"""What is asked of search, and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from nexus.search.filters import is_label

#: The facets that are counted unless others are asked for (``filters.FILTERS`` has them all).
FACETS = ("kind", "topic", "technology", "track", "language", "person", "cohort")

Sort = Literal["relevance", "newest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One question. Values within a filter are alternatives; filters must all hold.

    ``words`` is what the reader typed, in the query language (``parsing``).
    ``audiences`` are the audience keys the reader holds: nothing else is ever seen.
    ``labels`` are filters by the name of a label (``{"topic": ("Django",)}``).
    ``facets`` names the counts that are wanted; none are free.
    """

    words: str
    audiences: frozenset[str]
    kinds: tuple[str, ...] = ()
    code_languages: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offset: int = 0
    limit: int = 20
    sort: Sort = "relevance"
    facets: tuple[str, ...] = FACETS

    def __post_init__(self) -> None:
        """Refuse names that the index could not have; a filter nobody uses is only empty."""
        for name in (*self.labels, *self.facets):
            if not is_label(name):
                raise ValueError(f"{name!r} is no name of a filter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One document found. The ``_html`` texts are escaped; matches stand in ``<mark>``."""

    key: str
    kind: str
    title: str
    title_html: str
    address: str
    extract_html: str
    summary: str
    score: float
    person: str
    cohort: str
    repository: str
    code_language: str
    path: str
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was found too rarely, and the one that was looked for as well."""

    word: str
    replacement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """The answer to a ``SearchRequest``.

    ``relaxed`` says that no document had all the words, so these have some of them.
    ``building`` says that the index is being built and documents may be missing.
    ``did_you_mean`` is the question with its corrections, empty without any.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    corrected: tuple[Correction, ...] = ()
    did_you_mean: str = ""
    relaxed: bool = False
    building: bool = False
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A document whose title goes on from what is being typed."""

    text: str
    kind: str
    title: str
    address: str


class IndexState(StrEnum):
    """How the index is. ``failing``: it could not follow the log the last time it tried."""

    READY = "ready"
    BUILDING = "building"
    MISSING = "missing"
    FAILING = "failing"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStatus:
    """Facts about the index for checks and pages of operation.

    ``cursor`` is the number of the last event in it, ``behind_by`` how far the log's
    numbers are ahead, ``left_out`` how many things could not be read and are not found,
    ``error`` why it is failing.
    """

    documents: int
    cursor: int
    behind_by: int
    size_bytes: int
    state: IndexState
    left_out: int = 0
    error: str = ""
