"""The readers' query language.

===================  ==========================================================
``django cache``     both words (any, when no document has both)
``"n plus one"``     the words in this order, side by side
``-redis``           not this word, phrase or filter
``cach*``            words that begin so; the last word is read so while typing
``kind:snippet``     a filter: kind, topic, tech, track, lang, person, cohort, repo, path
``lang:"Web IDL"``   a filter with a space in it
===================  ==========================================================

Anything can be typed: nothing is an error, and what makes no sense is read as words.
"""

import re
from dataclasses import dataclass, field

from nexus.search import analysis
from nexus.search.filters import FILTERS
from nexus.search.text import clean

#: What is read of a question; the rest is left out, so that no question is dear.
MAX_CHARACTERS = 1_000
MAX_TERMS = 24

_FILTERS = {word: each.field for each in FILTERS.values() for word in each.words}
_FILTERS["path"] = "path"

_PART = re.compile(
    r"""(?P<minus>-?)
        (?: (?P<name>[A-Za-z]+):(?: "(?P<quoted>[^"]*)"? | (?P<value>[^\s"]+) )
          | "(?P<phrase>[^"]*)(?P<closed>"?)
          | (?P<word>[^\s"]+)
        )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One word or phrase: ``text`` as typed, ``terms`` as the index has them.

    A word can have several terms (``select_related``). ``prefix``: its last term may go on;
    ``is_open``: only because nothing follows it, so it may be whole as well. ``is_phrase``: it
    was put in quotes, so nothing like it will do.
    """

    text: str
    terms: tuple[str, ...]
    is_phrase: bool = False
    prefix: bool = False
    is_open: bool = False

    @property
    def is_unspaced(self) -> bool:
        """Whether it is of a script written without spaces, cut into pairs."""
        return bool(analysis.UNSPACED.match(self.terms[0]))

    @property
    def is_word(self) -> bool:
        """Whether it is a single word, of a script with spaces."""
        return len(self.terms) == 1 and not (self.is_phrase or self.is_unspaced)

    @property
    def is_whole_word(self) -> bool:
        """Whether it is a single word that was typed to its end."""
        return self.is_word and not self.prefix

    @property
    def is_whole_phrase(self) -> bool:
        """Whether it is several words in quotes that were typed to their end."""
        return len(self.terms) > 1 and self.is_phrase and not self.prefix


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, understood: wanted and unwanted clauses and filters by field."""

    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unwanted_filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Something was typed, but nothing in it can be looked for.
    is_hollow: bool = False


def parse(typed: str) -> Question:
    """``typed`` as a question. Never raises."""
    text = clean(typed[:MAX_CHARACTERS])
    reading = _Reading(open_end=not text.endswith((" ", "\t", "\n")))
    for part in _PART.finditer(text):
        reading.take(part, is_last=part.end() == len(text))
    return reading.question(text)


class _Reading:
    """The parts of a question, collected."""

    def __init__(self, *, open_end: bool) -> None:
        self._open_end = open_end
        self._budget = MAX_TERMS
        self._clauses: dict[bool, list[Clause]] = {True: [], False: []}
        self._filters: dict[bool, dict[str, list[str]]] = {True: {}, False: {}}

    def take(self, part: re.Match[str], *, is_last: bool) -> None:
        wanted = not part["minus"]
        if part["name"] and part["name"].lower() in _FILTERS:
            value = part["value"] or part["quoted"] or ""
            self._filter(_FILTERS[part["name"].lower()], value.strip(), wanted=wanted)
        elif part["phrase"] is not None:
            self._phrase(part["phrase"], wanted=wanted, is_open=not part["closed"])
        else:
            text = part["word"] or part[0].lstrip("-")
            self._word(text, wanted=wanted, is_last=is_last and self._open_end)

    def question(self, text: str) -> Question:
        wanted, unwanted = self._clauses[True], self._clauses[False]
        filters, unwanted_filters = (
            {name: tuple(values) for name, values in self._filters[side].items()}
            for side in (True, False)
        )
        something = wanted or unwanted or filters or unwanted_filters
        hollow = bool(text.strip()) and not something
        return Question(tuple(wanted), tuple(unwanted), filters, unwanted_filters, hollow)

    def _filter(self, name: str, value: str, *, wanted: bool) -> None:
        if value and self._budget > 0:
            self._budget -= 1
            self._filters[wanted].setdefault(name, []).append(value)

    def _phrase(self, text: str, *, wanted: bool, is_open: bool) -> None:
        self._add(Clause(text, self._terms(text), is_phrase=True, prefix=is_open), wanted=wanted)

    def _word(self, text: str, *, wanted: bool, is_last: bool) -> None:
        is_open = is_last and wanted and text[-1:].isalnum()
        prefix = is_open or text.endswith("*")
        text = text.rstrip("*")
        parts = list(analysis.pieces(text)) if analysis.UNSPACED.search(text) else [text]
        for part in parts:
            clause = Clause(part, self._terms(part), prefix=prefix, is_open=is_open)
            self._add(clause, wanted=wanted)

    def _terms(self, text: str) -> tuple[str, ...]:
        return tuple(analysis.question_terms(text)[: max(self._budget, 0)])

    def _add(self, clause: Clause, *, wanted: bool) -> None:
        if clause.terms:
            self._budget -= len(clause.terms)
            self._clauses[wanted].append(clause)
