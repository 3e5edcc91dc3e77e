"""What a project is, in the words of its README: the first paragraph of real prose."""

import re
from collections.abc import Sequence
from itertools import islice

from nexus.library.facts.fact import Fact, FactName
from nexus.library.facts.ideas import (
    is_of_the_programme,
    says_what_is_built,
    without_leading_over,
)
from nexus.library.facts.page import Page, Passage, is_courtesy, sentences
from nexus.library.facts.programme import names_the_programme
from nexus.library.facts.titles import is_generic
from nexus.library.facts.wordlists import begins_with_any, has_any, words_of
from nexus.library.rendering.prose import shortened

#: How far into a README it is looked for, in paragraphs.
_MAX_PARAGRAPHS = 300
#: Fewer words are a label.
_MIN_WORDS = 6
#: Scripts without spaces count letters instead.
_MIN_LETTERS = 16
_NOT_PROSE = ("{%", "{{", "|", "©", "![", "[!")
_ENDS = (".", "!", "?", "…", "。", "”", '"', ")", ":")
#: A list that was put into a quotation.
_ITEM = re.compile(r"\d{1,3}[.)]\s|[-*•]\s")
#: ``GitHub: …``, ``Python: …``: one line of a list that is not marked as one.
_LABELLED = re.compile(r"\W{0,4}\w+(?: [\w&]+){0,2} ?:\s")


def summary_fact(page: Page) -> Fact | None:
    """The summary of a README: said in its front matter, else its first telling paragraph.

    What the programme says of itself in everybody's README is taken only when there is nothing
    else.
    """
    if said := page.said("summary") or page.said("description"):
        return Fact(FactName.SUMMARY, shortened(said), page.path, 1)
    paragraphs = islice(page.paragraphs(), _MAX_PARAGRAPHS)
    found = [paragraph for paragraph in paragraphs if is_prose(paragraph.text)]
    if not found:
        return None
    best = _best(found)
    value = shortened(without_leading_over(_without_hook(best.text)))
    return Fact(FactName.SUMMARY, value, page.path, best.line, is_guess=True)


def _without_hook(text: str) -> str:
    """``text`` from the sentence that says what is built, if those before it only draw one in."""
    first = next(sentences(text), "")
    if not begins_with_any(first, "hooks") or says_what_is_built(first):
        return text
    telling = next((one for one in sentences(text) if says_what_is_built(one)), "")
    return text[text.index(telling) :]


def is_boilerplate(text: str) -> bool:
    """Whether a paragraph speaks of the programme rather than of what was built in it."""
    if is_of_the_programme(text):
        return True
    return names_the_programme(text) and not says_what_is_built(text)


def is_prose(text: str) -> bool:
    """Whether a paragraph is made of sentences: no label, no template, no row of links."""
    if text.startswith(_NOT_PROSE) or _ITEM.match(text) or is_courtesy(text) or is_generic(text):
        return False
    if text.endswith(":") and not says_what_is_built(text):
        return False
    if len(words_of(text)) >= _MIN_WORDS:
        return True
    return not text.isascii() and sum(map(str.isalpha, text)) >= _MIN_LETTERS


def _best(found: Sequence[Passage]) -> Passage:
    """The first good paragraph, or a later one if that only speaks of the programme."""
    least = min(map(_poverty, found))
    good = [paragraph for paragraph in found if _poverty(paragraph) == least]
    if not is_boilerplate(good[0].text):
        return good[0]
    telling = (part for part in good if says_what_is_built(part.text))
    return next((part for part in telling if not is_boilerplate(part.text)), good[0])


def _poverty(paragraph: Passage) -> tuple[bool, bool]:
    """Whether a paragraph is beside the point, and whether it is no whole sentence."""
    is_beside = paragraph.is_how_to or _LABELLED.match(paragraph.text) is not None
    is_beside = is_beside or has_any(paragraph.text, "words_of_tools")
    return is_beside, not paragraph.text.endswith(_ENDS)
