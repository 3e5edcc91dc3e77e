"""Reads of what is known of projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.library.models import Fact

if TYPE_CHECKING:
    from nexus.repositories.models import Repository


def facts_of(repository: Repository) -> list[Fact]:
    """Everything known of a repository's project, overruled facts too, by name."""
    found = Fact.objects.filter(
        entry__repository=repository, entry__path="", entry__part="", entry__withdrawn_at=None
    )
    return list(found.order_by("name", "pk"))
