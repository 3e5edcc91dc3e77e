"""Words as topics are compared by: without case, accents, hyphens and the plural's s."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

#: Longer words name nothing; they are not folded.
MAX_WORD = 40
#: What stands between phrases: a match never reaches over it.
STOP = ""

# Letters and digits; the signs of C++, N+1 and C#; a dot before letters, as in .NET.
_WORD = r"[^\W_]+|[+#]|(?<!\w)\.[^\W_]+"
_STOP = r"[,;:!?()\[\]{}|\"<>=•…–—]|\.(?=\s|\Z)|(?<=\s)[-*](?=\s)"
_PIECE = re.compile(rf"{_WORD}|`+|{_STOP}")
_STOPS = frozenset(',;:!?()[]{}|"<>=•…–—.-*')
_ADDRESS = re.compile(r"\]\([^()\s]*\)?|(?:https?|ftp)://[^\s<>()|`]*|\bwww\.[^\s<>()|`]*")
_KEEPS_ITS_S = ("ss", "ps")


class Piece(NamedTuple):
    """A word of a text, or the place between two phrases (``key`` is ``STOP`` then).

    ``key`` is what is compared, ``written`` how it stands there; ``in_code`` tells whether
    backticks are around it.
    """

    key: str
    written: str = ""
    in_code: bool = False


BREAK = Piece(STOP)


def pieces(text: str) -> list[Piece]:
    """The words of a piece of Markdown in order, with breaks between phrases. Linear time.

    Addresses are no words: ``https://react.dev`` does not speak of React.
    """
    found: list[Piece] = []
    in_code = False
    for piece in _PIECE.findall(_ADDRESS.sub("]", text)):
        if piece in _STOPS:
            found.append(BREAK)
        elif piece[0] == "`":
            in_code = not in_code
        else:
            found.append(Piece(folded(piece), piece, in_code))
    return found


def key_of(words: str) -> tuple[str, ...]:
    """What ``words`` are compared by: ``N+1 Queries`` gives ``("n", "+", "1", "query")``."""
    return tuple(piece.key for piece in pieces(words) if piece is not BREAK)


def written_of(words: str) -> tuple[str, ...]:
    """The words themselves, cut as ``key_of`` cuts them."""
    return tuple(piece.written for piece in pieces(words) if piece is not BREAK)


def folded(word: str) -> str:
    """One word without case, accents and the plural's s."""
    return _folded(word) if len(word) <= MAX_WORD else word


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    small = word.casefold()
    if not small.isascii():
        parts = unicodedata.normalize("NFKD", small)
        small = "".join(part for part in parts if not unicodedata.combining(part)).casefold()
    if len(small) <= 3 or not small.endswith("s") or small.endswith(_KEEPS_ITS_S):
        return small
    return f"{small[:-3]}y" if small.endswith("ies") and len(small) > 4 else small[:-1]
