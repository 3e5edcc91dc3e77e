"""The word lists of ``data.toml``, read once."""

import re
import tomllib
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data.toml")
_SIGNS = " \t\n*_~#>\"'“«("
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")

#: Together they are the list "asking_or_calling".
_ASKING = ("asking", "asking_for_people", "calling")


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    lists = tomllib.loads(_DATA.read_text("utf-8"))
    lists["asking_or_calling"] = [phrase for name in _ASKING for phrase in lists[name]]
    return {name: tuple(words) for name, words in lists.items()}


def listed(name: str) -> tuple[str, ...]:
    """The list of this name, as it stands in the file."""
    return _lists()[name]


@cache
def set_of(name: str) -> frozenset[str]:
    """The list of this name, to ask whether a word is in it."""
    return frozenset(listed(name))


def words_of(text: str) -> list[str]:
    """The words of ``text`` in small letters; hyphens and apostrophes hold words together."""
    return _WORD.findall(_small(text))


def has_any(text: str, name: str) -> bool:
    """Whether ``text`` holds a word or a phrase of the list ``name``, as whole words."""
    return _pattern(name).search(_small(text)) is not None


def begins_with_any(text: str, name: str) -> bool:
    """Whether ``text`` begins with a word or a phrase of the list ``name``, signs aside."""
    return _pattern(name).match(_small(text).lstrip(_SIGNS)) is not None


def all_of(text: str, name: str) -> list[str]:
    """The words and phrases of the list ``name`` in ``text``, in order, in small letters."""
    found: list[str] = _pattern(name).findall(_small(text))
    return found


def count_any(text: str, name: str) -> int:
    """How often ``text`` holds a word or a phrase of the list ``name``."""
    return len(all_of(text, name))


def _small(text: str) -> str:
    return text.casefold().replace("’", "'")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Any phrase of a list; between its words may be whatever is no word."""
    phrases = (r"(?:[^\w-]|_)+".join(map(re.escape, phrase.split())) for phrase in listed(name))
    return re.compile(rf"(?<![^\W_])(?<!-)(?:{'|'.join(phrases)})(?![^\W_])(?!-)")
