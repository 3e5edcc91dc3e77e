"""What of a profile a reader is shown: the one place that decides it (decision 0030).

What makes the page that one sends around (text, tracks, links) is for everybody. What helps to
meet (time zone, what one is open to and when, what one wants to learn) is for the members of one's
cohorts, unless one shows it to everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus.people.profile.clocks import Rhythm
from nexus.people.profile.given import Link
from nexus.people.profile.words import UNSAID

if TYPE_CHECKING:
    from nexus.people.models import Person, Profile


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A profile as one reader is shown it; what is not shown is empty, as if it were not said."""

    about: str = ""
    tracks: Sequence[str] = ()
    links: Sequence[Link] = ()
    pins: Sequence[int] = ()
    time_zone: str = ""
    open_to: Sequence[str] = ()
    is_away: bool = False
    hours_a_week: int | None = None
    times: Sequence[str] = ()
    wishes: Sequence[str] = ()

    @property
    def rhythm(self) -> Rhythm:
        """When the person can be met."""
        return Rhythm(self.time_zone, tuple(self.times))

    @property
    def says_when(self) -> bool:
        """Whether anything is shown of when and for what they can be met."""
        return bool(self.time_zone or self.open_to or self.is_away or self.hours_a_week)


def view_of(
    person: Person, profile: Profile | None, *, wishes: Collection[str] = (), is_near: bool
) -> ProfileView:
    """What a reader is shown; ``is_near`` when they are in a cohort with ``person``."""
    if profile is None:
        return ProfileView()
    links = [Link(link["label"], link["address"]) for link in profile.links]
    public = ProfileView(profile.about, profile.tracks, links, profile.pins)
    if not is_near and profile.shown_to != profile.ShownTo.EVERYBODY:
        return public
    return ProfileView(
        profile.about,
        profile.tracks,
        links,
        profile.pins,
        time_zone="" if person.time_zone == UNSAID else person.time_zone,
        open_to=profile.open_to,
        is_away=profile.is_away,
        hours_a_week=profile.hours_a_week,
        times=profile.times,
        wishes=tuple(wishes),
    )
