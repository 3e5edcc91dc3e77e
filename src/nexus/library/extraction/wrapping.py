"""A README that was pasted together with the marks of the code block it was copied from."""

import re

_OPENING = re.compile(
    r"\s{0,200}(?P<line>(?P<marks>`{3,9}|~{3,9})[ \t]{0,9}(?:markdown|md)[ \t]{0,9})\n"
    r"(?=\s{0,200}#{1,2}[ \t])",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^[ \t]{0,9}(?P<marks>`{3,}+|~{3,}+)(?P<info>.*)$", re.MULTILINE)


def unwrapped(text: str) -> str:
    """``text`` without the marks of a block of Markdown around it; lines stay where they are.

    Such a block opens in the first line, right above the title. One that is closed before the
    text ends is an example and stays, unless another block was opened in it: that one was meant.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return text
    start, end = opening.span("line")
    marks = list(_MARKS.finditer(text, opening.end()))
    closing = _closing(marks, opening["marks"])
    if closing is None:
        is_left_over = len(marks) % 2 == 1 and _is_last(marks[-1], text)
        closing = marks[-1] if is_left_over else None
    elif not _is_last(closing, text):
        return text
    return text[:start] + text[end : closing.start() if closing else len(text)]


def _closing(marks: list[re.Match[str]], opening: str) -> re.Match[str] | None:
    """The marks that close the block; None if there are none, or they close another one in it."""
    for within, match in enumerate(marks):
        if match["marks"].startswith(opening) and not match["info"].strip():
            return match if within % 2 == 0 else None
    return None


def _is_last(marks: re.Match[str], text: str) -> bool:
    return not marks["info"].strip() and not text[marks.end() :].strip()
