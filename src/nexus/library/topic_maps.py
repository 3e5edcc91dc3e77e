"""The topic map of a cohort as its page draws it: wide, and tall for phones."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.urls import reverse
from pydantic import TypeAdapter

from nexus.library.selectors import Survey, stamp_of, survey_of
from nexus.library.shelf import Shelf
from nexus.library.topics.catalogue import Topic, catalogue
from nexus.library.topics.map import MapTopic, Spot, Tie, TopicMap, draw_map

if TYPE_CHECKING:
    from nexus.cohorts.models import Cohort

#: Where topics belong, by whose work they are; in the order in which the map has them.
GROUPS: Mapping[str, str] = {
    "backend": "Backend",
    "shared": "Both sides",
    "frontend": "Frontend",
}
#: How the map is drawn: its width in pixels, the most topics on it, whether it stands upright.
SHAPES: Mapping[str, tuple[float, int, bool]] = {
    "wide": (880, 44, False),
    "tall": (352, 22, True),
}
#: Other topics named beside each in the list.
NEIGHBOURS = 3
#: Topics of a side that are listed before the rest is folded away.
LISTED = 12
#: How far the ground of a side reaches beyond its topics.
SHORE = 13
#: A tie longer than this share of the map, or of so many pixels, is drawn faintly.
FAR, FAR_AT_MOST = 0.3, 700
#: How far a tie bends, against its length.
BEND = 0.14


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in the list: how much there is of it, also against the greatest, and its company."""

    slug: str
    name: str
    count: int
    address: str
    kind: str
    share: float = 0
    company: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """The topics of one side."""

    key: str
    title: str
    topics: Sequence[TopicRow]
    #: Those of which there is less, folded away at first.
    more: Sequence[TopicRow] = ()

    @property
    def count(self) -> int:
        """How many topics there are."""
        return len(self.topics) + len(self.more)


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line of a name: its words, and how far below the middle of the circle it stands."""

    words: str
    y: str


@dataclass(frozen=True, slots=True)
class DrawnSpot:
    """A topic on the map. Lengths are written out, as SVG takes them."""

    topic: TopicRow
    group: str
    x: str
    y: str
    radius: str
    type_size: str
    lines: Sequence[DrawnLine]
    number: str
    left: str
    top: str
    width: str
    height: str
    #: Its own ties, to be shown when it is pointed at.
    ties: str


@dataclass(frozen=True, slots=True)
class DrawnLand:
    """The ground on which the topics of a side lie: boxes that run into each other."""

    group: str
    #: Of each: left, top, width, height.
    boxes: Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map ready for its template.

    ``ties`` are paths, the weakest first, each with how broad it is and whether it is far.
    """

    shape: str
    width: str
    height: str
    spots: Sequence[DrawnSpot]
    ties: Sequence[tuple[str, str, bool]]
    lands: Sequence[DrawnLand] = ()


@dataclass(frozen=True, slots=True)
class TopicPicture:
    """The map in every shape, and the list that says the same."""

    maps: Sequence[DrawnMap]
    groups: Sequence[TopicGroup]
    topics: int


_PICTURE = TypeAdapter(TopicPicture)
PICTURES = Shelf("map.json", _PICTURE.dump_json, _PICTURE.validate_json)


def picture_of(cohort: Cohort) -> TopicPicture:
    """The topic map of a cohort as it was drawn last; drawn here only if it never was."""
    survey = survey_of(cohort)  # and a worker is asked for the next, when it is time
    kept = PICTURES.get(cohort.pk)
    return kept or _drawn_here(survey, cohort)


def _drawn_here(survey: Survey, cohort: Cohort) -> TopicPicture:
    key = f"topic-map:{stamp_of(cohort)}"
    picture: TopicPicture | None = cache.get(key)
    if picture is None:
        picture = draw(survey, cohort=cohort.slug)
        cache.set(key, picture)
    return picture


def draw(survey: Survey, *, cohort: str) -> TopicPicture:
    """The map of what was counted; ``cohort`` is the slug to which its topics lead."""
    rows = _rows(survey, cohort)
    return TopicPicture(
        maps=[_drawn(shape, survey, rows) for shape in SHAPES],
        groups=_grouped(rows.values()),
        topics=len(rows),
    )


def group_of(topic: Topic) -> str:
    """The side whose work a topic is."""
    return topic.tracks[0] if len(topic.tracks) == 1 else "shared"


def _rows(survey: Survey, cohort: str) -> dict[str, TopicRow]:
    topics = catalogue().topics
    greatest = max(survey.sizes.values(), default=1)
    company = _company(survey)
    return {
        slug: TopicRow(
            slug=slug,
            name=topics[slug].name,
            count=count,
            address=reverse("cohort-topic", args=[cohort, slug]),
            kind=topics[slug].kind.value,
            share=count / greatest,
            company=[topics[one].name for one in company.get(slug, ()) if one in topics],
        )
        for slug, count in survey.sizes.items()
        if slug in topics
    }


def _company(survey: Survey) -> dict[str, list[str]]:
    """With which topics each one meets most."""
    ordered = sorted(survey.meetings.items(), key=lambda item: (-item[1], item[0]))
    company: dict[str, list[str]] = {}
    for (one, other), _ in ordered:
        for slug, beside in ((one, other), (other, one)):
            known = company.setdefault(slug, [])
            if len(known) < NEIGHBOURS:
                known.append(beside)
    return company


def _grouped(rows: Iterable[TopicRow]) -> list[TopicGroup]:
    topics = catalogue().topics
    groups: dict[str, list[TopicRow]] = {key: [] for key in GROUPS}
    for row in rows:
        groups[group_of(topics[row.slug])].append(row)
    return [
        TopicGroup(key, GROUPS[key], found[:LISTED], found[LISTED:])
        for key, found in groups.items()
        if found
    ]


def _drawn(shape: str, survey: Survey, rows: Mapping[str, TopicRow]) -> DrawnMap:
    width, most, is_tall = SHAPES[shape]
    topics = catalogue().topics
    picture = draw_map(
        [
            MapTopic(row.slug, row.name, row.count, group_of(topics[row.slug]))
            for row in rows.values()
        ],
        survey.meetings,
        width=width,
        groups=list(GROUPS),
        most=most,
        is_tall=is_tall,
    )
    ties = sorted(picture.ties, key=lambda tie: tie.strength)
    return DrawnMap(
        shape=shape,
        width=_number(picture.width),
        height=_number(picture.height),
        spots=[_drawn_spot(spot, rows[spot.topic.slug], picture) for spot in picture.spots],
        ties=[(_path(tie), _number(0.8 + 2.2 * tie.strength), _is_far(tie, width)) for tie in ties],
        lands=[_land(group, picture.spots) for group in GROUPS],
    )


def _land(group: str, spots: Iterable[Spot]) -> DrawnLand:
    return DrawnLand(group, [_ground(spot) for spot in spots if spot.topic.group == group])


def _ground(spot: Spot) -> tuple[str, str, str, str]:
    left, top, right, bottom = spot.box
    corner = (left - SHORE, top - SHORE)
    size = (right - left + 2 * SHORE, bottom - top + 2 * SHORE)
    return tuple(_number(length) for length in (*corner, *size))  # type: ignore[return-value]


def _drawn_spot(spot: Spot, row: TopicRow, picture: TopicMap) -> DrawnSpot:
    left, top, right, bottom = spot.box
    first = spot.radius + spot.line_height
    own = [tie for tie in picture.ties if spot is tie.one or spot is tie.other]
    return DrawnSpot(
        topic=row,
        group=spot.topic.group,
        x=_number(spot.x),
        y=_number(spot.y),
        radius=_number(spot.radius),
        type_size=_number(spot.type_size),
        lines=[
            DrawnLine(words, _number(spot.y + first + at * spot.line_height))
            for at, words in enumerate(spot.lines)
        ],
        number=str(row.count) if spot.shows_number else "",
        left=_number(left),
        top=_number(top),
        width=_number(right - left),
        height=_number(bottom - top),
        ties="".join(map(_path, own)),
    )


def _is_far(tie: Tie, width: float) -> bool:
    """Whether a tie crosses so much of the map that it is drawn faintly."""
    length = math.hypot(tie.other.x - tie.one.x, tie.other.y - tie.one.y)
    return length > FAR * min(width, FAR_AT_MOST)


def _path(tie: Tie) -> str:
    """A gentle bow from the rim of one circle to that of the other."""
    x, y = tie.other.x - tie.one.x, tie.other.y - tie.one.y
    bend = (
        (tie.one.x + tie.other.x) / 2 - y * BEND,
        (tie.one.y + tie.other.y) / 2 + x * BEND,
    )
    points = (_rim(tie.one, bend), bend, _rim(tie.other, bend))
    start, middle, end = (f"{at_x:.0f} {at_y:.0f}" for at_x, at_y in points)
    return f"M{start}Q{middle} {end}"


def _rim(spot: Spot, towards: tuple[float, float]) -> tuple[float, float]:
    """Where the edge of a circle is, seen from its middle towards a point."""
    x, y = towards[0] - spot.x, towards[1] - spot.y
    length = math.hypot(x, y) or 1.0
    return spot.x + x / length * spot.radius, spot.y + y / length * spot.radius


def _number(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")
