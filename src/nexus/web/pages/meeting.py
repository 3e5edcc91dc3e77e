"""When and for what somebody can be met, in words, seen from the reader's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from nexus.people.profile.clocks import apart_words, clock_words, is_day, place_words
from nexus.people.profile.words import OPEN_TO, UNSAID

if TYPE_CHECKING:
    from datetime import datetime

    from nexus.people.models import Person
    from nexus.people.profile.views import ProfileView


@dataclass(frozen=True, slots=True)
class Meeting:
    """How a page says when and for what somebody can be met; empty parts are not said.

    The clock is shown to those who are signed in: pages of guests are kept for hours.
    """

    place: str = ""
    #: “2 hours ahead of you”
    apart: str = ""
    #: “14:20”
    clock: str = ""
    is_day: bool = True
    open_to: str = ""
    #: “mornings and evenings, 6 hours a week”
    times: str = ""
    is_away: bool = False
    answers: bool = False

    @property
    def is_said(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.place or self.open_to or self.times or self.is_away)


def meeting_of(profile: ProfileView, reader: Person | None, at: datetime | None = None) -> Meeting:
    """When and for what the person of a profile can be met, seen by ``reader``."""
    now = at or timezone.now()
    zone = profile.time_zone
    is_clock = bool(zone) and reader is not None
    return Meeting(
        place=place_words(zone, now),
        apart=_apart(reader, zone, now),
        clock=clock_words(zone, now) if is_clock else "",
        is_day=is_day(zone, now) if is_clock else True,
        open_to=_listed([OPEN_TO[one] for one in profile.open_to if one in OPEN_TO]),
        times=_times(profile),
        is_away=profile.is_away,
        answers="questions" in profile.open_to and not profile.is_away,
    )


def _apart(reader: Person | None, zone: str, now: datetime) -> str:
    if reader is None or not zone or reader.time_zone == UNSAID:
        return ""
    words = apart_words(reader.time_zone, zone, now)
    return "same time as you" if words == "same time" else f"{words} of you"


def _times(profile: ProfileView) -> str:
    hours = profile.hours_a_week
    week = f"{hours} hour{'' if hours == 1 else 's'} a week" if hours else ""
    return ", ".join(filter(None, [_listed(list(profile.times)), week]))


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
