"""What happens to cohorts."""

from dataclasses import dataclass

from nexus.kernel.events import Event, event


@event("cohorts.cohort_created")
@dataclass(frozen=True, slots=True)
class CohortCreated(Event):
    """A cohort was made."""

    cohort: int
    slug: str


@event("cohorts.cohort_changed")
@dataclass(frozen=True, slots=True)
class CohortChanged(Event):
    """A cohort is not what it was; ``changed`` names its fields: ``visibility``, ``slug`` …"""

    cohort: int
    changed: tuple[str, ...]
