"""Giving back what others proposed to a repository that its owner takes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus.kernel.errors import NexusError
from nexus.library.models import Proposal, ReturnedProposal
from nexus.library.selectors.texts import text_of

if TYPE_CHECKING:
    from nexus.repositories.models import Repository

_AT_ONCE = 20


def give_back(repository: Repository) -> None:
    """Keep the lines that people proposed to a repository, for them alone.

    Called in the transaction that removes it, while its store is there. What they began from
    goes with its owner. Former members are nobody to give it to.
    """
    made = Proposal.objects.filter(repository=repository).select_related("by").order_by("pk")
    for one in made.iterator(chunk_size=_AT_ONCE):
        if not one.by.is_former:
            ReturnedProposal.objects.create(
                by=one.by,
                path=one.path,
                text=_own_lines(repository, one),
                message=one.message,
                made_at=one.made_at,
            )


def _own_lines(repository: Repository, proposal: Proposal) -> str:
    """The lines that the file did not have; all of them when nobody can read what it had."""
    try:
        base = text_of(repository, proposal.base_blob, proposal.path) or ""
    except NexusError:
        base = ""
    there = set(base.splitlines())
    return "\n".join(line for line in proposal.text.splitlines() if line not in there)
