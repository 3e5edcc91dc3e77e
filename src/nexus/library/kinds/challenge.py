"""A challenge: a problem that somebody met, what they did about it, and what came of it."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from nexus.library.extraction.challenges import FoundChallenge, find_challenges
from nexus.library.extraction.inline import plain
from nexus.library.extraction.outline import Outline
from nexus.library.kinds.base import Part, Reading, Source
from nexus.library.kinds.parts import Told, digest_of, part_of
from nexus.library.kinds.writing import is_readme, is_writing, read_writing

FOLDERS = frozenset({"challenges", "challenge", "defis", "défis"})
#: Characters of each part that a list shows.
MAX_SHORT = 320

#: What an item of a list begins with: a sign or a number, or both.
_ITEM = re.compile(r"[ \t]{0,20}(?:[-*+•]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_ENDS_OF_SENTENCES = tuple(".:;,!?…")


class Challenge:
    """A problem, what was done about it, and the result."""

    name = "challenge"
    plural = "challenges"

    def claims(self, source: Source) -> bool:
        """Prose in a folder of challenges, but for the page that introduces the folder."""
        in_folder = FOLDERS.intersection(folder.lower() for folder in source.folders)
        return bool(in_folder) and is_writing(source) and not is_readme(source.name)

    def read(self, source: Source) -> Reading:
        """The page laid out."""
        return read_writing(source, kind=self.name)

    def parts(self, source: Source, outline: Outline) -> Iterator[Part]:
        """The challenges that a piece of writing tells of."""
        for found in find_challenges(outline):
            told = Told(
                title=found.title,
                markdown=as_markdown(found),
                line=found.line,
                digest=digest_of(self.name, found.problem, found.action, found.result),
                facts={"section": found.section, **told_in_short(found)},
            )
            yield part_of(source, self.name, told)


def told_by(text: Outline) -> dict[str, Any]:
    """What a page that is one challenge tells; nothing of one that tells of none or of several."""
    found = list(islice(find_challenges(text), 2))
    return told_in_short(found[0]) if len(found) == 1 else {}


def told_in_short(found: FoundChallenge) -> dict[str, Any]:
    """What lists show of a challenge."""
    return {
        "solved": bool(found.action),
        "problem": in_short(found.problem),
        "action": in_short(found.action),
        "result": in_short(found.result),
    }


def in_short(markdown: str) -> str:
    """The first words of a part of a challenge, as a list shows them: plain, in one line.

    Blocks of code are left to its page, unless there is nothing else.
    """
    beginning = markdown[: 4 * MAX_SHORT]
    words = plain(_in_a_row(_without_code(beginning))) or plain(beginning)
    if len(words) <= MAX_SHORT:
        return words
    return words[:MAX_SHORT].rpartition(" ")[0] + "…"


def _without_code(markdown: str) -> str:
    kept, closing = [], ""
    for line in markdown.splitlines():
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~") and closing in ("", mark):
            closing = "" if closing else mark
        elif not closing:
            kept.append(line)
    return "\n".join(kept)


def _in_a_row(markdown: str) -> str:
    """The items of lists as they are told in a sentence: without their signs, one after another."""
    told, was_item = "", False
    for line in filter(str.strip, markdown.splitlines()):
        item = _ITEM.match(line)
        if item and told and not told.endswith(_ENDS_OF_SENTENCES):
            told += ";" if was_item else ":"
        told += f" {line[item.end() :] if item else line}".rstrip()
        was_item = was_item or item is not None
    return told


def as_markdown(found: FoundChallenge) -> str:
    """A challenge with its parts under headings, whatever its author called them."""
    sections = (
        ("Problem", found.problem),
        ("Solution", found.action),
        ("Result", found.result),
    )
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in sections if text)
