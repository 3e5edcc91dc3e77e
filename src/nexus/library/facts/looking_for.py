"""Whom a project is looking for: a counterpart, a reviewer, anybody."""

from collections.abc import Iterator, Sequence

from nexus.library.facts.fact import Fact, FactName
from nexus.library.facts.page import Page, sentences
from nexus.library.facts.wordlists import has_any, listed, set_of, words_of

WHOM = ("frontend", "backend", "mobile", "design", "review", "mentor")
ANYONE = "anyone"
#: How far from the words that ask those stand who are asked for, in words.
_REACH = 14
_NEAR = 5


def looking_for_facts(page: Page) -> Iterator[Fact]:
    """Each kind of person that a README asks for, once."""
    known: set[str] = set()
    for passage in page.passages:
        if not has_any(passage.text, "asking_or_calling"):
            continue
        for sentence in sentences(passage.text):
            for whom in asked_for(sentence):
                if whom not in known:
                    known.add(whom)
                    yield Fact(FactName.LOOKING_FOR, whom, page.path, passage.line, is_guess=True)


def asked_for(sentence: str) -> list[str]:
    """Whom a sentence asks for: ``We are looking for a frontend partner`` asks for ``frontend``."""
    words = words_of(sentence)
    asked = _after_asking(words) or _before_calling(words)
    text = " ".join(asked)
    if not asked or has_any(text, "not_asking"):
        return []
    found = [whom for whom in WHOM if has_any(text, f"whom_{whom}")]
    return found or ([ANYONE] if has_any(text, "people") else [])


def _after_asking(words: Sequence[str]) -> Sequence[str]:
    """What follows "we are looking for" and the like; nothing when nobody says it."""
    text = f" {' '.join(words)} "
    for name in ("asking", "asking_for_people"):
        for phrase in listed(name):
            before, found, after = text.partition(f" {phrase} ")
            speaker = before.split()[-1:]
            reach = after.split()[:_REACH]
            if not found or not set_of("askers").issuperset(speaker):
                continue
            if name == "asking" or has_any(" ".join(reach[:_NEAR]), "people"):
                return reach
    return ()


def _before_calling(words: Sequence[str]) -> Sequence[str]:
    """What comes before "are welcome" and the like, when it is people."""
    for at, word in enumerate(words):
        if word in set_of("calling"):
            before = words[max(0, at - _NEAR) : at]
            if not set_of("people").isdisjoint(before):
                return before
    return ()
