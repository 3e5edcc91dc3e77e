"""Saying that a project looks for a counterpart, or no longer does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from nexus.kernel.errors import Invalid
from nexus.library.counterparts.fit import SIDES
from nexus.library.facts.fact import FactName
from nexus.library.selectors.facts import facts_of
from nexus.library.services.facts import correct_fact

if TYPE_CHECKING:
    from nexus.people.models import Person
    from nexus.repositories.models import Repository


@transaction.atomic
def look_for(*, by: Person, repository: Repository, side: str, looking: bool) -> None:
    """Let a project look for a ``side`` (``backend`` or ``frontend``), or look for it no more.

    It is the owner's correction of the fact ``looking_for``, so it outlives every sync; whom else
    the project looks for stays. Raises ``Invalid`` for another side, and what ``correct_fact``
    raises.
    """
    if side not in SIDES:
        raise Invalid("side-unknown", "A counterpart is a backend or a frontend.")
    known = [
        fact.value
        for fact in facts_of(repository)
        if fact.name == FactName.LOOKING_FOR and not fact.is_overruled
    ]
    others = [value for value in known if value != side]
    values = [*others, side] if looking else others
    correct_fact(by=by, repository=repository, name=FactName.LOOKING_FOR.value, values=values)
