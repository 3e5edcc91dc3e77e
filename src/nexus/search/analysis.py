"""Text cut into the terms that the index holds; questions are cut the same way.

- Words are runs of letters and digits, folded (``text.fold``). ``select_related`` gives
  ``select related``, so that a phrase finds it.
- A few names made of symbols stay whole: C++, C#, .NET, N+1.
- Scripts written without spaces (Chinese, Japanese, Thai …) are cut into pairs of
  neighbouring characters, the field's usual way (Manning, Raghavan, Schütze:
  Introduction to Information Retrieval, 2.2.1); Korean too, for its attached particles.
- Names of code are also kept glued (``selectrelated``) and, in camel case, in parts.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from nexus.kernel.remembering import Remembered
from nexus.search.text import fold, lower, marks

#: Longer runs are hashes, keys and encoded bytes: nobody looks for them.
MAX_TERM = 64

#: So many short runs of text between blanks are remembered with what they are cut into: most
#: words of a text have come by before.
_REMEMBERED, _LONGEST_REMEMBERED = 50_000, 30

#: English words that stand in most texts, whatever these are about.
_FREQUENT = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "not", "of",
    "on", "or", "that", "the", "this", "to", "was", "with",
})  # fmt: skip

_SYMBOLS = r"[a-z]\+\+|[a-z]#|\.net\b|[a-z]\+[0-9]+"
_ASCII_TERM = re.compile(rf"{_SYMBOLS}|[a-z0-9]+")

_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer
    "\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7af\uff66-\uff9f"  # kana, hangul
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
UNSPACED = re.compile(f"[{_UNSPACED}]")
_PIECES = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")

#: Marks that writers add or leave out at will: Arabic vowels and stretching, Hebrew points.
_OPTIONAL_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")

_NAME = re.compile(r"[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*")
_CAMEL_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SEPARATORS = re.compile(r"[._-]+")


@cache
def _any_term() -> re.Pattern[str]:
    return re.compile(rf"{_SYMBOLS}|[\w{marks()}]+")


def pieces(text: str) -> list[str]:
    """The words of ``text`` in lower case, unfolded; runs of unspaced scripts stay whole."""
    cut = _ASCII_CUTS if text.isascii() else _CUTS
    return _put_together(cut, text.split())  # no word reaches over a blank


def _put_together(cut: Mapping[str, Iterable[str]], runs: Iterable[str]) -> list[str]:
    """What all the runs are cut into, without a loop of our own: every word comes by here."""
    return list(chain.from_iterable(map(cut.__getitem__, runs)))


def _cut_ascii(run: str) -> tuple[str, ...]:
    return tuple(word for word in _ASCII_TERM.findall(run.lower()) if len(word) <= MAX_TERM)


def _cut(run: str) -> tuple[str, ...]:
    found = _any_term().findall(_OPTIONAL_MARKS.sub("", lower(run)).replace("_", " "))
    return tuple(_parted(found))


def _parted(words: Iterable[str]) -> Iterator[str]:
    """Words with the runs of unspaced scripts apart from what they are written next to."""
    for word in words:
        if UNSPACED.search(word):
            yield from _PIECES.findall(word)
        elif len(word) <= MAX_TERM:
            yield word


def pairs(run: str) -> list[str]:
    """``run`` as overlapping pairs of characters, its last character alone at the end.

    The lone last character makes every single character the start of some term.
    """
    return [run[at : at + 2] for at in range(len(run))]


def terms(text: str) -> list[str]:
    """The terms of ``text`` in order, as the index holds them."""
    return terms_of(pieces(text))


def terms_of(found: list[str]) -> list[str]:
    """The terms that ``pieces`` are in the index."""
    return found if joined(found).isascii() else _put_together(_TERMS, found)


def _terms_of_piece(piece: str) -> tuple[str, ...]:
    return tuple(pairs(piece) if UNSPACED.match(piece) else fold(piece).split())


def question_terms(text: str) -> list[str]:
    """The terms that a document must have to contain ``text``.

    Like ``terms``, without the lone character that ends a run: in the document the run
    may go on.
    """
    found = terms(text)
    if len(found) > 1 and UNSPACED.match(found[-1]) and found[-2][1:] == found[-1]:
        found.pop()
    return found


def words(text: str) -> list[str]:
    """The words of ``text`` that a stemmer can take: lower case, accents kept."""
    return words_of(pieces(text))


def words_of(found: list[str]) -> list[str]:
    """Those of ``pieces`` that a stemmer can take."""
    joined_pieces = joined(found)
    if joined_pieces.isascii() or UNSPACED.search(joined_pieces) is None:
        return found
    return [piece for piece in found if not UNSPACED.match(piece)]


def frequent_runs(found: Sequence[str]) -> Iterator[str]:
    """Two and three words of most texts that stand side by side in ``found``, as one term each."""
    before = last = -2
    for at in [at for at, term in enumerate(found) if term in _FREQUENT]:
        if at - last == 1:
            yield f"{found[last]}_{found[at]}"
            if last - before == 1:
                yield f"{found[before]}_{found[last]}_{found[at]}"
        before, last = last, at


def camel_parts(name: str) -> list[str]:
    """``getUserName`` as ``get user name``; empty when there is nothing to part."""
    parts = [part.lower() for part in _CAMEL_PART.findall(name)]
    return parts if len(parts) > 1 else []


def glued(name: str) -> str:
    """``select_related``, ``selectRelated`` and ``select-related`` as ``selectrelated``."""
    return _SEPARATORS.sub("", name).lower()


def names(text: str) -> set[str]:
    """The names of code in ``text``, glued: whole, and what stands between dots."""
    return names_of(compounds(text))


def names_of(found: Iterable[str]) -> set[str]:
    """The names of code that ``compounds`` are."""
    parts = {part for name in found for part in (name, *name.split("."))}
    glue = {glued(part) for part in parts if _is_compound(part)}
    return {name for name in glue if len(name) <= MAX_TERM and not name.isdecimal()}


def name_parts(text: str) -> set[str]:
    """The words inside the camel-case names of ``text``: ``get``, ``user``, ``name``."""
    return parts_of(compounds(text))


def parts_of(found: Iterable[str]) -> set[str]:
    """The words inside the camel-case names among ``compounds``."""
    camels = {part for name in found for part in _SEPARATORS.split(name)}
    return {part for camel in camels for part in camel_parts(camel) if len(part) > 2}


def compounds(text: str) -> list[str]:
    """What stands in ``text`` as one word and is made of several, each once."""
    # No name reaches over a blank.
    return list(set(_put_together(_COMPOUNDS, set(text.split()))))


def _compounds_of(run: str) -> tuple[str, ...]:
    return tuple(name for name in _NAME.findall(run) if _is_compound(name))


def _is_compound(name: str) -> bool:
    """Whether ``name`` is made of several words: ``node.js``, ``getUser``, ``HTTPServer``."""
    if name.isalnum():
        return not (name.islower() or name.isupper() or name[1:].islower()) and len(name) > 2
    return True


def can_be_misspelt(term: str) -> bool:
    """Whether ``term`` is a word of letters, long enough for a slip to be recognised."""
    return len(term) > 3 and term.isalpha() and (term.isascii() or not UNSPACED.match(term))


def joined(found: Iterable[str]) -> str:
    """Terms as the index takes them: its own tokenizer only cuts at white space."""
    return " ".join(found)


def _remembered(work: Callable[[str], tuple[str, ...]]) -> Remembered[tuple[str, ...]]:
    return Remembered(work, most=_REMEMBERED, longest=_LONGEST_REMEMBERED)


_ASCII_CUTS, _CUTS = _remembered(_cut_ascii), _remembered(_cut)
_COMPOUNDS, _TERMS = _remembered(_compounds_of), _remembered(_terms_of_piece)
