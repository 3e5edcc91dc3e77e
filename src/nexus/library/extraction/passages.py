"""The pieces of a text in which links stand, ready to be read: one a list item, row, paragraph."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from nexus.library.extraction.inline import plain
from nexus.library.extraction.link_references import LinkReferences
from nexus.library.extraction.outline import Block, BlockKind

MAX_CONTEXT = 300
#: Between the cells of a row that is read as one text.
CELL_MARK = " – "
_LINE_FEED = re.compile("\n")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_POINTED = re.compile(r"<(https?://[^\s<>]{1,2000})>", re.IGNORECASE)
_CODE_WITH_ADDRESS = re.compile(r"`[^`]{0,2000}`")
#: A sentence ends here when a blank or a line follows.
_SENTENCE_END = re.compile(r"[.!?…。！？]\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """A list item, a row, a paragraph or a heading, without comments and addresses in code.

    ``text`` is Markdown in one line; ``breaks`` are the places where it had line feeds.
    """

    kind: BlockKind
    text: str
    line: int
    breaks: tuple[int, ...] = ()

    def line_at(self, place: int) -> int:
        """The line of the file at ``place`` of the text, counted from 1."""
        return self.line + bisect_left(self.breaks, place)

    def around(self, start: int, end: int) -> str:
        """What is said around a link from ``start`` to ``end``, plain, of ``MAX_CONTEXT`` at most.

        The sentence in a paragraph, otherwise all of it.
        """
        first, last = 0, len(self.text)
        if self.kind is BlockKind.PARAGRAPH:
            first, last = self._sentence(start, end)
        if last - first > 2 * MAX_CONTEXT:
            first, last = max(first, start - MAX_CONTEXT // 2), min(last, end + MAX_CONTEXT // 2)
        return shortened(plain(self.text[first:last]), MAX_CONTEXT)

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        first = max(0, start - MAX_CONTEXT)
        for match in _SENTENCE_END.finditer(self.text, first, start):
            first = match.end()
        following = _SENTENCE_END.search(self.text, end, end + MAX_CONTEXT)
        return first, following.start() + 1 if following else len(self.text)


def passages(block: Block, references: LinkReferences) -> Iterator[Passage]:
    """The passages of a block; none in code and in quotes."""
    if block.kind is BlockKind.TABLE:
        for row, line in zip(block.rows[1:], block.row_lines[1:], strict=True):
            text = CELL_MARK.join(cell for cell in row if cell)
            yield _passage(block.kind, references.resolved(text), line)
    elif block.kind not in (BlockKind.FENCE, BlockKind.QUOTE):
        yield _passage(block.kind, references.resolved(block.text), block.line)


def _passage(kind: BlockKind, text: str, line: int) -> Passage:
    if "<!--" in text:
        text = _COMMENT.sub(_blanked, text)
    if "<http" in text:
        text = _POINTED.sub(r" \1 ", text)
    if "`" in text and "://" in text:
        text = _CODE_WITH_ADDRESS.sub(_blanked_address, text)
    if "\n" not in text:
        return Passage(kind, text, line)
    breaks = tuple(match.start() for match in _LINE_FEED.finditer(text))
    return Passage(kind, text.replace("\n", " "), line, breaks)


def _blanked(match: re.Match[str]) -> str:
    """As many blanks, but the same lines: places in the text stay what they are."""
    return "\n".join(" " * len(line) for line in match[0].split("\n"))


def _blanked_address(match: re.Match[str]) -> str:
    return _blanked(match) if "://" in match[0] else match[0]


def shortened(text: str, length: int) -> str:
    """``text`` in ``length`` characters, cut between words where it can be."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return f"{cut[: cut.rfind(' ') if ' ' in cut[length // 2 :] else None].rstrip(' ,;:–-')}…"
