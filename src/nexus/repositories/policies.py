"""Who may do what with repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.cohorts.policies import can

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort
    from nexus.people.models import Person
    from nexus.repositories.models import Repository


def can_add_repository(by: Person | None, cohort: Cohort) -> bool:
    """Members add repositories; ``None`` is the command line of the owner's machine."""
    return by is None or can(by, "add_repository", cohort)


def can_sync_repository(by: Person | None, cohort: Cohort) -> bool:
    """Members may ask a mirror to look for news."""
    return by is None or can(by, "sync_repository", cohort)


def can_read_anew(by: Person | None) -> bool:
    """It is much work for the hub, so whoever runs it asks for it."""
    return by is None or (by.is_owner and by.is_active)


def can_add_local_path(by: Person | None, *, allowed: bool) -> bool:
    """A folder of the hub's machine is added from its command line, or by its owner if allowed."""
    return by is None or (allowed and by.is_owner)


def can_forget_repository(by: Person | None, repository: Repository) -> bool:
    """Who may add to the cohort may take back what was never read: nothing is lost by it."""
    return is_unread(repository) and can_add_repository(by, repository.cohort)


def is_unread(repository: Repository) -> bool:
    """Whether nothing of a repository was ever fetched or published."""
    return not repository.head and not repository.indexed


def can_host_repository(by: Person | None, cohort: Cohort) -> bool:
    """Whoever may write may have a repository that lives here."""
    return can(by, "write", cohort)


def can_write_repository(by: Person | None, repository: Repository) -> bool:
    """A hosted repository is written by its owner, as long as they may write in the cohort."""
    if by is None or repository.kind != "hosted" or repository.owner_id != by.pk:
        return False
    return can(by, "write", repository.cohort)


def can_see_secrets(reader: Person | None, repository: Repository) -> bool:
    """What was committed by mistake is shown to the repository's owner, and to the hub's."""
    if reader is None or not reader.is_active:
        return False
    return reader.is_owner or reader.pk == repository.owner_id


def can_clone(reader: Person | None, repository: Repository) -> bool:
    """A clone gives every byte: where a secret is known, only those who may see it get one.

    A commit that was fetched but not looked through yet may hold one.
    """
    is_known_clean = repository.indexed == repository.head and not repository.holds_secret
    return is_known_clean or can_see_secrets(reader, repository)
