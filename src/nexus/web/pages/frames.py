"""What the pages of a cohort have in common."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from nexus.cohorts.policies import can
from nexus.library import presenting

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person


def cohort_frame(found: Cohort, reader: Person | None, current: str) -> dict[str, Any]:
    """The cohort, the way to it and the way around it; ``current`` is the room shown."""
    address = presenting.crumbs_of(found)[0].address
    return {
        "cohort": SimpleNamespace(
            name=found.name, description=found.description, address=address, slug=found.slug
        ),
        "crumbs": presenting.crumbs_of(found),
        "rooms": [presenting.cohort_rooms(found, current=current)],
        "may_add": can(reader, "add_repository", found),
    }
