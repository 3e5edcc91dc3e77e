"""The map as its page draws it: grounds under the topics, ties between the rims of circles."""

import math
import re

import pytest

from nexus.library.selectors import Survey
from nexus.library.topic_maps import _is_far, draw
from nexus.library.topics.map import MapTopic, Spot, Tie

SURVEY = Survey(
    {"django": 60, "python": 40, "caching": 9, "react": 20, "css": 4, "git": 30},
    {
        ("django", "python"): 30,
        ("caching", "django"): 5,
        ("css", "react"): 4,
        ("django", "react"): 6,
    },
    {},
)


@pytest.fixture(params=["wide", "tall"])
def drawn(request):
    picture = draw(SURVEY, cohort="prodev")
    return next(one for one in picture.maps if one.shape == request.param)


def circle(spot):
    return float(spot.x), float(spot.y), float(spot.radius)


def test_every_topic_stands_on_the_ground_of_its_side(drawn):
    grounds = {land.group: land.boxes for land in drawn.lands}
    for spot in drawn.spots:
        x, y, radius = circle(spot)
        assert any(
            float(left) <= x - radius
            and x + radius <= float(left) + float(width)
            and float(top) <= y - radius
            and y + radius <= float(top) + float(height)
            for left, top, width, height in grounds[spot.group]
        )
    assert sum(map(len, grounds.values())) == len(drawn.spots)


def test_a_tie_goes_from_rim_to_rim_and_crosses_out_no_number(drawn):
    circles = [circle(spot) for spot in drawn.spots]
    assert drawn.ties
    for path, _, _ in drawn.ties:
        numbers = list(map(float, re.findall(r"-?\d+", path)))
        for x, y in (numbers[:2], numbers[4:]):
            off = min(abs(math.hypot(x - cx, y - cy) - radius) for cx, cy, radius in circles)
            assert off < 1.5  # paths are written in whole pixels


@pytest.mark.parametrize(
    ("x", "width", "is_far"), [(100, 880, False), (300, 880, True), (150, 352, True)]
)
def test_a_tie_across_much_of_the_map_is_drawn_faintly(x, width, is_far):
    one, other = (
        Spot(MapTopic(slug, slug, 1), radius=12, type_size=13, lines=(slug,), x=at)
        for slug, at in (("django", 0), ("react", x))
    )
    assert _is_far(Tie(one, other, strength=1), width) == is_far


def test_without_topics_there_is_nothing_to_draw():
    picture = draw(Survey({}, {}), cohort="prodev")
    assert picture.topics == 0
    assert all(not one.spots and not one.ties for one in picture.maps)
