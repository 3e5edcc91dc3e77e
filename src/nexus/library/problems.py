"""What the hub tells an owner about a file: a stable code, what is wrong, what to do.

A problem never stops the rest of a repository from being published.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advice:
    """The words that belong to a problem's code."""

    title: str
    remedy: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing noticed in one file.

    ``line`` counts from 1; 0 means the file as a whole. ``message`` names the
    particulars; the general words are those of ``advice_on(code)``.
    """

    path: str
    line: int
    code: str
    message: str
