"""What a handle looks like, how one is made from any name, and which look alike."""

import re
import unicodedata

from nexus.people.names import name_skeleton

HANDLE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}")
FALLBACK = "person"
#: How the handles begin of those whose account is gone.
FORMER = "former-member"

#: Signs that a reader takes for each other, also across cases; a hyphen is easily overlooked.
_ALIKE = str.maketrans({"i": "l", "1": "l", "0": "o", "-": None})
_PAIRS_ALIKE = (("rn", "m"), ("vv", "w"))

#: Handles that would speak for the hub itself, or pass for an address of it.
RESERVED = frozenset(
    {
        *("abuse", "account", "accounts", "add", "admin", "administration", "administrator"),
        *("anonymous", "api", "assistant", "bot", "cohort", "commons", "contact", "daemon"),
        *("deleted", "everybody", "everyone", "git", "graphql", "guest", "health", "help"),
        *("hostmaster", "hub", "info", "live", "login", "logout", "mail", "mailer-daemon", "me"),
        *("mentor", "mock", "moderator", "moderators", "nexus", "no-reply", "nobody", "noreply"),
        *("notifications", "oauth", "operator", "owner", "password", "person", "postmaster"),
        *("root", "search", "security", "self", "settings", "sign-in", "sign-out", "sign-up"),
        *("staff", "static", "status", "superuser", "support", "system", "team", "test"),
        *("undefined", "unknown", "user", "users", "webmaster", "you"),
    }
)


def is_handle(text: str) -> bool:
    """Whether ``text`` can be a handle: letters, digits and single hyphens, at most 39."""
    return HANDLE.fullmatch(text) is not None


def handle_from(name: str) -> str:
    """The nearest handle to ``name``; ``person`` when nothing of it can be kept."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", folded)
    return "-".join(words)[:39].strip("-") or FALLBACK


def skeleton_of(handle: str) -> str:
    """What is left of ``handle`` when signs that look alike are one.

    Two handles with the same skeleton can be taken for each other: ``Mary-Ann``, ``maryann``
    and ``rnaryann``; ``lan``, ``Ian`` and ``1an``.
    """
    folded = handle.lower()
    for pair, sign in _PAIRS_ALIKE:
        folded = folded.replace(pair, sign)
    return folded.translate(_ALIKE)


_RESERVED_SKELETONS = frozenset(map(skeleton_of, RESERVED))


def is_reserved(handle: str) -> bool:
    """Whether ``handle`` is kept for the hub or for former members, or looks so."""
    skeleton = skeleton_of(handle)
    return skeleton in _RESERVED_SKELETONS or skeleton.startswith(skeleton_of(FORMER))


def is_reserved_name(name: str) -> bool:
    """Whether a name, whatever letters it is written in, is a word that is kept for the hub."""
    return is_reserved("-".join(name_skeleton(name).split()))
