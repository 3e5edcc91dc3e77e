"""How well two projects fit together, as a number and in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nexus.library.counterparts.ideas import shared_idea
from nexus.people.profile.clocks import Rhythm, hour_words, hours_in_common, minutes_ahead

SIDES = ("backend", "frontend")
#: What each reason is worth; together 1.
_IDEA, _WANTED, _TOPICS, _HOURS = 0.4, 0.25, 0.2, 0.15
#: More of these add nothing.
_ENOUGH_TOPICS, _ENOUGH_HOURS = 4, 8
_TOPICS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Project:
    """A project as one looks for a counterpart: whose, what it is, whom it looks for."""

    key: int
    owner: int
    title: str = ""
    track: str = ""
    sought: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    idea: tuple[str, ...] = ()

    @property
    def sides(self) -> frozenset[str]:
        """The sides that it is; of one whose track is not known, either may be it."""
        return frozenset({self.track}) if self.track in SIDES else frozenset(SIDES)

    def wants(self, other: "Project") -> bool:
        """Whether it looks for what the other is."""
        return bool(self.sought & other.sides)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well two projects fit: 0 to 1, and the reasons."""

    score: float = 0.0
    reasons: tuple[str, ...] = field(default_factory=tuple)

    @property
    def words(self) -> str:
        """The reasons as a line: ``same idea: board job; both use GraphQL; 2 hours apart``."""
        return "; ".join(self.reasons)


def fit(
    one: Project,
    other: Project,
    *,
    rhythms: tuple[Rhythm, Rhythm] = (Rhythm(""), Rhythm("")),
    at: datetime,
    names: Mapping[str, str],
) -> Fit:
    """How well two projects fit; the same whichever is asked for first.

    ``rhythms`` are those of their owners, ``names`` what topics are called.
    """
    idea = shared_idea(one.idea, other.idea)
    topics = sorted(one.topics & other.topics & names.keys(), key=lambda slug: names[slug])
    wanted = one.wants(other) + other.wants(one)
    hours, clock = _hours(rhythms, at)
    score = (
        _IDEA * bool(idea)
        + _WANTED * wanted / 2
        + _TOPICS * min(len(topics), _ENOUGH_TOPICS) / _ENOUGH_TOPICS
        + _HOURS * hours
    )
    reasons = (
        f"same idea: {_in_order(one, other, idea)}" if idea else "",
        "each looks for the other" if wanted == 2 else "",
        f"both use {_listed([names[slug] for slug in topics[:_TOPICS_NAMED]])}" if topics else "",
        clock,
    )
    return Fit(round(score, 6), tuple(filter(None, reasons)))


def _hours(rhythms: tuple[Rhythm, Rhythm], at: datetime) -> tuple[float, str]:
    """The share of hours in common, and the distance in words; nothing of a clock not known."""
    one, other = rhythms
    if not (one.is_known and other.is_known):
        return 0.0, ""
    minutes = abs(minutes_ahead(one.zone, other.zone, at))
    share = min(hours_in_common(one, other, at), _ENOUGH_HOURS) / _ENOUGH_HOURS
    return share, f"{hour_words(minutes)} apart" if minutes else "same time"


def _in_order(one: Project, other: Project, shared: tuple[str, ...]) -> str:
    """The shared words as they stand in the first idea by alphabet, so that both sides agree."""
    first = min(one.idea, other.idea)
    return " ".join(word for word in first if word in shared)


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
