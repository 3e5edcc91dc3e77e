"""The one table that says what a credential of each scope is good for.

What somebody may do is told by their role in a cohort; a scope only takes away from that. A
session, opened by the person themselves, has every scope.
"""

from collections.abc import Collection
from enum import StrEnum


class Scope(StrEnum):
    """What a credential may be used for."""

    READ = "read"
    WRITE = "write"
    GIT = "git"


EVERYTHING = frozenset(Scope)

#: What can be done with a credential, and which scopes allow it: one of them is enough.
SCOPE_TABLE: dict[str, frozenset[Scope]] = {
    "read": frozenset({Scope.READ, Scope.WRITE}),
    "change": frozenset({Scope.WRITE}),
    "fetch": frozenset({Scope.READ, Scope.GIT}),
    "push": frozenset({Scope.GIT}),
}

#: Each scope in words, for the form and the documentation.
SCOPE_WORDS: dict[Scope, str] = {
    Scope.READ: "Read what you may read, and clone.",
    Scope.WRITE: "Read and change what you may change, as on the pages. No pushing.",
    Scope.GIT: "Clone, fetch and push with Git.",
}


def allows(scopes: Collection[str], action: str) -> bool:
    """Whether one of ``scopes`` is enough for ``action``, a key of ``SCOPE_TABLE``."""
    return not SCOPE_TABLE[action].isdisjoint(scopes)
