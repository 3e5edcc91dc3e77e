"""Why somebody cannot clone a repository, in words for a terminal and for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nexus.repositories.git.origins import OriginKind
from nexus.repositories.git.reachable import served_refs
from nexus.repositories.git.stores import head_branch, is_store
from nexus.repositories.inspectors import spotted_in
from nexus.repositories.limits import store_of
from nexus.repositories.policies import can_clone, can_see_secrets
from nexus.repositories.selectors import look_back_of

if TYPE_CHECKING:
    from nexus.people.models import Person
    from nexus.repositories.models import Repository


@dataclass(frozen=True, slots=True)
class NoClone:
    """Why a repository is not given; ``public_origin`` is where it can be had, or empty."""

    reason: str
    remedy: str
    public_origin: str = ""

    def __str__(self) -> str:
        """What Git prints, a sentence a line."""
        elsewhere = f"It comes from {self.public_origin}" if self.public_origin else ""
        return "\n".join(line for line in (self.reason, elsewhere, self.remedy) if line)


def no_clone(reader: Person | None, repository: Repository) -> NoClone | None:
    """Why ``reader`` cannot clone ``repository``; None when they can. Asks no database."""
    if can_clone(reader, repository):
        return None
    return _for_its_secret(repository) if repository.holds_secret else _not_looked(repository)


def no_clone_now(reader: Person | None, repository: Repository) -> NoClone | None:
    """As ``no_clone``, at the moment of giving: branches and tags are read anew.

    One may have come since the last look. A client is told of all their names first, and of what
    they lead to nobody knows yet what it holds.
    """
    refused = no_clone(reader, repository)
    if refused or can_see_secrets(reader, repository):
        return refused
    store = store_of(repository.pk)
    if not is_store(store):
        return None
    refs = served_refs(store)
    # Git also tells of the branch that HEAD names, though it may be gone.
    names = "\n".join([*refs, head_branch(store)])
    if any(True for _ in spotted_in("", names.encode(errors="replace"))):
        return _for_its_secret(repository)
    last = look_back_of(repository.pk)
    is_known = last is None or frozenset(refs.values()) <= frozenset(last.tips)
    return None if is_known else _not_looked(repository)


def _not_looked(repository: Repository) -> NoClone:
    return NoClone(
        "The hub has not looked through the newest commit yet.",
        "Try again in a minute.",
        public_origin(repository),
    )


def _for_its_secret(repository: Repository) -> NoClone:
    place = f"{repository.cohort.slug}/{repository.slug}"
    return NoClone(
        "A secret was committed in this repository, so the hub gives no clones of it "
        "until its owner has taken it out, also out of its history.",
        f"Its owner gets it on the hub's machine: nexus export {place} FOLDER",
        public_origin(repository),
    )


def public_origin(repository: Repository) -> str:
    """The address that everybody can clone the same from; empty when there is none."""
    is_remote = repository.origin_kind == OriginKind.REMOTE
    parts = urlsplit(repository.origin if is_remote else "")
    is_public = parts.scheme == "https" and parts.username is None
    return repository.origin if is_public else ""
