"""How far apart the days of two people are, and which hours they have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nexus.people.profile.places import place_name
from nexus.people.profile.words import TIMES, UNSAID, WAKING

_MINUTES = 24 * 60
#: Time zones differ by quarters of an hour.
_SLOT = 15
_SLOTS = _MINUTES // _SLOT
#: By day people may be asked.
_DAY = (7, 22)
_PARTS = {0: "", 15: "¼", 30: "½", 45: "¾"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Somebody's time zone, and the parts of the day in which they have time (none: not said)."""

    zone: str
    times: Sequence[str] = ()

    @property
    def is_known(self) -> bool:
        """Whether they said where they are."""
        return bool(self.zone) and self.zone != UNSAID


def zone_of(name: str) -> tzinfo:
    """The time zone of this name; UTC for one that is not known here (any more)."""
    try:
        return ZoneInfo(name or UNSAID)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def offset_minutes(name: str, at: datetime) -> int:
    """How far a time zone is ahead of UTC at a moment; 0 for one that is not known."""
    difference = at.astimezone(zone_of(name)).utcoffset()
    return int(difference.total_seconds() // 60) if difference else 0


def minutes_ahead(one: str, other: str, at: datetime) -> int:
    """How far ``other``'s clock is ahead of ``one``'s, the short way round: -719 to 720."""
    difference = (offset_minutes(other, at) - offset_minutes(one, at)) % _MINUTES
    return difference if difference <= _MINUTES // 2 else difference - _MINUTES


def hours_apart(one: str, other: str, at: datetime) -> float:
    """How many hours lie between two clocks, the short way round: 0 to 12."""
    return abs(minutes_ahead(one, other, at)) / 60


def apart_words(one: str, other: str, at: datetime) -> str:
    """Where ``other``'s clock stands, seen from ``one``: ``2 hours ahead``."""
    minutes = minutes_ahead(one, other, at)
    if not minutes:
        return "same time"
    return f"{hour_words(abs(minutes))} {'ahead' if minutes > 0 else 'behind'}"


def hour_words(minutes: int) -> str:
    """``5½ hours``, ``1 hour``, ``45 minutes``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} minutes"
    part = _PARTS.get(rest, "")
    return f"{hours}{part} hour{'' if (hours, part) == (1, '') else 's'}"


def offset_words(name: str, at: datetime) -> str:
    """``UTC+3``, ``UTC+5:30``, ``UTC−3:30``."""
    minutes = offset_minutes(name, at)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def place_words(name: str, at: datetime) -> str:
    """Where somebody is, as far as their clock tells: ``Nairobi, UTC+3``; empty when not said."""
    place = place_name(name)
    return f"{place}, {offset_words(name, at)}" if place else ""


def clock_words(name: str, at: datetime) -> str:
    """What a clock there shows: ``14:20``."""
    return at.astimezone(zone_of(name)).strftime("%H:%M")


def is_day(name: str, at: datetime) -> bool:
    """Whether most people there are awake."""
    return _DAY[0] <= at.astimezone(zone_of(name)).hour < _DAY[1]


def hours_in_common(one: Rhythm, other: Rhythm, at: datetime) -> float:
    """How many hours of a day two people have in common, 0 to 24.

    Who did not say when they have time has it while people are awake.
    """
    return len(_slots(one, at) & _slots(other, at)) * _SLOT / 60


def _slots(rhythm: Rhythm, at: datetime) -> set[int]:
    """The quarters of an hour, by UTC, in which somebody has time."""
    shift = offset_minutes(rhythm.zone, at) // _SLOT
    spans = [TIMES[time] for time in rhythm.times if time in TIMES] or [WAKING]
    quarters = 60 // _SLOT
    return {
        (slot - shift) % _SLOTS
        for begin, end in spans
        for slot in range(begin * quarters, end * quarters)
    }
