"""What the frame of every page offers to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.cohorts.roles import ROLE_TABLE
from nexus.cohorts.selectors import has_role_anywhere

if TYPE_CHECKING:
    from nexus.people.models import Person


def may_add(reader: Person | None) -> bool:
    """Whether the reader may add a repository to some cohort."""
    if reader is None:
        return False
    return reader.is_owner or has_role_anywhere(reader, ROLE_TABLE["add_repository"])
