"""Words as topics are compared by: without case, accents, hyphens and the plural's s."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, count

#: Longer words name nothing; they are not folded.
MAX_WORD = 40
#: The key of what stands between phrases: a name never reaches over it.
STOP = ""
#: So many words are remembered with their keys, and pieces of text with their words.
_REMEMBERED = 50_000
#: Longer pieces of text are data; they are not remembered.
_MAX_PIECE = 120

_BETWEEN_TEXTS = "\x1e"
_TICK = "`"
# Letters and digits; the signs of C++, N+1 and C#; a dot before letters, as in .NET.
_WORD = r"[^\W_]+|[+#]|(?<!\w)\.[^\W_]+"
_STOP = r"[,;:!?()\[\]{}|\"<>=•…–—\x1e]|\.\Z|\A[-*]\Z"
_WORD_OR_MARK = re.compile(rf"{_WORD}|{_TICK}|{_STOP}")
_STOPS = frozenset(',;:!?()[]{}|"<>=•…–—.-*`\x1e')
_ADDRESS = re.compile(r"\]\([^()\s]*\)?|(?:https?|ftp)://[^\s<>()|`]*|\bwww\.[^\s<>()|`]*")
_MAY_HOLD_ADDRESS = re.compile(r"\]\(|://|www\.")
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
            yield end - began - self.keys[began:end].count(STOP)
            began = end


class _Keys(dict[str, str]):
    """Remembers the key of every word that was met, up to a bound."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        key = self[word] = STOP if word in _STOPS else folded(word)
        return key


class _Cuts(dict[str, tuple[str, ...]]):
    """Remembers how pieces of text without blanks are cut into words and marks, up to a bound."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        is_word = piece.isalnum()
        cut = (piece,) if is_word else tuple(_WORD_OR_MARK.findall(_without_address(piece)))
        if len(piece) <= _MAX_PIECE:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[piece] = cut
        return cut


_KEYS, _CUTS = _Keys(), _Cuts()


def words_of(texts: Iterable[str]) -> Words:
    """The words of pieces of Markdown. Linear time.

    Addresses are no words: ``https://react.dev`` does not speak of React.
    """
    # No loop of our own: every word of every text comes by, and most have come by before.
    written: list[str] = []
    ends: list[int] = []
    for text in texts:
        written += chain.from_iterable(map(_CUTS.__getitem__, text.split()))
        ends.append(len(written))
        written.append(_BETWEEN_TEXTS)
    return Words(written, list(map(_KEYS.__getitem__, written)), ends, _places(written, _TICK))


def _places(written: Sequence[str], word: str) -> list[int]:
    """Where ``word`` stands."""
    return list(compress(count(), map(word.__eq__, written))) if word in written else []


def _without_address(piece: str) -> str:
    return _ADDRESS.sub("]", piece) if _MAY_HOLD_ADDRESS.search(piece) else piece


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
