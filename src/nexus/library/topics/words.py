"""Words as topics are compared by: without case, accents, hyphens and the plural's s."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count

#: Longer words name nothing; they are not folded.
MAX_WORD = 40
#: The key of what stands between phrases: a name never reaches over it.
STOP = ""
#: So many words are remembered with their keys.
_REMEMBERED = 50_000

_BETWEEN_PARTS = "\x1e"
_TICK = "`"
# Letters and digits; the signs of C++, N+1 and C#; a dot before letters, as in .NET.
_WORD = r"[^\W_]+|[+#]|(?<!\w)\.[^\W_]+"
_STOP = r"[,;:!?()\[\]{}|\"<>=•…–—\x1e]|\.(?=\s|\Z)|(?<=\s)[-*](?=\s)"
_PIECE = re.compile(rf"{_WORD}|{_TICK}|{_STOP}")
_STOPS = frozenset(',;:!?()[]{}|"<>=•…–—.-*`\x1e')
_ADDRESS = re.compile(r"\]\([^()\s]*\)?|(?:https?|ftp)://[^\s<>()|`]*|\bwww\.[^\s<>()|`]*")
_KEEPS_ITS_S = ("ss", "ps")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of several texts in order, with a stop after each.

    ``written`` are the words as they stand there, ``keys`` what each is compared by; between
    phrases the key is ``STOP``. ``ends`` are the places behind the last word of each text.
    """

    written: Sequence[str]
    keys: Sequence[str]
    ends: Sequence[int]
    ticks: Sequence[int]

    def text_of(self, place: int) -> int:
        """The number of the text that the word at ``place`` stands in, from 0."""
        return bisect_left(self.ends, place)

    def is_in_code(self, place: int) -> bool:
        """Whether backticks are around the word at ``place``."""
        text = self.text_of(place)
        began = self.ends[text - 1] if text else 0
        return (bisect_left(self.ticks, place) - bisect_left(self.ticks, began)) % 2 == 1

    def lengths(self) -> Iterator[int]:
        """How many words each text has."""
        began = 0
        for end in self.ends:
            yield sum(map(bool, self.keys[began:end]))
            began = end


class _Keys(dict[str, str]):
    """Remembers the key of every word that was met, up to a bound."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        key = self[word] = STOP if word in _STOPS else folded(word)
        return key


_KEYS = _Keys()


def words_of(texts: Iterable[str]) -> Words:
    """The words of pieces of Markdown. Linear time.

    Addresses are no words: ``https://react.dev`` does not speak of React.
    """
    parts = (text.replace(_BETWEEN_PARTS, " ") for text in texts)
    whole = "".join(f"{part}{_BETWEEN_PARTS}" for part in parts)
    written = _PIECE.findall(_ADDRESS.sub("]", whole))
    keys = list(map(_KEYS.__getitem__, written))
    ticks = _places(written, _TICK) if _TICK in whole else []
    return Words(written, keys, _places(written, _BETWEEN_PARTS), ticks)


def _places(written: Sequence[str], word: str) -> list[int]:
    """Where ``word`` stands. Without a loop of our own: every word of every text comes by."""
    return list(compress(count(), map(word.__eq__, written)))


def key_of(name: str) -> tuple[str, ...]:
    """What a name is compared by: ``N+1 Queries`` gives ``("n", "+", "1", "query")``."""
    return tuple(filter(None, words_of([name]).keys))


def written_of(name: str) -> tuple[str, ...]:
    """The words of a name themselves, cut as ``key_of`` cuts them."""
    words = words_of([name])
    return tuple(word for word, key in zip(words.written, words.keys, strict=True) if key)


def folded(word: str) -> str:
    """One word without case, accents and the plural's s."""
    if len(word) > MAX_WORD:
        return word
    small = word.casefold()
    if not small.isascii():
        parts = unicodedata.normalize("NFKD", small)
        small = "".join(part for part in parts if not unicodedata.combining(part)).casefold()
    if len(small) <= 3 or not small.endswith("s") or small.endswith(_KEEPS_ITS_S):
        return small
    return f"{small[:-3]}y" if small.endswith("ies") and len(small) > 4 else small[:-1]
