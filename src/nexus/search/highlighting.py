"""Extracts and titles with the matches marked, as HTML that is safe to put into a page.

What the question wants is looked for again in the text itself, by the rules that found
the document: exact, prefix, stem, correction, phrase. Only this module writes ``<mark>``;
all else is escaped.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Protocol

from nexus.kernel.remembering import Remembered
from nexus.search import analysis, stemming
from nexus.search.parsing import Clause
from nexus.search.text import fold, lower, marks

_EXTRACT = 220
#: An extract is cut between words, if there is a gap this near.
_SLACK = 24
#: A long text is looked through by pages of so many characters: the first few, and on
#: until there is a match.
_PAGE, _FEW_PAGES = 20_000, 3
#: Places in one text that are looked at for one word.
_MOST_PLACES = 1_000
#: So many matches are weighed together.
_NEAR = 20
#: So many words of the texts are remembered with whether they are what is wanted.
_REMEMBERED = 1_000

_SPACE = re.compile(r"\s+")
_SPECIAL = re.compile(r"""[&<>"']""")
#: What joins the parts of one name: two matches around it are marked as one.
_JOINTS = frozenset("_.-")
#: A word in text of plain letters, and what stands between two words of any text.
_ASCII_WORD = re.compile(r"(?<![a-z0-9])[a-z0-9]+")
_GAP = re.compile(r"[\W_]+")


#: One match in a text: where it begins and ends, and which of the wanted things it is.
Match = tuple[int, int, int]


class _Wanted(Protocol):
    """One thing that is wanted, as it looks in a folded text."""

    def find(self, folded: str) -> Iterable[tuple[int, int]]:
        """Where it begins and ends, place by place."""


@dataclass(frozen=True, slots=True)
class _Literal:
    """A text that is wanted as it is."""

    text: str

    def find(self, folded: str) -> Iterable[tuple[int, int]]:
        return ((at, at + len(self.text)) for at in _places(folded, self.text))


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of code that begins with ``first`` and goes on as ``shape``."""

    first: str
    shape: re.Pattern[str]

    def find(self, folded: str) -> Iterable[tuple[int, int]]:
        shaped = (self.shape.match(folded, at) for at in _places(folded, self.first))
        return (found.span() for found in shaped if found)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words one after the other, whatever stands between them that is no word.

    ``open_end``: the last one may go on.
    """

    terms: Sequence[str]
    open_end: bool

    def find(self, folded: str) -> Iterator[tuple[int, int]]:
        for at in _places(folded, self.terms[0]):
            end = -1 if folded[at - 1 : at].isalnum() else self._end(folded, at)
            if end >= 0:
                yield at, end

    def _end(self, folded: str, at: int, number: int = 0) -> int:
        """Where the words from ``number`` on end, the first of them being ``at``; -1: nowhere."""
        if not folded.startswith(self.terms[number], at):
            return -1
        at += len(self.terms[number])
        if number + 1 == len(self.terms):
            return at if self.open_end or not folded[at : at + 1].isalnum() else -1
        gap = _GAP.match(folded, at)
        if gap is None:
            return -1
        # A word that begins with a sign (``.net``) may begin within the gap.
        signed = not self.terms[number + 1][0].isalnum()
        starts = range(gap.end(), at if signed else gap.end() - 1, -1)
        return next((end for s in starts if (end := self._end(folded, s, number + 1)) >= 0), -1)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that begins as one of ``starters`` and that ``meets`` says is wanted."""

    starters: Sequence[str]
    meets: Remembered[bool]

    def find(self, folded: str) -> list[tuple[int, int]]:
        # Every place of every text that is shown comes by here.
        word_at, meets = _whole_word(is_ascii=folded.isascii()).match, self.meets
        found = []
        for starter in self.starters:
            for at in _places(folded, starter):
                word = word_at(folded, at)
                if word and meets[word[0]]:
                    found.append(word.span())
        return found


class Highlighter:
    """Marks what ``clauses`` matched.

    ``replacements`` are the corrections in force, ``languages`` those of the index.
    """

    def __init__(
        self,
        clauses: Iterable[Clause],
        *,
        replacements: Mapping[str, tuple[str, ...]],
        languages: tuple[str, ...],
    ) -> None:
        self._languages = languages
        self._replacements = replacements
        self._wanted = [wanted for clause in clauses for wanted in self._looks(clause)]

    def title(self, text: str) -> str:
        """The whole of ``text``, matches marked."""
        return _marked(text, self.matches(text), 0, len(text))

    def extract(self, text: str, *, otherwise: str = "") -> str:
        """Some 220 characters of ``text`` that hold the most of what is wanted.

        Without a match, the beginning of ``otherwise`` or else of ``text``.
        """
        text, found = self._richest_page(text)
        if not found and otherwise:
            return self.extract(otherwise)
        start, end = _cut(text, *_densest(found))
        inside = [match for match in found if start <= match[0] and match[1] <= end]
        before = "… " if text[:start].strip() else ""
        after = " …" if text[end:].strip() else ""
        return f"{before}{' '.join(_marked(text, inside, start, end).split())}{after}"

    def _richest_page(self, text: str) -> tuple[str, list[Match]]:
        """The page of a long text to take an extract from, and its matches.

        It is the first one that has all that is wanted, or the best of the first few; pages
        without any match are passed over to the end.
        """
        if len(text) <= _PAGE:
            return text, self.matches(text)
        best, matches, richness = text[:_PAGE], list[Match](), 0
        for number, start in enumerate(range(0, len(text), _PAGE), start=1):
            page = text[start : start + _PAGE]
            found = self.matches(page)
            kinds = len({wanted for _, _, wanted in found})
            if kinds > richness:
                best, matches, richness = page, found, kinds
            if richness == len(self._wanted) or (richness and number >= _FEW_PAGES):
                break
        return best, matches

    def matches(self, text: str) -> list[Match]:
        """The matches in ``text`` in order, none overlapping."""
        folded = fold(lower(text))
        found = [(start, end, number) for number, wanted in enumerate(self._wanted)
                 for start, end in wanted.find(folded)]  # fmt: skip
        found.sort()
        apart, at = list[Match](), 0
        for match in found:
            if match[0] >= at:
                apart.append(match)
                at = match[1]
        return apart

    def _looks(self, clause: Clause) -> Iterator[_Wanted]:
        if clause.is_phrase:
            yield _phrase(clause)
        elif clause.is_unspaced:
            yield _Literal(fold(clause.text))
        else:
            yield from _name(clause)
            name = analysis.glued(clause.text)
            for term in clause.terms:
                last = clause.prefix and term == clause.terms[-1]
                yield self._word(term, also=name, prefix=term if last else "")

    def _word(self, term: str, *, also: str, prefix: str) -> _Wanted:
        if not term.isalnum() and term.isascii():
            return _Literal(term)
        languages, words = self._languages, {term, also, *self._replacements.get(term, ())}
        stems = {stem for word in words for stem in stemming.stem_variants(word, languages)}

        def is_meant(word: str) -> bool:
            if word in words or (prefix and word.startswith(prefix)):
                return True
            return not stems.isdisjoint(stemming.stem_variants(word, languages))

        starters = words | {_root(stem) for stem in stems}
        return _Word(
            starters=[each for each in starters if not _begins_with_another(each, starters)],
            meets=Remembered(is_meant, most=_REMEMBERED, longest=_PAGE),
        )


def _places(text: str, starter: str) -> list[int]:
    """Where ``starter`` stands, the first places of very many."""
    places: list[int] = []
    at = text.find(starter)
    while at >= 0 and len(places) < _MOST_PLACES:
        places.append(at)
        at = text.find(starter, at + len(starter))
    return places


def _name(clause: Clause) -> Iterator[_Wanted]:
    """A name of code in whatever style: ``getUserName``, ``get_user_name``, ``get-user-name``."""
    parts = analysis.camel_parts(clause.text)
    if parts:
        style = r"[._-]?".join(map(re.escape, parts))
        yield _Name(parts[0], re.compile(rf"(?<![^\W_]){style}[^\W_]*"))


def _phrase(clause: Clause) -> _Wanted:
    if clause.is_unspaced:
        return _Literal(fold(lower(clause.text.strip())))
    return _Phrase(clause.terms, open_end=clause.prefix)


@cache
def _whole_word(*, is_ascii: bool) -> re.Pattern[str]:
    if is_ascii:
        return _ASCII_WORD
    return re.compile(rf"(?<![^\W_])(?:[^\W_]|[{marks()}])+")


def _root(stem: str) -> str:
    """The part of a stem that its words have in common: ``queri`` stems ``query`` too."""
    return stem[:-1] if len(stem) > 3 else stem


def _begins_with_another(starter: str, starters: set[str]) -> bool:
    return any(other != starter and starter.startswith(other) for other in starters)


def _densest(found: Sequence[Match]) -> tuple[int, int]:
    """The stretch of at most an extract's length with the most different matches."""
    best, stretch = (0, 0), (0, 0)
    for first, (start, _, _) in enumerate(found):
        last = start + _EXTRACT
        near = [match for match in found[first : first + _NEAR] if match[1] <= last]
        worth = (len({wanted for _, _, wanted in near}), len(near))
        if worth > best:
            best, stretch = worth, (start, near[-1][1])
        if first + len(near) == len(found):  # what begins later has less
            break
    return stretch


def _cut(text: str, first: int, last: int) -> tuple[int, int]:
    """An extract's beginning and end around the stretch from ``first`` to ``last``.

    What was found stands near the beginning, at the end of a text as well: a phone shows no more
    than the first lines.
    """
    spare = max(_EXTRACT - (last - first), 0)
    start = max(first - spare // 3, 0)
    end = min(max(start + _EXTRACT, last), len(text))
    return _next_gap(text, start, first), _last_gap(text, end, last)


def _next_gap(text: str, start: int, limit: int) -> int:
    if start == 0:
        return 0
    gap = _SPACE.search(text, start, min(start + _SLACK, limit))
    return gap.end() if gap else start


def _last_gap(text: str, end: int, limit: int) -> int:
    if end >= len(text):
        return end
    begin = max(end - _SLACK, limit)
    around = text[begin:end]
    words = around.split()
    if words and not around[-1].isspace():
        around = around.removesuffix(words[-1])
    return begin + len(around.rstrip()) if around else end


def _marked(text: str, found: Iterable[Match], start: int, end: int) -> str:
    """``text`` from ``start`` to ``end``, escaped, with ``found`` marked."""
    shown = escape if _SPECIAL.search(text, start, end) else str  # most have nothing to escape
    parts, at = list[str](), start
    for first, last in _merged(text, found):
        parts += (shown(text[at:first]), "<mark>", shown(text[first:last]), "</mark>")
        at = last
    return "".join((*parts, shown(text[at:end])))


def _merged(text: str, found: Iterable[Match]) -> list[tuple[int, int]]:
    """The matches, those that belong to one name (``select_related``) as one."""
    spans: list[tuple[int, int]] = []
    for start, end, _ in found:
        if spans and text[spans[-1][1] : start] in _JOINTS:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
