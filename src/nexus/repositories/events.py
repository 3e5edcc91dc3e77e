"""What happens to repositories."""

from dataclasses import dataclass

from nexus.kernel.events import Event, event


@event("repositories.repository_added")
@dataclass(frozen=True, slots=True)
class RepositoryAdded(Event):
    """A repository was added to a cohort; nothing of it was read yet."""

    repository: int


@event("repositories.repository_forgotten")
@dataclass(frozen=True, slots=True)
class RepositoryForgotten(Event):
    """The adding of a repository was taken back; nothing of it was ever read."""

    repository: int


@event("repositories.repository_removed")
@dataclass(frozen=True, slots=True)
class RepositoryRemoved(Event):
    """Its owner left the hub and took a repository along: its history, pages and files are gone."""

    repository: int


@event("repositories.head_moved")
@dataclass(frozen=True, slots=True)
class HeadMoved(Event):
    """The newest commit of a repository changed. ``old`` is empty the first time."""

    repository: int
    old: str
    new: str


@event("repositories.sync_finished")
@dataclass(frozen=True, slots=True)
class SyncFinished(Event):
    """A run of fetching and indexing ended; ``error`` is empty when it went well."""

    repository: int
    sync: int
    error: str
