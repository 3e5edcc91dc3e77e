"""Gaps that a template left and nobody filled: ``[Your Name]``, ``YOUR_REPO``, Lorem ipsum."""

import re
from collections.abc import Iterator
from itertools import islice

from nexus.library.extraction.outline import Block, BlockKind, Outline
from nexus.library.kinds.writing import is_readme
from nexus.library.problems import Problem

#: An owner who is told of so many in one file is told enough.
MAX_TOLD = 20
_LONGEST_SHOWN = 80
#: What stands before a command tells what it is for, in characters.
_BEFORE = 500

#: Words that begin a gap in brackets, and words that are one by themselves.
_BEGINNINGS = "your|insert|add your|enter|current|describe|name of|list of|link to|write your"
_WHOLE = (
    "date|name|email|e-mail|phone(?: number)?|link|url|title|description|author|year|company|cohort"
    r"|logo|screenshots?|image|username|github username|project (?:name|title)"
    r"|repo(?:sitory)?(?: name| url)?|(?:[\w'’&-]{1,20} ){1,5}(?:url|link)"
)
_FRENCH = "utilisateur|pseudo|compte|nom(?:[-_]d[-_]?utilisateur)?|identifiant|username"
_GAP = re.compile(
    # Not behind a letter, a bracket or an exclamation mark: that is an index or a picture.
    rf"(?<![\w\])!\\`])\[(?P<words>(?:{_BEGINNINGS})\b[^\[\]\n]{{1,60}}|(?:{_WHOLE})(?: here)?)\]"
    r"(?![\(\[:])"
    r"|<(?:your|insert)[-_ ][^<>\n]{1,60}>"
    r"|\blorem ipsum\b"
    r"|\bTODO:? {0,3}(?:describe|write|add|fill|document|explain|insert)\b"
    r"|\{\{ ?(?:cookiecutter\.|project|repo|your|author|name)[^{}\n]{0,60}\}\}"
    r"|\bgithub\.com/(?:<your[\w-]{0,40}>|your[\w-]{0,40}"
    rf"|<?(?:votre|ton)[-_]?(?:{_FRENCH})\b>?)"
    r"|(?<=\]\()https?://(?:www\.)?your[-_][\w.-]{1,80}"
    r"|\b(?:linkedin\.com/in|twitter\.com|x\.com|instagram\.com|t\.me)/@?your[\w-]{0,40}"
    r"|\byour[._-]?(?:e-?mail|name)@[\w.-]{1,60}"
    r"|(?<!\])\((?:link here|lien ici)\)",
    re.IGNORECASE,
)
#: Lists of sources say in brackets of what kind one is: "Rivers" [image]. Available at: …
_CITED = re.compile(
    r"\b(?:available (?:at|from)|accessed|retrieved|consulté|disponible sur)\b", re.IGNORECASE
)
_KINDS_OF_SOURCES = frozenset({"[image]", "[logo]", "[screenshot]", "[email]", "[date]"})
_SHOUTED = re.compile(r"\bYOUR_[A-Z][A-Z0-9_]{1,40}\b")
#: A quick look, in small letters: without one of these there is no gap.
_OPENING = re.compile(rf"\[(?:{_BEGINNINGS}|{_WHOLE})|<(?:your|insert)|\{{\{{")
_NAMED = re.compile(
    r"lorem ipsum|todo:? {0,3}[a-z]|/(?:@|<|www\.)?(?:your|votre|ton[-_])|your_[a-z]"
    r"|your[._-]?(?:e-?mail|name)@|\((?:link here|lien ici)\)| (?:url|link)\]"
)
_HINTS = (
    "lorem",
    "todo",
    "your",
    "/votre",
    "/<votre",
    "/ton",
    "/<ton",
    "(link here)",
    "(lien ici)",
    " url]",
    " link]",
)
_CODE = re.compile(r"(`++)[^`\n]{1,400}\1(?!`)")
#: A command to clone whose address nobody can clone from.
_CLONE = re.compile(
    r"\bgit clone \[?(?:https?://)?(?P<gap>(?:github|gitlab)\.com/"
    rf"(?:(?:<?your|<user)[\w-]{{0,40}}>?|<?(?:votre|ton)[-_]?(?:{_FRENCH})\b>?)"
    r"|https?://your[-_][\w.-]{1,80})",
    re.IGNORECASE,
)
#: Readers clone their own copy there, so its address is theirs to fill in.
_FORKING = re.compile(r"\bfork|contribut|contribuer", re.IGNORECASE)
_LABEL = re.compile(r"^ {0,3}\[([^\[\]\n]{1,80})\]:", re.MULTILINE)


def placeholder_problems(text: Outline, path: str) -> Iterator[Problem]:
    """The gaps in a text, each with its line.

    In code only the commands of a README that clone the project are looked at.
    """
    found = list(islice(_problems(text, path), MAX_TOLD))
    if is_readme(path.rpartition("/")[2]):
        known = {problem.line for problem in found}
        found += (problem for problem in _clones(text, path) if problem.line not in known)
    return iter(sorted(found, key=lambda problem: problem.line)[:MAX_TOLD])


def _clones(text: Outline, path: str) -> Iterator[Problem]:
    """The commands that clone from an address with a gap, but for those that clone a fork."""
    heading = before = ""
    for block in text.blocks:
        if block.kind is BlockKind.HEADING:
            heading = block.text
        elif "clone" in block.text and not _FORKING.search(f"{heading}\n{before}\n{block.text}"):
            first = block.line + (block.kind is BlockKind.FENCE)
            for match in islice(_CLONE.finditer(block.text), MAX_TOLD):
                line = first + block.text.count("\n", 0, match.start())
                yield Problem(path, line, "placeholder", f"It says “{match['gap']}”.")
        before = block.text[:_BEFORE]


def _problems(text: Outline, path: str) -> Iterator[Problem]:
    passages = [passage for block in text.blocks for passage in _passages(block)]
    if not _may_hold_gap("\n".join(words for _, words in passages).lower()):
        return
    labels = _labels(text)
    for line, words in passages:
        for at, gap in _gaps(words, labels) if _may_hold_gap(words.lower()) else ():
            number = line + words.count("\n", 0, at)
            yield Problem(path, number, "placeholder", f"It says “{gap}”.")


def _may_hold_gap(small: str) -> bool:
    if _OPENING.search(small):
        return True
    return any(map(small.__contains__, _HINTS)) and _NAMED.search(small) is not None


def _labels(text: Outline) -> set[str]:
    """What the text links to by name: such words in brackets are no gap."""
    defining = (block.text for block in text.blocks if "]:" in block.text)
    return {label.lower() for words in defining for label in _LABEL.findall(words)}


def _passages(block: Block) -> Iterator[tuple[int, str]]:
    """The pieces of prose in a block, each with its first line."""
    if block.kind is BlockKind.TABLE:
        for row, line in zip(block.rows, block.row_lines, strict=False):
            yield line, " | ".join(row)
    elif block.kind is not BlockKind.FENCE:
        yield block.line, block.text


def _gaps(words: str, labels: set[str]) -> list[tuple[int, str]]:
    """The gaps of a piece of prose, each with its place, in order."""
    if "`" in words:
        words = _CODE.sub(lambda code: " " * len(code[0]), words)
    found = [
        (match.start(), match[0][:_LONGEST_SHOWN])
        for match in _GAP.finditer(words)
        if (match["words"] or "").lower() not in labels
    ]
    found += [(match.start(), match[0][:_LONGEST_SHOWN]) for match in _SHOUTED.finditer(words)]
    return sorted(one for one in found if not _is_cited(words, *one))


def _is_cited(words: str, at: int, gap: str) -> bool:
    """Whether brackets stand in an entry of a bibliography, and say what kind of source it is."""
    if gap.lower() not in _KINDS_OF_SOURCES:
        return False
    end = words.find("\n", at)
    return _CITED.search(words, at, end if end >= 0 else len(words)) is not None
