"""The pieces of a text in which links stand, ready to be read: one a list item, row, paragraph."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from nexus.library.extraction import inline
from nexus.library.extraction.inline import InlineLink
from nexus.library.extraction.link_references import LinkReferences
from nexus.library.extraction.outline import Block, BlockKind

MAX_CONTEXT = 300
#: More links than any list item or paragraph has; those after them are not looked at.
MAX_LINKS = 100
#: Between the cells of a row that is read as one text.
CELL_MARK = " – "
_LINE_FEED = re.compile("\n")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_POINTED = re.compile(r"<(https?://[^\s<>]{1,2000})>", re.IGNORECASE)
_CODE_WITH_ADDRESS = re.compile(r"`[^`]{0,2000}`")
#: A sentence ends here when a blank or a line follows.
_SENTENCE_END = re.compile(r"[.!?…。！？]\s")
#: Whatever can be a mark of Markdown or HTML.
_MARK = re.compile(r"[*_`~<\\\[]")


@dataclass(slots=True)
class Passage:
    """A list item, a row, a paragraph or a heading, without comments and addresses in code.

    ``text`` is Markdown in one line, ``breaks`` the places where it had line feeds. ``shown`` is
    the same with the words of its ``links`` in their place, which begin at ``places``.
    """

    kind: BlockKind
    line: int
    text: str
    breaks: Sequence[int]
    links: Sequence[InlineLink]
    shown: str
    places: Sequence[int]

    def line_at(self, place: int) -> int:
        """The line of the file at ``place`` of the text, counted from 1."""
        return self.line + bisect_left(self.breaks, place) if self.breaks else self.line

    def around(self, number: int) -> str:
        """What is said around a link, by its number: plain, ``MAX_CONTEXT`` at most.

        The sentence in a paragraph, otherwise all of it.
        """
        first, last = 0, len(self.shown)
        place = self.places[number]
        if self.kind is BlockKind.PARAGRAPH:
            first, last = self._sentence(place)
        if last - first > 2 * MAX_CONTEXT:
            first, last = max(first, place - MAX_CONTEXT // 2), min(last, place + MAX_CONTEXT)
        return shortened(plain_words(self.shown[first:last]), MAX_CONTEXT)

    def _sentence(self, place: int) -> tuple[int, int]:
        first = max(0, place - MAX_CONTEXT)
        for match in _SENTENCE_END.finditer(self.shown, first, place):
            first = match.end()
        following = _SENTENCE_END.search(self.shown, place, place + 2 * MAX_CONTEXT)
        return first, following.start() + 1 if following else len(self.shown)


def passages(block: Block, references: LinkReferences) -> Iterator[Passage]:
    """The passages of a block; none in code and in quotes."""
    if block.kind is BlockKind.TABLE:
        for row, line in zip(block.rows[1:], block.row_lines[1:], strict=True):
            text = CELL_MARK.join(cell for cell in row if cell)
            yield _passage(block.kind, references.resolved(text), line)
    elif block.kind not in (BlockKind.FENCE, BlockKind.QUOTE):
        yield _passage(block.kind, references.resolved(block.text), block.line)


def _passage(kind: BlockKind, text: str, line: int) -> Passage:
    text = _without_hidden(text)
    breaks: Sequence[int] = ()
    if "\n" in text:
        breaks = [match.start() for match in _LINE_FEED.finditer(text)]
        text = text.replace("\n", " ")
    links = list(islice(inline.links(text), MAX_LINKS))
    shown, places = _shown(text, links)
    return Passage(kind, line, text, breaks, links, shown, places)


def _without_hidden(text: str) -> str:
    """``text`` without what is no link to its readers; every other place stays what it is."""
    if "<!--" in text:
        text = _COMMENT.sub(_blanked, text)
    if "<http" in text:
        text = _POINTED.sub(r" \1 ", text)
    if "`" in text and "://" in text:
        text = _CODE_WITH_ADDRESS.sub(_blanked_address, text)
    return text


def _shown(text: str, links: Sequence[InlineLink]) -> tuple[str, Sequence[int]]:
    """The text as readers see it, but for marks, and where each of its links begins there."""
    parts: list[str] = []
    places: list[int] = []
    length = reached = 0
    for link in links:
        before = text[reached : link.start]
        words = "" if link.is_image else link.text or link.target
        places.append(length + len(before))
        parts += (before, words)
        length += len(before) + len(words)
        reached = link.end
    parts.append(text[reached:])
    return "".join(parts), places


def _blanked(match: re.Match[str]) -> str:
    """As many blanks, but the same lines: places in the text stay what they are."""
    return "\n".join(" " * len(line) for line in match[0].split("\n"))


def _blanked_address(match: re.Match[str]) -> str:
    return _blanked(match) if "://" in match[0] else match[0]


def plain_words(text: str) -> str:
    """As ``inline.plain``, which takes its time, for text that seldom has marks."""
    return inline.plain(text) if _MARK.search(text) else " ".join(text.split())


def shortened(text: str, length: int) -> str:
    """``text`` in ``length`` characters, cut between words where it can be."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return f"{cut[: cut.rfind(' ') if ' ' in cut[length // 2 :] else None].rstrip(' ,;:–-')}…"
