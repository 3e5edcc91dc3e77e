"""What is found in a text of its challenges, for the tests to compare."""

from nexus.library.extraction.challenges import FoundChallenge, find_challenges
from nexus.library.extraction.outline import outline


def all_in(text: str) -> tuple[FoundChallenge, ...]:
    """Every challenge."""
    return find_challenges(outline(text))


def as_told(text: str) -> list[tuple[str, str, str, str]]:
    """The title, problem, action and result of each."""
    return [(each.title, each.problem, each.action, each.result) for each in all_in(text)]


def only_one(text: str) -> FoundChallenge:
    """The one challenge there is."""
    (challenge,) = all_in(text)
    return challenge
