"""What is found of an endpoint."""

from typing import NamedTuple

from nexus.library.extraction.inline import plain

#: The longest summary, in characters.
MAX_SUMMARY = 200
#: What stands around a summary and is no part of it.
_AROUND = " \t\n–—-:→|.,;#/"


class FoundEndpoint(NamedTuple):
    """An endpoint as a text lists it.

    ``path`` begins with a slash and keeps its parameters as they were written; ``query`` are the
    names behind its question mark. ``line`` counts from 1 in the file. ``section`` are the words
    of the heading above it. ``needs_authentication`` is None when the text does not say.
    """

    method: str
    path: str
    summary: str
    line: int
    section: str = ""
    needs_authentication: bool | None = None
    query: tuple[str, ...] = ()


def summary_of(markdown: str) -> str:
    """The words of ``markdown`` as one line without marks."""
    words = plain(markdown[: 4 * MAX_SUMMARY]).strip(_AROUND).rstrip("([")
    if not any(letter.isalnum() for letter in words):
        return ""
    if words.startswith("(") and words.endswith(")"):
        words = words[1:-1].strip(_AROUND)
    if len(words) <= MAX_SUMMARY:
        return words
    return words[: MAX_SUMMARY - 1].rsplit(" ", 1)[0].rstrip(_AROUND) + "…"
