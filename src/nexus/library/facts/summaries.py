"""What a project is, in the words of its README: the first paragraph of real prose."""

from collections.abc import Iterator

from nexus.library.facts.fact import Fact, FactName
from nexus.library.facts.ideas import says_what_is_built
from nexus.library.facts.page import Page, Paragraph
from nexus.library.facts.programme import names_the_programme, quotes_the_programme
from nexus.library.facts.titles import is_generic
from nexus.library.facts.wordlists import words_of
from nexus.library.rendering.prose import shortened

#: Fewer words are a label.
_MIN_WORDS = 6
#: Scripts without spaces count letters instead.
_MIN_LETTERS = 16
_NOT_PROSE = ("{%", "{{", "|", "©", "![")


def summary_fact(page: Page) -> Fact | None:
    """The summary of a README: said in its front matter, else its first telling paragraph.

    What the programme says of itself in everybody's README is taken only when there is nothing
    else.
    """
    if said := page.said("summary") or page.said("description"):
        return Fact(FactName.SUMMARY, shortened(said), page.path, 1)
    found = [paragraph for paragraph in page.paragraphs() if is_prose(paragraph)]
    quotes = [quote for quote in page.quotes() if is_prose(quote)]
    for paragraph in _by_worth(found, quotes):
        value = shortened(paragraph.text)
        return Fact(FactName.SUMMARY, value, page.path, paragraph.line, is_guess=True)
    return None


def is_boilerplate(text: str) -> bool:
    """Whether a paragraph speaks of the programme rather than of what was built in it."""
    if quotes_the_programme(text):
        return True
    return names_the_programme(text) and not says_what_is_built(text)


def is_prose(paragraph: Paragraph) -> bool:
    """Whether a paragraph is made of sentences: no label, no template, no row of links."""
    text = paragraph.text
    if text.startswith(_NOT_PROSE) or text.endswith(":") or is_generic(text):
        return False
    if len(words_of(text)) >= _MIN_WORDS:
        return True
    return not text.isascii() and sum(map(str.isalpha, text)) >= _MIN_LETTERS


def _by_worth(found: list[Paragraph], quotes: list[Paragraph]) -> Iterator[Paragraph]:
    what = [part for part in found if not part.is_how_to]
    yield from (part for part in (*what, *quotes) if not is_boilerplate(part.text))
    yield from what
    yield from quotes
