"""The one table that says what a credential of each scope is good for.

What somebody may do is told by their role in a cohort; a scope only takes away from that. A
session, opened by the person themselves, has every scope. Apps may ask for the same scopes, and
for claims: what they learn of the person.
"""

from collections.abc import Collection
from enum import StrEnum


class Scope(StrEnum):
    """What a credential may be used for."""

    READ = "read"
    WRITE = "write"
    GIT = "git"


class Claim(StrEnum):
    """What an app may learn of a person (OpenID Connect Core 1.0, section 5.4)."""

    OPENID = "openid"
    PROFILE = "profile"
    EMAIL = "email"


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

#: Each claim in words.
CLAIM_WORDS: dict[Claim, str] = {
    Claim.OPENID: "Know you again: the number of your account, and nothing else.",
    Claim.PROFILE: "Know your handle, your name and your time zone.",
    Claim.EMAIL: "Know your e-mail address.",
}

#: Everything that an app may ask for, in words, in the order in which a person reads it.
APP_SCOPES: dict[str, str] = dict([*CLAIM_WORDS.items(), *SCOPE_WORDS.items()])

#: What an app may have that acts on its own, with nobody there to be asked: decision 0027.
OWN_SCOPES = frozenset({Scope.READ})


def allows(scopes: Collection[str], action: str) -> bool:
    """Whether one of ``scopes`` is enough for ``action``, a key of ``SCOPE_TABLE``."""
    return not SCOPE_TABLE[action].isdisjoint(scopes)
