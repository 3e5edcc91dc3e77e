"""Lines that were meant as headings and are none: ``##Installation``, without a blank.

Some editors and older programs take them for headings, so their writers do not notice; GitHub and
the hub show them as text, signs and all. Told only where hardly anything else can be meant: a
number behind the sign names an issue, six hexadecimal digits a colour, one word may be a hashtag,
and what stands in front of a command may be its comment.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from nexus.library.extraction.outline import Block, BlockKind, Outline
from nexus.library.kinds.base import Source
from nexus.library.problems import Problem

#: An owner who is told of so many in one file is told enough.
MAX_TOLD = 20
_LONGEST_SHOWN = 80
#: More of them are a sentence.
_MOST_WORDS = 10
#: Behind the signs a letter, bold or not, or a little picture.
_MEANT = re.compile(r" {0,3}(?P<signs>#{1,6})(?P<words>(?:\*\*)?(?:[^\W\d_]|[^\x00-\x7f]).*)")
_COLOUR = re.compile(r"(?:[0-9a-f]{3,4}){1,2}\b", re.IGNORECASE)
#: C, C#: small letters behind one sign.
_OF_CODE = re.compile(
    r"(?:include|define|undef|ifn?def|if|elif|else|endif|error|warning|pragma|line|import|using"
    r"|region|endregion|nullable)\b"
)
_SENTENCE_ENDS = (".", "!", ",", ";")
#: What is shown as it stands, across empty lines too.
_VERBATIM = re.compile(r"<(/?)(?:pre|style|script|textarea)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Meant:
    """A line that looks like a heading; ``is_sure`` when it can hardly be a hashtag."""

    line: int
    text: str
    is_sure: bool


def heading_problems(text: Outline, source: Source) -> Iterator[Problem]:
    """The lines that lack the blank of a heading; ``text`` was read from the body of ``source``."""
    found = list(_found(text, source))
    # Whoever wrote one heading so wrote the others so: then one word is no hashtag.
    told = found if any(one.is_sure for one in found) else []
    for one in islice(told, MAX_TOLD):
        message = f"It says “{one.text[:_LONGEST_SHOWN]}”."
        yield Problem(source.path, one.line, "heading-unspaced", message)


def _found(text: Outline, source: Source) -> Iterator[_Meant]:
    begun = [block for block in _paragraphs(text) if block.text[0] == "#"]
    if not begun:
        return
    lines = source.body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    has_title = any(one.kind is BlockKind.HEADING and one.level == 1 for one in text.blocks)
    for block in begun:
        at = block.line - source.body_line
        opens = block is text.blocks[0] and not has_title
        if block is text.blocks[-1] and block.line == block.end_line:
            continue  # it stands over nothing
        yield from _of_lines(lines[at : at + 1 + block.end_line - block.line], block.line, opens)


def _paragraphs(text: Outline) -> Iterator[Block]:
    """The paragraphs, but for those in what is shown as it stands."""
    is_verbatim = False
    for block in text.blocks:
        if block.kind is BlockKind.PARAGRAPH and not is_verbatim:
            yield block
        if block.kind is not BlockKind.FENCE and "<" in block.text:
            tags = _VERBATIM.findall(block.text)
            is_verbatim = not tags[-1] if tags else is_verbatim


def _of_lines(lines: Sequence[str], first: int, opens: bool) -> Iterator[_Meant]:
    """A paragraph's first line, and those below it as long as each is one.

    ``opens`` says that it opens a text which has no title else.
    """
    matches = [_MEANT.fullmatch(line.rstrip()) for line in lines]
    if len(matches) > 1 and all(match and match["signs"] == "#" for match in matches):
        return  # hashtags, or a list of anchors
    for number, match in enumerate(matches, start=first):
        if match is None or not (kind := _kind(match["signs"], match["words"], opens)):
            return
        yield _Meant(number, match[0].strip(), is_sure=kind == "sure")


def _kind(signs: str, words: str, opens: bool) -> str:
    """``sure`` or ``perhaps`` for what is meant as a heading; empty for what is something else."""
    bare = words.replace("**", "").rstrip("# \t")
    letters = bare.lstrip("".join(sign for sign in bare if not sign.isalpha()))
    several = " " in bare
    if _COLOUR.match(bare) or " #" in bare or bare.endswith(_SENTENCE_ENDS):
        return ""
    if len(bare.split()) > _MOST_WORDS:
        return ""
    if len(signs) > 1:
        return "sure"
    if _OF_CODE.match(bare) or not (letters[:1].isupper() or (opens and several)):
        return ""
    if several or opens:
        return "sure"
    return "perhaps" if bare[1:].islower() or bare.isupper() else ""
