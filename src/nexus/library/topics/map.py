"""The topic map: where each topic of a cohort is drawn. The same topics give the same picture.

First a fixed number of steps lets what belongs together move together (springs and charges,
as in Fruchterman and Reingold, *Graph drawing by force-directed placement*, 1991). Then each
topic, the greatest first, takes the free place nearest to where it came to lie, with room for
its name: so no two names can overlap, whatever the first part did.

Pure, and bounded: at most ``MOST`` topics, ``STEPS`` steps, ``PLACES`` tries for a place. Units
are pixels at the size at which the map was designed.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from nexus.library.topics.lettering import broken, text_width

MOST = 60
STEPS = 140
PLACES = 4000
#: Radii, and the sizes of names.
SMALLEST, LARGEST = 11.0, 44.0
SMALL_TYPE, LARGE_TYPE = 13.0, 17.0
MARGIN = 6.0
GAP = 8.0
#: What touches may overlap by a rounding error, so neighbours keep this much apart.
HAIR = 0.1
#: A circle of this radius has room for its number.
ROOM_FOR_NUMBER = 15.0
#: How many ties a topic chooses; more of them would be a net, not a picture.
TIES_EACH = 2
#: Topics that met less often are not tied; and how much a small number of meetings is doubted.
LEAST_MET = 2
DOUBT = 4.0
#: How strongly a topic is held at its group's place: in the row of groups, and across it.
ALONG, AMONG = 0.16, 0.02
#: How much of the box the topics fill.
FILLED = 0.62

Meetings = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class MapTopic:
    """A topic to be drawn: ``count`` is how much there is of it, ``group`` where it belongs."""

    slug: str
    name: str
    count: int
    group: str = ""


@dataclass(slots=True)
class Spot:
    """A topic on the map: a circle, and its name in one or two lines below it."""

    topic: MapTopic
    radius: float
    type_size: float
    lines: tuple[str, ...]
    x: float = 0.0
    y: float = 0.0
    #: Half the width of the box that it needs.
    half_width: float = field(init=False)

    def __post_init__(self) -> None:
        widest = max(text_width(line, self.type_size) for line in self.lines)
        self.half_width = max(self.radius, widest / 2) + GAP / 2

    @property
    def line_height(self) -> float:
        """From one line of the name to the next."""
        return self.type_size * 1.2

    @property
    def above(self) -> float:
        """How far its box reaches above the middle of the circle."""
        return self.radius + GAP / 2

    @property
    def below(self) -> float:
        """How far its box reaches below the middle of the circle."""
        return self.radius + len(self.lines) * self.line_height + GAP

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        wide = self.half_width
        return (self.x - wide, self.y - self.above, self.x + wide, self.y + self.below)

    @property
    def shows_number(self) -> bool:
        """Whether its count fits into the circle."""
        return self.radius >= max(ROOM_FOR_NUMBER, 5.0 * len(str(self.topic.count)))


@dataclass(frozen=True, slots=True)
class Tie:
    """Two topics that meet in the same entries; ``strength`` is 0 to 1."""

    one: Spot
    other: Spot
    strength: float


@dataclass(frozen=True, slots=True)
class TopicMap:
    """The picture: its size, its circles from the greatest on, and its ties."""

    width: float
    height: float
    spots: Sequence[Spot] = field(default_factory=tuple)
    ties: Sequence[Tie] = field(default_factory=tuple)


def draw_map(
    topics: Sequence[MapTopic],
    meetings: Meetings,
    *,
    width: float,
    groups: Sequence[str],
    most: int = MOST,
    is_tall: bool = False,
) -> TopicMap:
    """Lay out the greatest topics in a box ``width`` wide and as high as it has to be.

    ``meetings`` says of pairs of slugs, each in alphabetical order, in how many entries both
    occur. ``groups`` are in the order in which they stand: beside each other, or one below the
    other when the map ``is_tall``.
    """
    chosen = sorted(topics, key=lambda topic: (-topic.count, topic.slug))[: min(most, MOST)]
    if not chosen:
        return TopicMap(width, 0)
    spots = [_spot(topic, greatest=chosen[0].count, width=width) for topic in chosen]
    ties = _ties(spots, meetings)
    _set_out(spots, groups, width=width, is_tall=is_tall)
    _let_move(spots, ties, width=width, is_tall=is_tall)
    _stretch(spots, width=width, height=_area(spots) / width / FILLED)
    _give_places(spots, width=width)
    return TopicMap(width, _moved_to_top(spots), spots, ties)


def _spot(topic: MapTopic, *, greatest: int, width: float) -> Spot:
    """Areas, not radii, say how much there is."""
    share = math.sqrt(topic.count / greatest) if greatest > 0 else 0.0
    largest = min(LARGEST, width / 8)
    type_size = SMALL_TYPE + (LARGE_TYPE - SMALL_TYPE) * share
    return Spot(
        topic,
        radius=round(SMALLEST + (largest - SMALLEST) * share, 1),
        type_size=round(type_size, 1),
        lines=broken(
            topic.name, type_size, preferred=7.5 * type_size, widest=width - 2 * MARGIN - GAP
        ),
    )


def _ties(spots: Sequence[Spot], meetings: Meetings) -> list[Tie]:
    """The strongest ties of each topic: how often two meet, against how much there is of both."""
    by_slug = {spot.topic.slug: spot for spot in spots}
    strengths = {
        pair: times / (DOUBT + _middle(by_slug[pair[0]], by_slug[pair[1]]))
        for pair, times in meetings.items()
        if times >= LEAST_MET and pair[0] in by_slug and pair[1] in by_slug and pair[0] != pair[1]
    }
    ordered = sorted(strengths, key=lambda pair: (-strengths[pair], pair))
    strongest = max(strengths.values(), default=1.0)
    chosen: dict[str, int] = dict.fromkeys(by_slug, 0)
    ties = []
    for one, other in ordered:
        if min(chosen[one], chosen[other]) < TIES_EACH and max(chosen[one], chosen[other]) < 7:
            chosen[one] += 1
            chosen[other] += 1
            strength = strengths[one, other] / strongest
            ties.append(Tie(by_slug[one], by_slug[other], strength))
    return ties


def _middle(one: Spot, other: Spot) -> float:
    """The geometric mean of how much there is of two topics."""
    return math.sqrt(one.topic.count * other.topic.count)


def _set_out(spots: Sequence[Spot], groups: Sequence[str], *, width: float, is_tall: bool) -> None:
    """Give each group a stretch as long as what it holds needs, and sow its topics there."""
    areas = dict.fromkeys(groups, 0.0)
    for spot in spots:
        areas[spot.topic.group] = areas.get(spot.topic.group, 0.0) + _area([spot])
    whole = sum(areas.values())
    height = whole / width / FILLED
    start = 0.0
    for group, area in areas.items():
        share = area / whole
        middle, start = start + share / 2, start + share
        members = [spot for spot in spots if spot.topic.group == group]
        x, y = (width / 2, middle * height) if is_tall else (middle * width, height / 2)
        _sow(members, x, y, math.sqrt(area))


def _sow(spots: Sequence[Spot], x: float, y: float, reach: float) -> None:
    """The greatest in the middle, the others around it like the seeds of a sunflower."""
    for number, spot in enumerate(spots):
        far = reach * 0.55 * math.sqrt(number / max(len(spots), 1))
        angle = number * math.pi * (3 - math.sqrt(5))
        spot.x, spot.y = x + far * math.cos(angle), y + far * math.sin(angle)


def _let_move(spots: Sequence[Spot], ties: Sequence[Tie], *, width: float, is_tall: bool) -> None:
    """Ties draw together, everything else keeps its distance; each step is smaller.

    Along the row in which the groups stand, topics are held where their group is.
    """
    home = [(spot.x, spot.y) for spot in spots]
    place = {id(spot): at for at, spot in enumerate(spots)}
    springs = [(place[id(tie.one)], place[id(tie.other)], tie.strength) for tie in ties]
    sizes = [spot.half_width + spot.radius for spot in spots]
    hold_x, hold_y = (AMONG, ALONG) if is_tall else (ALONG, AMONG)
    for step in range(STEPS):
        pull = [
            (hold_x * (h[0] - s.x), hold_y * (h[1] - s.y)) for h, s in zip(home, spots, strict=True)
        ]
        _repel(spots, sizes, pull)
        _draw_together(spots, springs, pull)
        limit = 14.0 * (1 - step / STEPS)
        for spot, (x, y) in zip(spots, pull, strict=True):
            length = math.hypot(x, y) or 1.0
            scale = min(length, limit) / length
            wide = spot.half_width + MARGIN
            spot.x = min(max(spot.x + x * scale, wide), max(width - wide, wide))
            spot.y += y * scale


def _repel(spots: Sequence[Spot], sizes: Sequence[float], pull: list[tuple[float, float]]) -> None:
    for one, other in combinations(range(len(spots)), 2):
        x, y = spots[one].x - spots[other].x, spots[one].y - spots[other].y
        near = sizes[one] + sizes[other]
        far = x * x + y * y
        if far > near * near * 2:
            continue
        force = 6.0 * (1 - math.sqrt(far) / near / 1.42)
        length = math.sqrt(far) or 1.0
        x, y = (x / length, y / length) if far else (0.0, 1.0)
        pull[one] = (pull[one][0] + x * force, pull[one][1] + y * force)
        pull[other] = (pull[other][0] - x * force, pull[other][1] - y * force)


def _draw_together(
    spots: Sequence[Spot],
    springs: Sequence[tuple[int, int, float]],
    pull: list[tuple[float, float]],
) -> None:
    for one, other, strength in springs:
        x, y = spots[other].x - spots[one].x, spots[other].y - spots[one].y
        force = 0.015 + 0.07 * strength
        pull[one] = (pull[one][0] + x * force, pull[one][1] + y * force)
        pull[other] = (pull[other][0] - x * force, pull[other][1] - y * force)


def _stretch(spots: Sequence[Spot], *, width: float, height: float) -> None:
    """Let the whole fill the box, whatever shape it came to have."""
    lefts, tops = [spot.x for spot in spots], [spot.y for spot in spots]
    wide, high = max(lefts) - min(lefts), max(tops) - min(tops)
    for spot in spots:
        if wide:
            inner = spot.half_width + MARGIN
            spot.x = inner + (spot.x - min(lefts)) / wide * max(width - 2 * inner, 0)
        if high:
            spot.y = (spot.y - min(tops)) / high * height


def _area(spots: Sequence[Spot]) -> float:
    return sum(2 * spot.half_width * (spot.above + spot.below) for spot in spots)


def _give_places(spots: Sequence[Spot], *, width: float) -> None:
    """Each takes the free place nearest to where it is; the greatest choose first."""
    taken: list[tuple[float, float, float, float]] = []
    for spot in spots:
        _take_place(spot, taken, width)
        taken.append(spot.box)


def _take_place(
    spot: Spot, taken: Sequence[tuple[float, float, float, float]], width: float
) -> None:
    wide = spot.half_width
    x0, y0 = spot.x, spot.y
    for number in range(PLACES):
        far, angle = 4.0 * math.sqrt(number), number * math.pi * (3 - math.sqrt(5))
        x = min(max(x0 + far * math.cos(angle), wide + MARGIN), width - wide - MARGIN)
        spot.x, spot.y = round(x, 1), round(y0 + far * math.sin(angle), 1)
        if _is_free(spot.box, taken):
            return
    lowest = max(box[3] for box in taken)
    spot.x, spot.y = round(width / 2, 1), round(lowest + spot.above + GAP, 1)


def _is_free(
    box: tuple[float, float, float, float], taken: Sequence[tuple[float, float, float, float]]
) -> bool:
    left, top, right, bottom = box[0] - HAIR, box[1] - HAIR, box[2] + HAIR, box[3] + HAIR
    return not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for other in taken
    )


def _moved_to_top(spots: Sequence[Spot]) -> float:
    """Let the picture begin at its upper edge; returns its height."""
    top = min(spot.box[1] for spot in spots) - MARGIN
    for spot in spots:
        spot.y = round(spot.y - top, 1)
    return math.ceil(max(spot.box[3] for spot in spots) + MARGIN)
