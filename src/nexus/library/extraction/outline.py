"""The blocks of a Markdown text with their lines: what every extractor reads.

A light reading of the source, line by line and in linear time. It knows headings in every way
people write them, list items with their depth, tables, fences, quotes and paragraphs; it does
not decide how a page looks, that is the renderer's part. It follows the block structure of
GitHub Flavored Markdown (https://github.github.com/gfm/) as far as extraction needs it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

#: The level of a bold line that stands for a heading: below every real one.
BOLD_LEVEL = 7
#: Longer lines are cut: nobody writes a sentence of this length, and patterns stay cheap.
MAX_LINE = 4_000
_TAB = 4

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*([^`]*)$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•–]|\d{1,9}[.)])[ \t]+(.*)$")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BOLD_LINE = re.compile(r"[ \t]*(\*\*|__)(?=\S)([^*_\n]{1,200})\1[ \t]*:?[ \t]*$")
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]{0,300}>(.*?)(?:</h\1>|$)", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{1,500}>")


class BlockKind(StrEnum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    FENCE = "fence"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text.

    ``line`` counts from 1 in the file. ``text`` is Markdown without the block's own marks, its
    lines joined by a line feed. ``level`` is that of a heading (1 to 6, or ``BOLD_LEVEL``) or the
    depth of a list item (0 for the outermost). ``info`` is what stands behind the opening marks
    of a fence. ``rows`` are the cells of a table, the header first; ``row_lines`` their lines.
    """

    kind: BlockKind
    line: int
    text: str
    level: int = 0
    info: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    row_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (None before the first) with the blocks below it, up to the next heading.

    ``path`` are the headings it lies under, outermost first, itself last.
    """

    heading: Block | None
    blocks: tuple[Block, ...]
    path: tuple[Block, ...] = ()

    @property
    def title(self) -> str:
        """The words of the heading; empty before the first."""
        return self.heading.text if self.heading else ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A text as blocks, in the order in which they stand."""

    blocks: tuple[Block, ...] = ()

    def sections(self) -> Iterator[Section]:
        """The text cut at its headings, in order."""
        heading: Block | None = None
        path: tuple[Block, ...] = ()
        below: list[Block] = []
        for block in self.blocks:
            if block.kind is not BlockKind.HEADING:
                below.append(block)
                continue
            if heading or below:
                yield Section(heading, tuple(below), path)
            heading, below = block, []
            path = (*(above for above in path if above.level < block.level), block)
        if heading or below:
            yield Section(heading, tuple(below), path)


@dataclass(slots=True)
class _Scanner:
    """Walks the lines once. ``open_*`` is the paragraph or item that the next line may continue."""

    lines: Sequence[str]
    first_line: int
    blocks: list[Block] = field(default_factory=list)
    at: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    depth: int = 0
    indents: list[int] = field(default_factory=list)
    began: int = 0
    held: list[str] = field(default_factory=list)

    def scan(self) -> tuple[Block, ...]:
        while self.at < len(self.lines):
            self._line(self.lines[self.at])
            self.at += 1
        self._close()
        return tuple(self.blocks)

    def _line(self, line: str) -> None:
        if not line.strip():
            self._close()
        elif match := _FENCE.match(line):
            self._fence(match)
        elif self._is_setext(line):
            self._setext(line)
        elif match := _ATX.match(line):
            self._heading(len(match[1]), _CLOSING_HASHES.sub("", match[2] or ""))
        elif _RULE.match(line):
            self._close()
            self.indents.clear()
        elif self._is_table(line):
            self._table(line)
        elif match := _ITEM.match(line):
            self._item(match)
        elif line.lstrip().startswith(">"):
            self._hold(BlockKind.QUOTE, line.lstrip()[1:].strip())
        else:
            self._prose(line)

    def _number(self) -> int:
        return self.first_line + self.at

    def _add(self, block: Block) -> None:
        self.blocks.append(block)

    def _close(self) -> None:
        if self.held:
            text = "\n".join(self.held)
            self._add(Block(self.kind, self.began, text, level=self.depth))
        self.held = []
        self.kind, self.depth = BlockKind.PARAGRAPH, 0

    def _hold(self, kind: BlockKind, text: str, *, depth: int = 0) -> None:
        if self.held and self.kind is kind and kind is not BlockKind.ITEM:
            self.held.append(text)
            return
        self._close()
        self.kind, self.depth, self.began, self.held = kind, depth, self._number(), [text]

    def _heading(self, level: int, text: str) -> None:
        self._close()
        self.indents.clear()
        self._add(Block(BlockKind.HEADING, self._number(), plain_heading(text), level=level))

    def _is_setext(self, line: str) -> bool:
        is_prose = self.kind is BlockKind.PARAGRAPH and bool(self.held)
        return is_prose and _SETEXT.match(line) is not None

    def _setext(self, line: str) -> None:
        text, began = " ".join(self.held), self.began
        self.held = []
        level = 1 if "=" in line else 2
        self._add(Block(BlockKind.HEADING, began, plain_heading(text), level=level))

    def _fence(self, match: re.Match[str]) -> None:
        self._close()
        began, mark, info = self._number(), match[1], match[2].strip()
        code: list[str] = []
        while self.at + 1 < len(self.lines):
            self.at += 1
            line = self.lines[self.at]
            closing = line.strip()
            if closing.startswith(mark) and not closing.strip(mark[0]):
                break
            code.append(line)
        text = "\n".join(_without_indent(code, _width(match[0])))
        self._add(Block(BlockKind.FENCE, began, text, info=info))

    def _is_table(self, line: str) -> bool:
        below = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        return "|" in line and "-" in below and _DELIMITERS.match(below) is not None

    def _table(self, line: str) -> None:
        self._close()
        began = self._number()
        rows, numbers = [cells(line)], [began]
        self.at += 1
        while self.at + 1 < len(self.lines) and "|" in self.lines[self.at + 1]:
            self.at += 1
            rows.append(cells(self.lines[self.at]))
            numbers.append(self._number())
        self._add(Block(BlockKind.TABLE, began, "", rows=tuple(rows), row_lines=tuple(numbers)))

    def _item(self, match: re.Match[str]) -> None:
        width = _width(match[1])
        while self.indents and width < self.indents[-1]:
            self.indents.pop()
        if not self.indents or width > self.indents[-1] + 1:
            self.indents.append(width)
        text = _TASK.sub("", match[2], count=1) if match[2].startswith("[") else match[2]
        self._hold(BlockKind.ITEM, text.strip(), depth=len(self.indents) - 1)

    def _prose(self, line: str) -> None:
        if html := _HTML_HEADING.search(line) if "<h" in line.lower() else None:
            self._heading(int(html[1]), html[2])
        elif not self.held and (bold := _BOLD_LINE.match(line)) and self._stands_alone():
            self._heading(BOLD_LEVEL, bold[2])
        elif self.held:
            self.held.append(line.strip())
        else:
            self._begin_prose(line)

    def _begin_prose(self, line: str) -> None:
        """Prose after an empty line: a further paragraph of an item when it is indented."""
        if not line.startswith((" ", "\t")):
            self.indents.clear()
        self._hold(BlockKind.PARAGRAPH, line.strip())

    def _stands_alone(self) -> bool:
        below = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        return not below.strip() or _ITEM.match(below) is not None or "```" in below


def outline(text: str, *, first_line: int = 1) -> Outline:
    """Read the blocks of ``text``, whose first line is line ``first_line`` of its file."""
    lines = [line[:MAX_LINE] for line in text.splitlines()]
    return Outline(_Scanner(lines, first_line).scan())


def cells(row: str) -> tuple[str, ...]:
    """The cells of a table row; a bar behind a backslash or in code does not part cells."""
    parts: list[str] = [""]
    in_code = False
    previous = ""
    for letter in row.strip():
        if letter == "`":
            in_code = not in_code
        if letter == "|" and previous != "\\" and not in_code:
            parts.append("")
        else:
            parts[-1] += letter
        previous = letter
    if in_code:
        parts = row.strip().split("|")
    trimmed = [part.strip().replace("\\|", "|") for part in parts]
    if trimmed and not trimmed[0]:
        trimmed = trimmed[1:]
    if trimmed and not trimmed[-1]:
        trimmed = trimmed[:-1]
    return tuple(trimmed)


def plain_heading(text: str) -> str:
    """The words of a heading without marks: ``**Hello** <b>you</b>`` gives ``Hello you``."""
    bare = _TAGS.sub("", text) if "<" in text else text
    return " ".join(bare.replace("**", "").replace("__", "").replace("`", "").split())


def _width(text: str) -> int:
    """How far a line is indented, in columns."""
    columns = 0
    for letter in text:
        if letter == " ":
            columns += 1
        elif letter == "\t":
            columns += _TAB - columns % _TAB
        else:
            break
    return columns


def _without_indent(lines: Sequence[str], width: int) -> Iterator[str]:
    """Code in a list item without the item's indent."""
    for line in lines:
        blank = len(line) - len(line.lstrip(" \t"))
        yield line[min(blank, width) :] if width else line
