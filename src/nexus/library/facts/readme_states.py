"""How far a README is: missing, empty, a stub, a tool's template, short or good."""

import re

from nexus.library.extraction.outline import BlockKind
from nexus.library.facts.fact import Fact, FactName
from nexus.library.facts.ideas import idea_fact
from nexus.library.facts.page import Page
from nexus.library.facts.wordlists import listed, words_of

MISSING, EMPTY, STUB, TEMPLATE, SHORT, GOOD = (
    "missing",
    "empty",
    "stub",
    "template",
    "short",
    "good",
)
#: Fewer words than this, headings not counted, are a stub.
_STUB_WORDS = 25
#: Fewer words than this are short.
_SHORT_WORDS = 120
#: A template with more words than this was written on.
_TEMPLATE_WORDS = 400
#: So many gaps left to fill make a template.
_GAPS = 3
#: Scripts without spaces: so many letters are about one word.
_LETTERS_A_WORD = 5

_GAP = re.compile(
    r"\[(?:your|add|insert|current|describe|project name|name of|date|list|write)\b"
    r"[^\]\n]{0,80}\](?!\()"
    r"|<your[-_ ][^>\n]{0,60}>",
    re.IGNORECASE,
)


def readme_state_fact(page: Page | None) -> Fact:
    """The state of the README at the root."""
    if page is None:
        return Fact(FactName.README_STATE, MISSING, "")
    return Fact(FactName.README_STATE, _state(page), page.path)


def _state(page: Page) -> str:
    if not any(letter.isalnum() for letter in page.text):
        return EMPTY
    words = _length(page)
    if _is_template(page, words):
        return TEMPLATE
    if words < _STUB_WORDS:
        return STUB
    return SHORT if words < _SHORT_WORDS else GOOD


def _length(page: Page) -> int:
    """How many words of prose, items and tables there are, counted up to more than matter.

    Code and headings do not count.
    """
    length = 0
    for passage in page.passages:
        if passage.block.kind is not BlockKind.HEADING and length <= _TEMPLATE_WORDS:
            cells = (cell for row in passage.block.rows for cell in row)
            length += _words(" ".join((passage.text, *cells)))
    return length


def _words(text: str) -> int:
    dense = 0 if text.isascii() else sum(map(str.isalpha, text)) // _LETTERS_A_WORD
    return max(len(words_of(text)), dense)


def _is_template(page: Page, words: int) -> bool:
    if len(_GAP.findall(page.text)) >= _GAPS:
        return True
    if words >= _TEMPLATE_WORDS:
        return False
    small = " ".join(page.text.casefold().split())
    phrases = [phrase for phrase in listed("templates") if phrase in small]
    # Who says what was built, and left standing what it was begun with, has written a README.
    is_begun_with = all("bootstrapped with" in phrase for phrase in phrases)
    return bool(phrases) and not (is_begun_with and idea_fact(page))
