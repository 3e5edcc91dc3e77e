"""A README laid out for those who look for facts in it."""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from nexus.library.discretion import without_emails
from nexus.library.extraction.inline import plain
from nexus.library.extraction.outline import BOLD_LEVEL, Block, BlockKind, Outline, outline
from nexus.library.extraction.restructured_text import as_markdown
from nexus.library.extraction.wrapping import unwrapped
from nexus.library.facts.fact import ReadmeText
from nexus.library.facts.wordlists import begins_with_any, has_any, set_of, words_of

#: Longer READMEs are read this far, in characters: what a project is stands in the first pages.
MAX_README = 60_000
#: And no further than so many blocks: real READMEs have a few hundred.
MAX_BLOCKS = 1_000
#: Longer paragraphs are read this far.
_MAX_PARAGRAPH = 4_000
_MAX_SENTENCE = 500
#: A line in bold with more words is a sentence, not a heading.
_BOLD_SENTENCE = 6
#: A longer first line is prose that was wrapped, in characters.
_PASTED_HEADING = 60
#: Unless another line with a picture follows it: then it is a title above a heading.
_PASTED_TITLE = 100
#: So many headings may stand one below the other.
_MOST_PASTED = 4
_SENTENCE_ENDS = (".", "!", "?", ":", ",", ";")
#: So much of a sentence tells a courtesy, in characters.
_COURTESY = 80
_PROSE = (BlockKind.PARAGRAPH, BlockKind.QUOTE)

_ADDRESS = re.compile(r"<?(?:https?://|www\.|mailto:)[^\s<>]{1,2000}>?")
#: A quick look: without one of these there is no address.
_IN_ADDRESSES = ("://", "www.", "mailto:")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-z]|[\"'«“])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A block that is no code: its words without marks and addresses, under which headings.

    ``headings`` are all of them; ``parts`` are those that begin a part of the text, so its title
    is none of them.
    """

    block: Block
    text: str
    headings: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """Where it begins, counted from 1."""
        return self.block.line

    @property
    def is_paragraph(self) -> bool:
        """Whether it is prose: a paragraph, a quote, a sentence in bold."""
        return bool(self.text) and (self.block.kind in _PROSE or is_sentence(self.block))

    @property
    def is_how_to(self) -> bool:
        """Whether a heading says that this is about doing, thanking or learning."""
        return any(map(_tells_how, self.parts))


@dataclass(frozen=True, slots=True)
class Page:
    """A README, its blocks, and their words."""

    path: str
    text: str
    outline: Outline
    passages: tuple[Passage, ...]
    front_matter: Mapping[str, object] = field(default_factory=dict)

    def said(self, key: str) -> str:
        """A short text of the front matter, or nothing."""
        value = self.front_matter.get(key)
        return " ".join(value.split()) if isinstance(value, str) else ""

    def paragraphs(self) -> Iterator[Passage]:
        """The prose in order: paragraphs, quotes, and lines in bold that are sentences."""
        return (passage for passage in self.passages if passage.is_paragraph)


def page_of(readme: ReadmeText) -> Page:
    """Lay a README out. Linear in its length, which is bounded."""
    text = readme.text[:MAX_README]
    is_restructured = readme.path.lower().endswith((".rst", ".rest"))
    text = as_markdown(text) if is_restructured else unwrapped(text)
    laid_out = outline(text, first_line=readme.first_line).up_to(MAX_BLOCKS)
    passages = tuple(_passages(laid_out))
    return Page(readme.path, text, laid_out, passages, readme.front_matter)


def _passages(text: Outline) -> Iterator[Passage]:
    above: dict[int, Block] = {}
    title = _title_of(text.blocks)
    headings: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    for block in text.blocks:
        if block.kind is BlockKind.FENCE:
            continue
        if block.kind is BlockKind.HEADING and not is_sentence(block):
            above = {level: heading for level, heading in above.items() if level < block.level}
            above[block.level] = block
            headings = parts = tuple(heading.text for heading in above.values())
            if title and above.get(1) is title:
                parts = tuple(heading.text for heading in above.values() if heading is not title)
        yield Passage(block, prose(divided(block)[1]), headings, parts)


def _title_of(blocks: Sequence[Block]) -> Block | None:
    """The first heading of the first level, if it has a word that stands over no part of a README.

    ``Hotel Booking Clone`` is the title of all that follows, ``Project Setup`` is not.
    """
    first = next((b for b in blocks if b.kind is BlockKind.HEADING and b.level == 1), None)
    known = set_of("how_to_words") | set_of("generic_words") | set_of("guide_words")
    words = words_of(first.text) if first else []
    return first if any(word not in known and not word.isdigit() for word in words) else None


def divided(block: Block) -> tuple[str, str]:
    """A heading that was pasted without its mark, and the text below it.

    It is the short first line of a paragraph and begins with a picture; mostly there is none.
    Of several, one below the other, it is the first.
    """
    if block.kind is not BlockKind.PARAGRAPH:
        return "", block.text
    first, text = "", block.text
    for _ in range(_MOST_PASTED):
        heading, _, rest = text.partition("\n")
        if not _is_pasted(heading, rest):
            break
        first, text = first or heading, rest
    return first, text


def _is_pasted(first: str, rest: str) -> bool:
    is_above_another = _begins_with_picture(rest)
    return (
        (is_above_another or rest[:1].isupper())
        and len(first) <= (_PASTED_TITLE if is_above_another else _PASTED_HEADING)
        and _begins_with_picture(first)
        and not first.rstrip().endswith(_SENTENCE_ENDS)
    )


def _begins_with_picture(line: str) -> bool:
    return unicodedata.category(line[:1] or " ") == "So"


@lru_cache(maxsize=1_024)
def _tells_how(heading: str) -> bool:
    return has_any(heading, "how_to_words")


def is_sentence(block: Block) -> bool:
    """Whether a line in bold, which could be a heading, is prose."""
    is_bold = block.kind is BlockKind.HEADING and block.level == BOLD_LEVEL
    return is_bold and len(words_of(block.text)) >= _BOLD_SENTENCE


def is_courtesy(text: str) -> bool:
    """Whether ``text`` thanks, greets or asks for a star: that says nothing of a project."""
    return begins_with_any(text[:_COURTESY], "courtesies")


def prose(markdown: str) -> str:
    """The words of a piece of Markdown: no marks, tags, pictures or addresses."""
    bare = plain(markdown[:_MAX_PARAGRAPH])
    if "&" in bare and ";" in bare:
        bare = html.unescape(bare)
    if any(map(bare.__contains__, _IN_ADDRESSES)):
        bare = _ADDRESS.sub(" ", bare)
    return " ".join(without_emails(bare).split())


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, each at most so long that looking at it is cheap."""
    for sentence in _SENTENCE_END.split(text[:_MAX_PARAGRAPH]):
        if sentence.strip():
            yield sentence.strip()[:_MAX_SENTENCE]
