"""Whose an address is: the project's own, or somebody else's."""

from dataclasses import dataclass
from functools import cached_property

from nexus.library.facts.fact import GitFacts
from nexus.library.facts.web import Web, origin_of


@dataclass(frozen=True)
class Ownership:
    """Tells the owner of the origin, and those who wrote commits, from everybody else."""

    git: GitFacts

    @cached_property
    def origin(self) -> Web | None:
        """The repository's own address; None when it has none that is known."""
        return origin_of(self.git.origin)

    @cached_property
    def _ours(self) -> frozenset[str]:
        owner = self.origin.owner if self.origin else ""
        return frozenset(filter(None, map(_letters, (owner, *self.git.contributors))))

    def is_ours(self, address: Web) -> bool:
        """Whether an address names the origin's owner, or somebody who wrote commits."""
        return bool(address.owner) and _letters(address.owner) in self._ours

    def is_others(self, address: Web) -> bool:
        """Whether an address names an owner who has no part in this repository.

        Without a known origin nothing can be told, so nothing is another's.
        """
        return bool(self.origin and address.owner) and not self.is_ours(address)

    def is_this_repository(self, address: Web) -> bool:
        """Whether an address names a repository called as this one is, whoever owns it."""
        return bool(
            self.origin and self.origin.repository.casefold() == address.repository.casefold()
        )


def _letters(name: str) -> str:
    """A name as it is compared: ``Lewis Magangi`` and ``LewisMagangi`` are one person."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
