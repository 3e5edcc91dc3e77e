"""Challenges that people tell of: what was hard, what they did, and what came of it."""

from nexus.library.extraction.challenges.finding import find_challenges
from nexus.library.extraction.challenges.model import Form, FoundChallenge

__all__ = ["Form", "FoundChallenge", "find_challenges"]
