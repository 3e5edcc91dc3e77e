"""Cutting a text at labels such as ``**Problem:**``, ``Solution –`` or ``✅ Résultat :``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nexus.library.extraction.challenges.vocabulary import Role, may_hold_label, role_of

_NAME = r"(?P<name>[^\W\d_][\w'’#°/& -]{1,40}?)"
_COLON = r"[*_]{0,3}[ \t\u00a0\u202f]{0,2}:[*_]{0,3}(?!//)"
#: A label at the beginning of a line: behind a colon, behind a dash or an arrow, or bold.
_FIRST = re.compile(
    r"^(?P<lead>(?:[^\w\n]|_){0,12}(?:\d{1,3}[.)]?(?:[^\w\n]|_){1,6})?)"
    rf"{_NAME}"
    rf"(?:{_COLON}"
    r"|[*_]{0,3}[ \t]+(?:[-–—]{1,2}|→|➜|->|=>|⇒)(?=[ \t])"
    r"|(?P<marks>\*\*|__)(?=[ \t]|$))",
    re.MULTILINE,
)
#: A label further on, before a colon: bold, or at the end of what was said before, or the one
#: word that hardly ever stands before a colon otherwise.
_LATER = re.compile(
    r"(?:(?<=[.;!?,)>…→➜⇒|`\"”–—*-])[ \t]++|(?<=[→➜⇒|>])|(?=\*\*|__)|(?<= )(?=Solution\b))"
    rf"(?P<lead>(?:[^\w\n]|_){{0,6}}){_NAME}{_COLON}"
)
#: Behind every label stands one of these. Each begins with one character, so a search is quick.
_BEHIND = re.compile(
    "|".join((r":(?!//)", r"\*\*", "__", *(rf"{sign}[ \t]" for sign in "-–—→➜⇒>")))
)
#: So many labels are read in one block of text.
_MOST_LABELS = 400
#: What only joins a piece to the label behind it.
_JOINTS = " \t\n→➜➔⇒➡|;,–—-\\"
_ARROWS = ("->", "=>")
_ENDS = (*_ARROWS, "<br>", "<br/>", "<br />")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text. ``role`` is None for what stands before the first label.

    ``title`` are words in bold that share their line with the label alone.
    """

    role: Role | None
    name: str
    text: str
    line: int
    end_line: int
    title: str = ""


def pieces(text: str, *, line: int) -> tuple[Piece, ...]:
    """``text``, which begins on line ``line``, cut at its labels; empty when it has none."""
    may_hold_one = _BEHIND.search(text) is not None and may_hold_label(text)
    labels = _labels(text)[:_MOST_LABELS] if may_hold_one else []
    if not labels:
        return ()
    before = tidy(text[: labels[0][0].start()])
    parts = [Piece(None, "", before, line, line + before.count("\n"))] if before else []
    ends = [match.start() for match, _ in labels[1:]]
    read = 0
    for (match, role), end in zip(labels, [*ends, len(text)], strict=True):
        line += text.count("\n", read, match.end())
        read = match.end()
        parts.append(_piece(match, role, text[read:end], line))
    return tuple(parts)


def _labels(text: str) -> list[tuple[re.Match[str], Role]]:
    """The labels in the order in which they stand, each with its role."""
    found = [*_with_role(_FIRST.finditer(text))]
    if text.count(":") > sum(":" in match[0] for match, _ in found):
        found += _with_role(_LATER.finditer(text))
        found.sort(key=_place)
    kept: list[tuple[re.Match[str], Role]] = []
    for match, role in found:
        if not kept or match.start("name") >= kept[-1][0].end():
            kept.append((match, role))
    return kept


def _with_role(matches: Iterator[re.Match[str]]) -> Iterator[tuple[re.Match[str], Role]]:
    for match in matches:
        if role := role_of(match["name"]):
            marks = match.groupdict().get("marks")
            if not marks or marks in match["lead"]:
                yield match, role


def _place(label: tuple[re.Match[str], Role]) -> tuple[int, int]:
    return label[0].start("name"), label[0].start()


def _piece(label: re.Match[str], role: Role, own: str, line: int) -> Piece:
    """The words behind ``label``, which ends on line ``line``."""
    title = ""
    end_line = line + own.rstrip().count("\n")
    if label[0].count("**") % 2:
        bold, _, rest = own.partition("**")
        if rest.lstrip(" \t").startswith("\n"):  # "**Problem 1: Tokens**", and below what happened
            title, own = tidy(bold), rest
        else:  # "**Problem: tokens expired** after a day"
            own = bold + rest
    return Piece(role, label["name"].strip(), tidy(own), line, end_line, title)


def tidy(text: str) -> str:
    """A piece without what joined it to the next."""
    text = text.strip().rstrip(_JOINTS)
    while text.endswith(_ENDS):
        text = text[:-2].rstrip(_JOINTS) if text.endswith(_ARROWS) else text[: text.rindex("<")]
    return text.strip()
