"""The words of the index that are one slip of the finger away from a typed one.

A slip behind the first letters leaves these as they are, so it is looked for among the words
that begin so. A slip in them leaves few possibilities, which are looked up one by one. Both
together cost a fraction of what walking the dictionary within an edit distance does.
"""

from functools import partial
from string import ascii_lowercase

from tantivy import Searcher

from nexus.search.schema import SPELLING

#: Few words share so many first letters, and so many can be misspelt in few ways.
_HEAD = 3


def can_have_neighbours(typed: str) -> bool:
    """Whether all letters that can stand in the place of another are known."""
    return typed.isascii() and typed.isalpha() and len(typed) > _HEAD


def neighbours(searcher: Searcher, typed: str) -> dict[str, int]:
    """The words one slip away from ``typed``, and in how many documents each is.

    Hidden documents are among them: whoever shows a word must ask whether its reader sees it.
    """
    head, tail = typed[:_HEAD], typed[_HEAD:]
    found = {
        word: count
        for word, count in searcher.terms_with_prefix(SPELLING, head)
        if -1 <= len(word) - len(typed) <= 1 and is_one_slip(tail, word[_HEAD:])
    }
    documents = partial(searcher.doc_freq, SPELLING)
    misspelt = _misspelt(typed).difference(found, (typed,))
    return found | {word: count for word in misspelt if (count := documents(word))}


def is_one_slip(typed: str, word: str) -> bool:
    """Whether one letter was added, lost or changed between the two, or two were swapped."""
    if abs(len(typed) - len(word)) > 1 or typed == word:
        return False
    at = _first_difference(typed, word)
    if len(typed) < len(word):
        return typed[at:] == word[at + 1 :]
    if len(typed) > len(word):
        return typed[at + 1 :] == word[at:]
    return typed[at + 1 :] == word[at + 1 :] or _are_swapped(typed[at:], word[at:])


def _first_difference(one: str, other: str) -> int:
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))


def _are_swapped(one: str, other: str) -> bool:
    return one[:2] == other[1::-1] and one[2:] == other[2:]


def _misspelt(typed: str) -> set[str]:
    """What one slip in the head can make of ``typed``."""
    found: set[str] = set()
    for at in range(_HEAD):
        before, here, after = typed[:at], typed[at:], typed[at + 1 :]
        found.update((before + after, before + after[0] + here[0] + after[1:]))
        found.update([before + letter + rest for letter in ascii_lowercase
                      for rest in (after, here)])  # fmt: skip
    return found
