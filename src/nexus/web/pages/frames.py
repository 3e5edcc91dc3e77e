"""What the pages of a cohort have in common."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from nexus.cohorts.selectors import left_of, rights_in, waiting_in
from nexus.library import presenting

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person


#: The pages on which a cohort is run: address, title, and the right that opens it.
TABS = (
    ("cohort-members", "Members", "change_role"),
    ("cohort-invitations", "Invitations", "invite"),
    ("cohort-requests", "Requests", "answer_requests"),
    ("cohort-settings", "Settings", "change_cohort"),
    ("cohort-log", "Log", "read_log"),
)
TITLES = {name: title for name, title, _ in TABS}


@dataclass(frozen=True, slots=True)
class Tab:
    """A page beside others."""

    title: str
    address: str
    current: bool = False


def cohort_frame(found: Cohort, reader: Person | None, current: str) -> dict[str, Any]:
    """The cohort, the way to the room shown, ``current``, and the way around the others."""
    address = presenting.crumbs_of(found)[0].address
    rights = rights_in(found, reader)
    waiting = waiting_in(found) if "answer_requests" in left_of(rights, found) else 0
    rooms = presenting.cohort_rooms(found, current=current)
    return {
        "cohort": SimpleNamespace(
            name=found.name,
            description=found.description,
            address=address,
            slug=found.slug,
            is_archived=found.is_archived,
        ),
        "crumbs": way_to(found, *(room.title for room in rooms.links[1:] if room.current)),
        "rooms": [rooms],
        "may_add": "add_repository" in left_of(rights, found),
        "may_ask": reader is not None and "read" not in rights and not found.is_archived,
        "is_member": "read" in rights and not reader_runs_the_hub(reader),
        "waiting": waiting,
        "tabs": governing_tabs(found, rights, waiting=waiting),
    }


def way_to(found: Cohort, *here: str) -> list[presenting.Link]:
    """The way to a page of a cohort that is called ``here``; to its first page without."""
    return [*presenting.crumbs_of(found), *(presenting.Link(title, "") for title in here)]


def reader_runs_the_hub(reader: Person | None) -> bool:
    """Whether they have every right everywhere without being a member."""
    return reader is not None and reader.is_owner


def governing_tabs(
    found: Cohort, rights: frozenset[str], current: str = "", *, waiting: int = 0
) -> list[Tab]:
    """The pages on which a cohort is run, as far as somebody may; ``current`` is the one shown.

    ``waiting`` is how many ask to join.
    """
    return [
        Tab(
            f"{title} ({waiting})" if waiting and name == "cohort-requests" else title,
            reverse(name, args=[found.slug]),
            name == current,
        )
        for name, title, right in TABS
        if right in rights
    ]
