"""The anchors of headings, by GitHub's rule.

The rule, as github-slugger states it: small letters; everything goes but letters, marks,
decimal digits, connector punctuation, hyphens and spaces; each space becomes a hyphen; an
anchor that is taken gets ``-1``, ``-2``. An emoji short code keeps its name
(``:rocket: Start`` gives ``rocket-start``), an emoji leaves nothing (``-start``).
"""

import re
import unicodedata
from functools import lru_cache

_KEPT = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Mn", "Mc", "Me", "Nd", "Pc"})
# Ⓐ to ⓩ and 🄰 to 🆉 are symbols by category, but alphabetic by property.
_ALPHABETIC_SYMBOLS = (
    (0x24B6, 0x24E9),
    (0x1F130, 0x1F149),
    (0x1F150, 0x1F169),
    (0x1F170, 0x1F189),
)
_ASCII_DROPPED = re.compile(r"[^a-z0-9_ -]+")


def slug(text: str) -> str:
    """The anchor of a heading that says ``text``, before it is made unique."""
    small = text.lower()
    if small.isascii():
        return _ASCII_DROPPED.sub("", small).replace(" ", "-")
    return "".join(char for char in small if _is_kept(char)).replace(" ", "-")


class Anchors:
    """Gives the headings of one document their anchors, each once."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def give(self, text: str) -> str:
        """The anchor of the next heading, which says ``text``; it may be empty."""
        wanted = anchor = slug(text)
        while anchor in self._taken:
            self._taken[wanted] += 1
            anchor = f"{wanted}-{self._taken[wanted]}"
        self._taken[anchor] = 0
        return anchor


@lru_cache(maxsize=4096)
def _is_kept(char: str) -> bool:
    if char in " -" or unicodedata.category(char) in _KEPT:
        return True
    return any(first <= ord(char) <= last for first, last in _ALPHABETIC_SYMBOLS)
