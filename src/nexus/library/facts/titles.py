"""What a project is called: the first heading that says more than the programme's own name."""

import re
import unicodedata
from collections.abc import Iterator

from nexus.library.discretion import without_emails
from nexus.library.extraction.outline import BOLD_LEVEL, Block, BlockKind
from nexus.library.facts.fact import Fact, FactName
from nexus.library.facts.page import Page, divided, is_sentence, prose
from nexus.library.facts.wordlists import set_of, words_of

#: Longer titles are cut between words, in characters.
MAX_TITLE = 120
#: More words than this are a sentence.
_MAX_WORDS = 14
#: A heading below the first level is a title only so near the top, in blocks.
_NEAR_THE_TOP = 4

_PART = re.compile(r"\s+[-–—:|•~]+\s+|:\s+|\s+\(|\)\s*")
#: Fewer letters name nothing: a README that only says "hi" is called like its repository.
_LEAST = 3
_EDGES = " \t-–—:|•~#*_=.,"
_THIS_IS = re.compile(r"\W{0,9}(?:this|here) is\b|\W{0,9}(?:ceci est|voici)\b", re.IGNORECASE)
_PROJECT_LABEL = re.compile(
    r"(?:featured |final |capstone |my |selected )?(?:project|projet)(?: overview| name| title)?"
    r"(?:\s*[:–—]|\s+-)\s+(?P<name>.{3,200})",
    re.IGNORECASE,
)


def title_fact(page: Page) -> Fact | None:
    """The title of a README: said in its front matter, else its first telling heading."""
    if said := page.said("title"):
        return Fact(FactName.TITLE, _short(said), page.path, 1)
    for text, line in _candidates(page):
        title = telling_part(text)
        if len(title) >= _LEAST:
            return Fact(FactName.TITLE, title, page.path, line, is_guess=True)
    return None


def generic_title_fact(page: Page) -> Fact | None:
    """The first heading although it says nothing: better than no title at all."""
    for block in page.outline.blocks:
        title = undecorated(prose(block.text)) if _may_be_title(block) else ""
        if title and " ".join(words_of(title)) not in set_of("section_titles"):
            return Fact(FactName.TITLE, _short(title), page.path, block.line, is_guess=True)
    return None


def _may_be_title(block: Block) -> bool:
    """Whether a block is a heading, and no whole sentence that begins with "This is"."""
    is_heading = block.kind is BlockKind.HEADING
    return is_heading and not (block.text.rstrip().endswith(".") and _THIS_IS.match(block.text))


def telling_part(text: str) -> str:
    """A heading without what says nothing: ``Project Nexus - Job Board`` gives ``Job Board``.

    Empty when nothing is left, when it begins a part of a text (``Features``), or when it is a
    sentence.
    """
    whole = undecorated(text)
    if len(words_of(whole)) > _MAX_WORDS:
        return ""
    parts = [undecorated(part) for part in _PART.split(whole)]
    telling = [part for part in parts if part and not is_generic(part)]
    if not telling:
        return ""
    is_whole = len(telling) == sum(bool(part) for part in parts)
    return _short(whole if is_whole else " – ".join(telling))


def is_generic(title: str) -> bool:
    """Whether a title could stand over any project: ``ALX Project Nexus``, ``Our Tech Stack``.

    What is longer than a title is none.
    """
    words = words_of(title)
    if len(words) > _MAX_WORDS:
        return False
    while words and _says_nothing(words[0]):
        if " ".join(words) in set_of("section_titles"):
            return True
        words = words[1:]
    return (
        not words or " ".join(words) in set_of("section_titles") or all(map(_says_nothing, words))
    )


def _says_nothing(word: str) -> bool:
    return all(part in set_of("generic_words") or part.isdigit() for part in word.split("-"))


def undecorated(text: str) -> str:
    """``text`` without the pictures and dashes at its edges; letters and digits stay."""
    shown = "".join(letter for letter in text if unicodedata.category(letter) not in _PICTURES)
    shown = " ".join(shown.split()).strip(_EDGES)
    return f"{shown})" if shown.count("(") == shown.count(")") + 1 else shown


#: Emoji and other symbols, what joins them, and what has no meaning at all.
_PICTURES = frozenset({"So", "Sk", "Cf", "Cn", "Co", "Cs", "Mn", "Me"})


def _candidates(page: Page) -> Iterator[tuple[str, int]]:
    """What may be the title, the likeliest first, with its line."""
    blocks = page.outline.blocks
    headings = [b for b in blocks if b.kind is BlockKind.HEADING]
    if not any(b.kind is BlockKind.HEADING and b.level == 1 for b in blocks[:_NEAR_THE_TOP]):
        yield from _first_line(page)
    yield from ((b.text, b.line) for b in headings if b.level == 1)
    yield from _at_the_top(page)
    for block in headings:
        if match := _PROJECT_LABEL.search(block.text):
            yield match["name"], block.line


def _at_the_top(page: Page) -> Iterator[tuple[str, int]]:
    """Headings, bold lines and short first lines before the text begins in earnest."""
    for number, block in enumerate(page.outline.blocks[:_NEAR_THE_TOP]):
        is_heading = block.kind is BlockKind.HEADING and not is_sentence(block)
        if is_heading and (number == 0 or block.level == BOLD_LEVEL):
            yield block.text, block.line
    yield from _first_line(page)


def _first_line(page: Page) -> Iterator[tuple[str, int]]:
    """A first paragraph that looks like a title, though nobody marked it as one."""
    for block in page.outline.blocks[:1]:
        if pasted := divided(block)[0]:
            yield prose(pasted), block.line
        elif block.kind is BlockKind.PARAGRAPH and _is_line(block):
            yield prose(block.text), block.line


def _is_line(block: Block) -> bool:
    """Whether a first paragraph is one line without an end: a title that nobody marked as one."""
    text = block.text.strip()
    return "\n" not in text and not text.endswith((".", "!", "?", ":"))


def _short(title: str) -> str:
    title = " ".join(without_emails(title).split())
    if len(title) <= MAX_TITLE:
        return title
    return title[:MAX_TITLE].rpartition(" ")[0] or title[:MAX_TITLE]
