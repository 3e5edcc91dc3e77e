"""Reads of proposals: each is seen by whoever made it and by the repository's owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from nexus.cohorts.selectors import visible_cohorts
from nexus.kernel.errors import NotFound
from nexus.library.models import Proposal, ReturnedProposal
from nexus.library.policies import can_see_proposal

if TYPE_CHECKING:
    from nexus.people.models import Person
    from nexus.repositories.models import Repository

#: What lists show; for all of it one looks into the database.
MOST_LISTED = 200
_OPEN = Proposal.State.OPEN


def proposals_of(
    repository: Repository, *, reader: Person | None, path: str | None = None
) -> QuerySet[Proposal]:
    """The proposals to a repository, or to one of its files, that ``reader`` sees: newest first.

    The repository must be one that they may see.
    """
    if reader is None:
        return Proposal.objects.none()
    found = Proposal.objects.filter(repository=repository)
    if reader.pk != repository.owner_id:
        found = found.filter(by=reader)
    if path is not None:
        found = found.filter(path=path)
    return found.select_related("by", "answered_by").order_by("-made_at", "-pk")


def open_proposals(
    repository: Repository, *, reader: Person | None, path: str | None = None
) -> QuerySet[Proposal]:
    """Those of ``proposals_of`` that wait for an answer."""
    return proposals_of(repository, reader=reader, path=path).filter(state=_OPEN)


def proposals_around(person: Person) -> list[Proposal]:
    """What a person proposed, and what waits for their answer: newest first."""
    mine = Q(by=person) | Q(repository__owner=person, state=_OPEN)
    seen = Proposal.objects.filter(mine, repository__cohort__in=visible_cohorts(person))
    found = seen.select_related("by", "answered_by", "repository__cohort", "repository__owner")
    return list(found.defer("text").order_by("-made_at", "-pk")[:MOST_LISTED])


def returned_to(person: Person) -> list[ReturnedProposal]:
    """What a person proposed to repositories that are no more, without its text: newest first."""
    found = ReturnedProposal.objects.filter(by=person).defer("text")
    return list(found.order_by("-made_at", "-pk")[:MOST_LISTED])


def count_waiting(person: Person) -> int:
    """How many proposals wait for the answer of a person."""
    asked = Proposal.objects.filter(repository__owner=person, state=_OPEN)
    return asked.filter(repository__cohort__in=visible_cohorts(person)).count()


def proposal_by_number(repository: Repository, number: int, *, reader: Person | None) -> Proposal:
    """One proposal; raises ``NotFound`` when there is none that ``reader`` sees."""
    asked = Proposal.objects.filter(repository=repository, pk=number)
    found = asked.select_related("by", "answered_by", "repository__cohort").first()
    if found is None or not can_see_proposal(reader, found):
        raise NotFound(
            "proposal-unknown",
            f"There is no proposal {number} here.",
            remedy="Those that you made, and those made to you, are listed with your account.",
        )
    return found
