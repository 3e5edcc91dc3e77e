"""A README laid out for those who look for facts in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from nexus.library.discretion import without_emails
from nexus.library.extraction.inline import plain
from nexus.library.extraction.outline import BOLD_LEVEL, Block, BlockKind, Outline, outline
from nexus.library.facts.fact import ReadmeText
from nexus.library.facts.wordlists import set_of, words_of

#: Longer READMEs are read this far, in characters.
MAX_README = 300_000
#: Longer paragraphs are read this far.
_MAX_PARAGRAPH = 4_000
_MAX_SENTENCE = 500
#: A line in bold with more words is a sentence, not a heading.
_BOLD_SENTENCE = 6
_PROSE = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.QUOTE)

_ADDRESS = re.compile(r"<?(?:https?://|www\.|mailto:)[^\s<>]{1,2000}>?")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-z]|[\"'«“])")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose without marks and addresses, with the headings it stands under, outermost first."""

    text: str
    line: int
    headings: tuple[str, ...] = ()

    @property
    def is_how_to(self) -> bool:
        """Whether a heading says that this is about doing, thanking or learning."""
        signs = set_of("how_to_words")
        return any(word in signs for title in self.headings for word in words_of(title))


@dataclass(frozen=True, slots=True)
class Page:
    """A README and its blocks."""

    path: str
    text: str
    outline: Outline
    front_matter: Mapping[str, object] = field(default_factory=dict)

    def said(self, key: str) -> str:
        """A short text of the front matter, or nothing."""
        value = self.front_matter.get(key)
        return " ".join(value.split()) if isinstance(value, str) else ""

    def paragraphs(self) -> Iterator[Paragraph]:
        """The prose of the page in order: lines in bold that are sentences, and quotes, too."""
        titles: dict[int, str] = {}
        for block in self.outline.blocks:
            if block.kind is BlockKind.HEADING and not is_sentence(block):
                titles = {level: title for level, title in titles.items() if level < block.level}
                titles[block.level] = block.text
            elif block.kind in _PROSE and (words := prose(block.text)):
                yield Paragraph(words, block.line, tuple(titles.values()))


def page_of(readme: ReadmeText) -> Page:
    """Lay a README out. Linear in its length, which is bounded."""
    text = readme.text[:MAX_README]
    blocks = outline(text, first_line=readme.first_line)
    return Page(readme.path, text, blocks, readme.front_matter)


def is_sentence(block: Block) -> bool:
    """Whether a line in bold, which could be a heading, is prose."""
    return block.level == BOLD_LEVEL and len(words_of(block.text)) >= _BOLD_SENTENCE


def prose(markdown: str) -> str:
    """The words of a piece of Markdown: no marks, tags, pictures or addresses."""
    bare = _ADDRESS.sub(" ", plain(markdown[:_MAX_PARAGRAPH]))
    return " ".join(without_emails(bare).split())


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, each at most so long that looking at it is cheap."""
    for sentence in _SENTENCE_END.split(text[:_MAX_PARAGRAPH]):
        if sentence.strip():
            yield sentence.strip()[:_MAX_SENTENCE]
