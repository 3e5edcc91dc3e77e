"""What is found, and the passages of Markdown that it is made of."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from nexus.library.extraction.challenges.vocabulary import role_of
from nexus.library.extraction.inline import plain
from nexus.library.extraction.outline import Block, BlockKind

#: The longest title, in characters.
MAX_TITLE = 120
#: A problem without a solution is kept when it is named and has so many words.
WORDS_ALONE = 12
#: The longest problem, action or result, in characters of Markdown.
MAX_PASSAGE = 4_000

_TICKS = re.compile(r"`{3,}")
_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bp\.ex)(?<!\bvs)[.!?](?=\s|$)")
_LEADING = re.compile(r"(?:[\W_]|\d{1,3}[.)]\s)*+")
_BOLD = re.compile(
    r"\W{0,8}(?:\*\*|__)(?=\S)(?P<title>[^*\n]{2,160}?)(?:\*\*|__)(?P<rest>.*)", re.DOTALL
)
#: Where the first words end: at an empty line or an item of a list.
_PARTS = re.compile(r"\n\n|\n[ ]*- ")
_MOST_PARTS = 8
_NUMBER = re.compile(r"\W{0,4}\d{1,3}[.)]\s+")
#: Words that say nothing: a field left open.
_BLANKS = frozenset({"", "tbd", "todo", "n/a", "na", "none", "nil", "aucun", "aucune", "rien"})
#: Words of more than one letter; "solution.py" and "a/b" are one.
_WORD = re.compile(r"\S*[^\W\d_]{2}\S*")
_BRACKETS = ("[", "{", "<")
#: More words than a placeholder has.
_MANY = 10


class Form(StrEnum):
    """The way in which a challenge was written."""

    TABLE = "table"
    LABELS = "labels"
    HEADINGS = "headings"
    ARROW = "arrow"
    TITLE = "title"
    PROSE = "prose"
    LISTS = "lists"


@dataclass(frozen=True, slots=True)
class FoundChallenge:
    """A challenge as somebody told it.

    ``title`` is plain text of at most ``MAX_TITLE`` characters. ``problem``, ``action`` and
    ``result`` are Markdown as it was written; ``action`` is empty when nobody said what was
    done, ``result`` mostly. ``line`` and ``end_line`` count from 1 in the file. ``section`` are
    the words of the heading above it, empty when there is none.
    """

    title: str
    problem: str
    action: str
    result: str
    line: int
    end_line: int
    section: str
    form: Form


@dataclass(slots=True)
class Passage:
    """Markdown put together from blocks, of bounded length."""

    text: str = ""
    ends_in_item: bool = False

    def add(self, markdown: str, *, is_item: bool = False) -> None:
        """Put ``markdown`` behind what is there; what would make it too long is left out."""
        between = "\n" if is_item and self.ends_in_item else "\n\n"
        together = f"{self.text}{between}{markdown}" if self.text else markdown
        if markdown and len(together) <= MAX_PASSAGE:
            self.text, self.ends_in_item = together, is_item


@dataclass(slots=True)
class Draft:
    """A challenge while its parts are gathered."""

    line: int
    section: str
    form: Form
    title: str = ""
    end_line: int = 0
    problem: Passage = field(default_factory=Passage)
    action: Passage = field(default_factory=Passage)
    result: Passage = field(default_factory=Passage)

    def found(self) -> FoundChallenge:
        """The challenge as it is so far; a problem that is only named is its title."""
        problem = self.problem.text or _NUMBER.sub("", self.title, count=1)
        return FoundChallenge(
            title=headline(self.title) or headline(problem),
            problem=problem,
            action=self.action.text,
            result=self.result.text,
            line=self.line,
            end_line=max(self.line, self.end_line),
            section=self.section,
            form=self.form,
        )


def as_markdown(block: Block, *, depth: int = 0) -> str:
    """The Markdown of a block; a list item is indented as far as it lies below ``depth``."""
    if block.kind is BlockKind.FENCE:
        longest = max((len(ticks) for ticks in _TICKS.findall(block.text)), default=2)
        marks = "`" * (longest + 1)
        return f"{marks}{block.info}\n{block.text}\n{marks}"
    if block.kind is BlockKind.QUOTE:
        return "> " + block.text.replace("\n", "\n> ")
    if block.kind is BlockKind.ITEM:
        indent = "  " * max(0, block.level - depth)
        return f"{indent}- " + block.text.replace("\n", f"\n{indent}  ")
    return block.text


def split_title(markdown: str) -> tuple[str, str]:
    """The title in bold at the beginning of ``markdown`` and what follows it.

    Without one, all of it is the title.
    """
    match = _BOLD.match(markdown)
    if match is None:
        return markdown, ""
    return match["title"].strip(" :"), match["rest"].lstrip(" \t\n:–—-→").strip()


def headline(markdown: str) -> str:
    """A title made of the first words of ``markdown``; empty when it has none."""
    for part in _PARTS.split(markdown[:MAX_PASSAGE], maxsplit=_MOST_PARTS):
        words = plain(part[: 4 * MAX_TITLE])
        words = words[_LEADING.match(words).end() :]  # type: ignore[union-attr]
        end = _SENTENCE_END.search(words)
        words = (words[: end.start()] if end else words).rstrip(" .:;,–—-")
        if words:
            return shortened(words)
    return ""


def shortened(words: str) -> str:
    """``words`` cut to the length of a title, at the end of a word."""
    if len(words) <= MAX_TITLE:
        return words
    return words[: MAX_TITLE - 1].rsplit(" ", 1)[0].rstrip(" .:;,–—-") + "…"


def says_something(markdown: str, *, words: int = 1, is_prose: bool = False) -> bool:
    """Whether it has at least so many words, or code, and is no placeholder.

    Code alone says nothing when ``is_prose`` asks for words.
    """
    opening = markdown[:300].lstrip()
    if not opening.startswith(_BRACKETS) and len(_WORD.findall(opening)) >= max(words, _MANY):
        return True
    bare = plain(markdown).strip(" .…*_-–—:;,!?✅❌")
    # A template that was never filled in: "[describe the problem]", "my solution 2".
    is_placeholder = bare.startswith(_BRACKETS) and bare.endswith(("]", "}", ">"))
    if is_placeholder or bare.casefold() in _BLANKS or role_of(bare):
        return False
    return len(_WORD.findall(bare)) >= words or ("`" in markdown and not is_prose)
