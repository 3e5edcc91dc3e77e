"""Extracts and titles with the matches marked, as HTML that is safe to put into a page.

What the question wants is looked for again in the text itself, by the rules that found
the document: exact, prefix, stem, correction, phrase. Only this module writes ``<mark>``;
all else is escaped.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import islice

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

_SPACE = re.compile(r"\s+")
_SPECIAL = re.compile(r"""[&<>"']""")
#: What joins the parts of one name: two matches around it are marked as one.
_JOINTS = frozenset("_.-")


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """One match in a text: where, and which of the wanted things it is."""

    start: int
    end: int
    wanted: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What one wanted thing looks like: it begins as a starter, and goes on as ``shape``.

    A word so found must be one of ``words``, begin as ``prefix``, or share a stem; with
    none of these given, the shape is enough.
    """

    starters: frozenset[str]
    shape: re.Pattern[str]
    words: frozenset[str] = frozenset()
    prefix: str = ""
    stems: frozenset[str] = frozenset()


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
        self._met: dict[tuple[int, str], bool] = {}

    def title(self, text: str) -> str:
        """The whole of ``text``, matches marked."""
        return _marked(text, self.matches(text))

    def extract(self, text: str, *, otherwise: str = "") -> str:
        """Some 220 characters of ``text`` that hold the most of what is wanted.

        Without a match, the beginning of ``otherwise`` or else of ``text``.
        """
        text, found = self._richest_page(text)
        if not found and otherwise:
            return self.extract(otherwise)
        start, end = _cut(text, *_densest(found))
        inside = [Match(m.start - start, m.end - start, m.wanted) for m in found
                  if start <= m.start and m.end <= end]  # fmt: skip
        before = "… " if text[:start].strip() else ""
        after = " …" if text[end:].strip() else ""
        return f"{before}{' '.join(_marked(text[start:end], inside).split())}{after}"

    def _richest_page(self, text: str) -> tuple[str, list[Match]]:
        """The page of a long text to take an extract from, and its matches.

        It is the first one that has all that is wanted, or the best of the first few; pages
        without any match are passed over to the end.
        """
        best, matches, richness = text[:_PAGE], list[Match](), 0
        for number, start in enumerate(range(0, len(text), _PAGE), start=1):
            page = text[start : start + _PAGE]
            found = self.matches(page)
            kinds = len({match.wanted for match in found})
            if kinds > richness:
                best, matches, richness = page, found, kinds
            if richness == len(self._wanted) or (richness and number >= _FEW_PAGES):
                break
        return best, matches

    def matches(self, text: str) -> list[Match]:
        """The matches in ``text`` in order, none overlapping."""
        folded = fold(lower(text))
        found = sorted(match for number in range(len(self._wanted))
                       for match in self._find(folded, number))  # fmt: skip
        apart: list[Match] = []
        for match in found:
            if not apart or match.start >= apart[-1].end:
                apart.append(match)
        return apart

    def _find(self, folded: str, number: int) -> Iterator[Match]:
        wanted = self._wanted[number]
        for starter in wanted.starters:
            for at in islice(_places(folded, starter), _MOST_PLACES):
                shaped = wanted.shape.match(folded, at)
                if shaped and self._is_met(number, shaped[0]):
                    yield Match(at, shaped.end(), number)

    def _is_met(self, number: int, word: str) -> bool:
        if (number, word) not in self._met:
            self._met[number, word] = self._meets(self._wanted[number], word)
        return self._met[number, word]

    def _meets(self, wanted: _Wanted, word: str) -> bool:
        if not wanted.words or word in wanted.words:
            return True
        if wanted.prefix and word.startswith(wanted.prefix):
            return True
        return not wanted.stems.isdisjoint(stemming.stem_variants(word, self._languages))

    def _looks(self, clause: Clause) -> Iterator[_Wanted]:
        if clause.is_unspaced and not clause.is_phrase:
            yield _literal(fold(clause.text))
        elif clause.is_phrase:
            yield _phrase(clause)
        else:
            yield from _name(clause)
            name = analysis.glued(clause.text)
            for term in clause.terms:
                last = clause.prefix and term == clause.terms[-1]
                yield self._word(term, also=name, prefix=term if last else "")

    def _word(self, term: str, *, also: str, prefix: str) -> _Wanted:
        if not term.isalnum() and term.isascii():
            return _literal(term)
        words = {term, also, *self._replacements.get(term, ())}
        stems = {s for word in words for s in stemming.stem_variants(word, self._languages)}
        starters = words | {_root(stem) for stem in stems}
        return _Wanted(
            starters=frozenset(s for s in starters if not _begins_with_another(s, starters)),
            shape=_whole_word(),
            words=frozenset(words),
            prefix=prefix,
            stems=frozenset(stems),
        )


def _places(text: str, starter: str) -> Iterator[int]:
    at = text.find(starter)
    while at >= 0:
        yield at
        at = text.find(starter, at + len(starter))


def _literal(text: str) -> _Wanted:
    return _Wanted(frozenset({text}), re.compile(re.escape(text)))


def _name(clause: Clause) -> Iterator[_Wanted]:
    """A name of code in whatever style: ``getUserName``, ``get_user_name``, ``get-user-name``."""
    parts = analysis.camel_parts(clause.text)
    if parts:
        style = r"[._-]?".join(map(re.escape, parts))
        yield _Wanted(frozenset({parts[0]}), re.compile(rf"(?<![^\W_]){style}[^\W_]*"))


def _phrase(clause: Clause) -> _Wanted:
    """Words one after the other, whatever stands between them that is no word."""
    unspaced = clause.is_unspaced
    terms = [fold(lower(clause.text.strip()))] if unspaced else list(clause.terms)
    gap, end = r"[\W_]+", "" if clause.prefix or unspaced else r"(?![^\W_])"
    start = "" if unspaced else r"(?<![^\W_])"
    return _Wanted(frozenset({terms[0]}), re.compile(start + gap.join(map(re.escape, terms)) + end))


@cache
def _whole_word() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:[^\W_]|[{marks()}])+")


def _root(stem: str) -> str:
    """The part of a stem that its words have in common: ``queri`` stems ``query`` too."""
    return stem[:-1] if len(stem) > 3 else stem


def _begins_with_another(starter: str, starters: set[str]) -> bool:
    return any(other != starter and starter.startswith(other) for other in starters)


def _densest(found: list[Match]) -> tuple[int, int]:
    """The stretch of at most an extract's length with the most different matches."""
    best, stretch = (0, 0), (0, 0)
    for first, match in enumerate(found):
        near = [m for m in found[first : first + 20] if m.end <= match.start + _EXTRACT]
        worth = (len({m.wanted for m in near}), len(near))
        if worth > best:
            best, stretch = worth, (match.start, near[-1].end)
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
    gaps = list(_SPACE.finditer(text, max(end - _SLACK, limit), end))
    return gaps[-1].start() if gaps else end


def _marked(text: str, found: list[Match]) -> str:
    shown = escape if _SPECIAL.search(text) else str  # most texts have nothing to escape
    parts, at = [], 0
    for start, end in _merged(text, found):
        parts += [shown(text[at:start]), "<mark>", shown(text[start:end]), "</mark>"]
        at = end
    return "".join([*parts, shown(text[at:])])


def _merged(text: str, found: list[Match]) -> list[tuple[int, int]]:
    """The matches, those that belong to one name (``select_related``) as one."""
    spans: list[tuple[int, int]] = []
    for match in found:
        if spans and text[spans[-1][1] : match.start] in _JOINTS:
            spans[-1] = (spans[-1][0], match.end)
        else:
            spans.append((match.start, match.end))
    return spans
