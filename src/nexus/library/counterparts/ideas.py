"""What a project is about, in the few words by which two can be the same idea."""

from collections.abc import Sequence

from nexus.library.facts.ideas import title_of_idea
from nexus.library.facts.wordlists import set_of, words_of

MOST_WORDS = 4
#: Two ideas are one when so much of the shorter is in the other.
_SAME = 0.5
_SMALL = frozenset(
    {"a", "an", "and", "by", "de", "for", "in", "la", "of", "on", "the", "to", "with"}
)


def idea_words(title: str, idea: str = "") -> tuple[str, ...]:
    """``Job Board Backend`` gives ``("job", "board")``; empty when nothing telling is said."""
    return _telling(title) or _telling(title_of_idea(idea))


def _telling(text: str) -> tuple[str, ...]:
    said = dict.fromkeys(words_of(text[:200]))
    dull = (
        set_of("generic_words") | set_of("praise") | set_of("products") - {"board", "shop", "feed"}
    )
    kept = [word for word in said if word not in dull and word not in _SMALL]
    return tuple(word for word in kept if not word.isdigit())[:MOST_WORDS]


def shared_idea(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """The words that two ideas share when they are one idea, in alphabetical order; else none."""
    shared = set(one) & set(other)
    if not shared or len(shared) / min(len(set(one)), len(set(other))) < _SAME:
        return ()
    if len(shared) == 1 and min(len(set(one)), len(set(other))) > 1:
        return ()
    return tuple(sorted(shared))
