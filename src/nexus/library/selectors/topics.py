"""Reads of topics: what is about them, who knows them, which of them meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from nexus.library.models import Entry

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort


def entries_about(topic: str, *, cohort: Cohort) -> QuerySet[Entry]:
    """The living entries of a cohort on a topic, those most about it first; copies left out."""
    return (
        Entry.objects.filter(
            topics__topic=topic,
            repository__cohort=cohort,
            withdrawn_at=None,
            original=None,
        )
        .select_related("repository__cohort", "repository__owner")
        .order_by("-topics__weight", "-changed_at", "pk")
    )
