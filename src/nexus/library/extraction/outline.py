"""The blocks of a Markdown text with their lines: what every extractor reads.

A light reading of the source, line by line and in linear time. It knows headings in every way
people write them, list items with their depth, tables, fences, quotes and paragraphs; it does
not decide how a page looks, that is the renderer's part. It follows the block structure of
GitHub Flavored Markdown (https://github.github.com/gfm/) as far as extraction needs it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

#: The level of a bold line that stands for a heading: below every real one.
BOLD_LEVEL = 7
#: Longer lines are cut: nobody writes a sentence of this length, and patterns stay cheap.
MAX_LINE = 4_000
#: A text is read up to so many blocks; the longest lists of links have a fifth of them.
MAX_BLOCKS = 10_000
_TAB = 4

# Where a run may be long, it is possessive (``++``): what it took is never tried again, so a
# line is read once however it was built.
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]++(.*))?$")
_SETEXT = re.compile(r" {0,3}(=++|-++)[ \t]*+$")
_FENCE = re.compile(r"[ \t]*+(`{3,}+|~{3,}+)(.*)$")
_ITEM = re.compile(r"([ \t]*+)(?:[-*+•–]|\d{1,9}[.)])[ \t]++(.*)$")
_TASK = re.compile(r"\[[ xX]\][ \t]++")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,})$")
_RULE_SIGNS = "-*_ \t"
#: The row below a table's header, without the space around it.
_DELIMITERS = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*\|?$")
#: A line of nothing but bold words, without the space around it.
_BOLD_LINE = re.compile(
    r"(?:\*\*(?=\S)(?P<stars>[^*]{1,200})\*\*|__(?=\S)(?P<lines>[^_]{1,200})__)[ \t]*+:?$"
)
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]{0,300}>(.*?)(?:</h\1>|$)", re.IGNORECASE)
#: Code, which is kept, or a tag, which is no word.
_CODE_OR_TAG = re.compile(r"`[^`]{1,300}`|<[^<>]{1,500}>")
#: A bar that parts two cells.
_BAR = re.compile(r"(?<!\\)\|")
#: What ends a table although it has a bar.
_INTERRUPTS = re.compile(r" {0,3}(?:#{1,6}[ \t]|[-*+][ \t]|>|```|~~~)")
_BULLETS = "-*+•–"
_COMMENT_OPENS, _COMMENT_CLOSES = "<!--", "-->"


class BlockKind(StrEnum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    FENCE = "fence"
    QUOTE = "quote"


class Block(NamedTuple):
    """One block of a text.

    ``line`` and ``end_line`` are its first and last in the file, from 1. ``text`` is Markdown
    without the block's own marks, its lines joined by a line feed. ``level`` is that of a heading
    (1 to 6, or ``BOLD_LEVEL``) or the depth of a list item (0 for the outermost). ``info`` is what
    stands behind the opening marks of a fence. ``rows`` are the cells of a table, the header
    first; ``row_lines`` their lines.
    """

    kind: BlockKind
    line: int
    text: str
    level: int = 0
    info: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    row_lines: tuple[int, ...] = ()
    end_line: int = 0


class Section(NamedTuple):
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


@dataclass(frozen=True)
class Outline:
    """A text as blocks, in the order in which they stand."""

    blocks: tuple[Block, ...] = ()

    def sections(self) -> tuple[Section, ...]:
        """The text cut at its headings, in order; cut once, however many ask."""
        return self._sections

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        return tuple(_cut_at_headings(self.blocks))

    def up_to(self, count: int) -> "Outline":
        """The text with its first ``count`` blocks only; itself when it has no more."""
        return self if len(self.blocks) <= count else Outline(self.blocks[:count])


def _cut_at_headings(blocks: Iterable[Block]) -> Iterator[Section]:
    heading: Block | None = None
    path: tuple[Block, ...] = ()
    below: list[Block] = []
    for block in blocks:
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
        while self.at < len(self.lines) and len(self.blocks) < MAX_BLOCKS:
            self._line(self.lines[self.at])
            self.at += 1
        self._close()
        return tuple(self.blocks)

    def _line(self, line: str) -> None:
        """Read one line. Its first letter decides which patterns are worth a look."""
        bare = line.strip()
        first = bare[:1]
        if not bare:
            self._close()
        elif first in "`~" and (match := _FENCE.match(line)) and _opens(match):
            self._fence(match)
        elif first in "=-" and self._is_setext(line):
            self._setext()
        elif first == "#" and (match := _ATX.match(line)):
            self._heading(len(match[1]), _without_closing_hashes(match[2] or ""))
        elif first in "-*_" and not bare.strip(_RULE_SIGNS) and _RULE.match(line):
            self._close()
            self.indents.clear()
        elif "|" in line and self._is_table(line):
            self._table(line)
        elif (first in _BULLETS or first.isdigit()) and (match := _ITEM.match(line)):
            self._item(match)
        elif first == ">":
            self._hold(BlockKind.QUOTE, bare[1:].strip())
        else:
            self._prose(line, bare)

    def _number(self) -> int:
        return self.first_line + self.at

    def _below(self) -> str:
        """The next line, or nothing at the end."""
        return self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""

    def _close(self) -> None:
        if self.held:
            end = self.began + len(self.held) - 1
            text = "\n".join(self.held)
            block = Block(self.kind, self.began, text, self.depth, "", (), (), end)
            self.blocks.append(block)
            self.held = []
            self.kind, self.depth = BlockKind.PARAGRAPH, 0

    def _hold(self, kind: BlockKind, text: str, *, depth: int = 0) -> None:
        if self.held and self.kind is kind and kind is not BlockKind.ITEM:
            self.held.append(text)
            return
        self._close()
        self.kind, self.depth, self.began, self.held = kind, depth, self._number(), [text]

    def _heading(self, level: int, text: str, *, began: int = 0) -> None:
        """A heading that ends on this line, and began on it or on the line ``began``."""
        self._close()
        self.indents.clear()
        end = self._number()
        words = plain_heading(text)
        self.blocks.append(Block(BlockKind.HEADING, began or end, words, level=level, end_line=end))

    def _is_setext(self, line: str) -> bool:
        is_prose = self.kind is BlockKind.PARAGRAPH and bool(self.held)
        return is_prose and _SETEXT.match(line) is not None

    def _setext(self) -> None:
        text, self.held = " ".join(self.held), []
        self._heading(1 if "=" in self.lines[self.at] else 2, text, began=self.began)

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
        end = self._number()
        self.blocks.append(Block(BlockKind.FENCE, began, text, info=info, end_line=end))

    def _comment(self) -> None:
        """Skip what readers do not see."""
        self._close()
        while _COMMENT_CLOSES not in self.lines[self.at] and self.at + 1 < len(self.lines):
            self.at += 1

    def _is_table(self, line: str) -> bool:
        """Whether a row of dashes is below, with as many cells as this line has."""
        below = self._below().strip()
        is_row = "-" in below and _DELIMITERS.match(below) is not None
        return is_row and len(cells(line)) == len(cells(below))

    def _table(self, line: str) -> None:
        self._close()
        rows, numbers = [cells(line)], [self._number()]
        self.at += 1
        while "|" in self._below() and not _INTERRUPTS.match(self._below()):
            self.at += 1
            rows.append(cells(self.lines[self.at]))
            numbers.append(self._number())
        self.blocks.append(
            Block(
                BlockKind.TABLE,
                numbers[0],
                "",
                rows=tuple(rows),
                row_lines=tuple(numbers),
                end_line=self._number(),
            )
        )

    def _item(self, match: re.Match[str]) -> None:
        width = _width(match[1])
        while self.indents and width < self.indents[-1]:
            self.indents.pop()
        if not self.indents or width > self.indents[-1] + 1:
            self.indents.append(width)
        text = match[2]
        if text.startswith("["):
            text = _TASK.sub("", text, count=1)
        self._hold(BlockKind.ITEM, text.strip(), depth=len(self.indents) - 1)

    def _prose(self, line: str, bare: str) -> None:
        if bare.startswith(_COMMENT_OPENS):
            self._comment()
        elif html := _HTML_HEADING.search(line) if "<h" in line.lower() else None:
            self._heading(int(html[1]), html[2])
        elif not self.held and (bold := _bold_words(bare)) and self._stands_alone():
            self._heading(BOLD_LEVEL, bold)
        elif self.held:
            self.held.append(bare)
        else:
            self._begin_prose(line, bare)

    def _begin_prose(self, line: str, bare: str) -> None:
        """Prose after an empty line: a further paragraph of an item when it is indented."""
        if not line.startswith((" ", "\t")):
            self.indents.clear()
        self._hold(BlockKind.PARAGRAPH, bare)

    def _stands_alone(self) -> bool:
        below = self._below()
        return not below.strip() or _ITEM.match(below) is not None or "```" in below


def outline(text: str, *, first_line: int = 1) -> Outline:
    """Read the blocks of ``text``, whose first line is line ``first_line`` of its file."""
    # Lines as Git counts them: a form feed or a line separator inside a line ends none.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line[:MAX_LINE] for line in text.split("\n")]
    return Outline(_Scanner(lines, first_line).scan())


def tables(block: Block) -> Iterator[Block]:
    """A table as it is; in a paragraph, the tables pasted from a page, with tabs between cells."""
    if block.kind is BlockKind.TABLE:
        yield block
    elif block.kind is BlockKind.PARAGRAPH and "\t" in block.text:
        lines = enumerate(block.text.split("\n"), start=block.line)
        for tabs, run in groupby(lines, key=lambda numbered: numbered[1].count("\t")):
            rows = [(number, tuple(map(str.strip, line.split("\t")))) for number, line in run]
            if tabs and len(rows) > 1:
                yield _pasted(rows)


def _pasted(rows: list[tuple[int, tuple[str, ...]]]) -> Block:
    return Block(
        BlockKind.TABLE,
        rows[0][0],
        "",
        rows=tuple(row for _, row in rows),
        row_lines=tuple(number for number, _ in rows),
        end_line=rows[-1][0],
    )


def cells(row: str) -> tuple[str, ...]:
    """The cells of a table row; a bar behind a backslash or in code does not part cells."""
    row = row.strip()
    parts = _BAR.split(row)
    if "`" in row and len(parts) > 1:
        parts = _with_code_whole(parts)
    trimmed = [part.strip().replace("\\|", "|") for part in parts]
    if not trimmed[0]:
        trimmed = trimmed[1:]
    if trimmed and not trimmed[-1]:
        trimmed = trimmed[:-1]
    return tuple(trimmed)


def _with_code_whole(parts: list[str]) -> list[str]:
    """The parts of a row, those joined again that a bar in code had parted."""
    joined: list[str] = []
    open_parts: list[str] = []
    for part in parts:
        if part.count("`") % 2 == 0 and not open_parts:
            joined.append(part)
            continue
        open_parts.append(part)
        if part.count("`") % 2 and len(open_parts) > 1:
            joined.append("|".join(open_parts))
            open_parts = []
    # Code that is never closed is no code.
    return joined + open_parts


def plain_heading(text: str) -> str:
    """The words of a heading without marks: ``**Hello** <b>you</b>`` gives ``Hello you``."""
    bare = text
    if "<" in text:
        bare = _CODE_OR_TAG.sub(lambda found: found[0] if found[0][0] == "`" else "", text)
    return " ".join(bare.replace("**", "").replace("__", "").replace("`", "").split())


def _opens(match: re.Match[str]) -> bool:
    """Whether the marks open a fence: behind backticks, a backtick means code inside a line."""
    return match[1][0] == "~" or "`" not in match[2]


def _without_closing_hashes(text: str) -> str:
    """The words of ``# words ##``."""
    bare = text.rstrip(" \t")
    cut = bare.rstrip("#")
    return cut if not cut or cut[-1] in " \t" else bare


def _bold_words(bare: str) -> str:
    """The words of a line that is bold from its beginning to its end; empty for any other."""
    match = _BOLD_LINE.match(bare) if bare.startswith(("**", "__")) else None
    return (match["stars"] or match["lines"]) if match else ""


def _width(text: str) -> int:
    """How far a line is indented, in columns."""
    if "\t" not in text:
        return len(text) - len(text.lstrip(" "))
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
