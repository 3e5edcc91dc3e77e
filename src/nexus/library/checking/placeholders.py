"""Gaps that a template left and nobody filled: ``[Your Name]``, ``YOUR_REPO``, Lorem ipsum."""

import re
from collections.abc import Iterator
from itertools import islice

from nexus.library.extraction.outline import Block, BlockKind, Outline
from nexus.library.problems import Problem

#: An owner who is told of so many in one file is told enough.
MAX_TOLD = 20
_LONGEST_SHOWN = 80

#: Words that begin a gap in brackets, and words that are one by themselves.
_BEGINNINGS = "your|insert|add your|enter|current|describe|name of|list of|link to|write your"
_WHOLE = (
    "date|name|email|e-mail|phone(?: number)?|link|url|title|description|author|year|company|cohort"
    r"|logo|screenshots?|image|username|github username|project (?:name|title)"
    r"|repo(?:sitory)?(?: name| url)?"
)
_GAP = re.compile(
    # Not behind a letter, a bracket or an exclamation mark: that is an index or a picture.
    rf"(?<![\w\])!\\`])\[(?P<words>(?:{_BEGINNINGS})\b[^\[\]\n]{{1,60}}|(?:{_WHOLE})(?: here)?)\]"
    r"(?![\(\[:])"
    r"|<(?:your|insert)[-_ ][^<>\n]{1,60}>"
    r"|\blorem ipsum\b"
    r"|\bTODO:? {0,3}(?:describe|write|add|fill|document|explain|insert)\b"
    r"|\{\{ ?(?:cookiecutter\.|project|repo|your|author|name)[^{}\n]{0,60}\}\}"
    r"|\bgithub\.com/(?:<your[\w-]{0,40}>|your[\w-]{0,40})",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"\bYOUR_[A-Z][A-Z0-9_]{1,40}\b")
_CODE = re.compile(r"(`++)[^`\n]{1,400}\1(?!`)")
_LABEL = re.compile(r"^ {0,3}\[([^\[\]\n]{1,80})\]:", re.MULTILINE)


def placeholder_problems(text: Outline, path: str) -> Iterator[Problem]:
    """The gaps in the prose of a text, each with its line; code is not looked at."""
    return islice(_problems(text, path), MAX_TOLD)


def _problems(text: Outline, path: str) -> Iterator[Problem]:
    labels = {label.lower() for block in text.blocks for label in _LABEL.findall(block.text)}
    for block in text.blocks:
        for line, words in _lines(block):
            for gap in _gaps(words, labels):
                yield Problem(path, line, "placeholder", f"It says “{gap}”.")


def _lines(block: Block) -> Iterator[tuple[int, str]]:
    if block.kind is BlockKind.FENCE:
        return
    if block.kind is BlockKind.TABLE:
        for row, line in zip(block.rows, block.row_lines, strict=False):
            yield line, " | ".join(row)
        return
    for at, line_text in enumerate(block.text.split("\n")):
        yield block.line + at, line_text


def _gaps(words: str, labels: set[str]) -> Iterator[str]:
    """The gaps of one line, in order, each once."""
    if "`" in words:
        words = _CODE.sub(lambda code: " " * len(code[0]), words)
    found = [
        (match.start(), match[0])
        for match in _GAP.finditer(words)
        if (match["words"] or "").lower() not in labels
    ]
    found += [(match.start(), match[0]) for match in _SHOUTED.finditer(words)]
    for _, gap in dict.fromkeys(sorted(found)):
        yield gap[:_LONGEST_SHOWN]
