"""Who may see what of the library.

Entries are as visible as the cohort of their repository; ``selectors`` filter by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.cohorts.policies import can, can_read

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person


def can_see_addresses(reader: Person | None, cohort: Cohort) -> bool:
    """E-mail addresses in what people published are for the cohort's members, not for guests."""
    return can(reader, "see_addresses", cohort)


def can_see_problems(reader: Person | None, owner: int, cohort: Cohort) -> bool:
    """What is wrong with a repository is told to its owner and to those who publish beside it."""
    return reader is not None and (reader.pk == owner or can(reader, "see_problems", cohort))


def can_correct_facts(by: Person | None, owner: int, cohort: Cohort) -> bool:
    """What is known of a project is its owner's to correct, and the cohort's owners'.

    Its owner corrects it as long as they may see it.
    """
    if by is None or cohort.is_archived:
        return False
    return (by.pk == owner and can_read(by, cohort)) or can(by, "correct_facts", cohort)
