"""Who may see what of the library.

Entries are as visible as the cohort of their repository; ``selectors`` filter by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.cohorts.policies import can, can_read
from nexus.repositories.policies import can_write_repository

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.library.models import Proposal
    from nexus.people.models import Person
    from nexus.repositories.models import Repository


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


def can_propose(by: Person | None, repository: Repository) -> bool:
    """Whoever is in the cohort proposes changes to what is not their own."""
    is_own = by is not None and repository.kind == "hosted" and repository.owner_id == by.pk
    return not is_own and can(by, "propose", repository.cohort)


def can_see_proposal(reader: Person | None, proposal: Proposal) -> bool:
    """A proposal is between whoever made it and the owner of the repository."""
    if reader is None or not can_read(reader, proposal.repository.cohort):
        return False
    return reader.pk in (proposal.by_id, proposal.repository.owner_id)


def can_answer_proposal(by: Person | None, proposal: Proposal) -> bool:
    """Whoever writes to the repository says what becomes of what is proposed to it."""
    return can_write_repository(by, proposal.repository)
