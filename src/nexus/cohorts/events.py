"""What happens to cohorts."""

from dataclasses import dataclass

from nexus.kernel.events import Event, event


@event("cohorts.cohort_created")
@dataclass(frozen=True, slots=True)
class CohortCreated(Event):
    """A cohort was made."""

    cohort: int
    slug: str
