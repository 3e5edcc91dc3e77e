"""The topic map: nothing overlaps, everything is inside, the same topics give the same picture."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus.library.topics.catalogue import catalogue
from nexus.library.topics.map import MOST, TIES_EACH, MapTopic, draw_map

GROUPS = ("left", "middle", "right")
WIDTHS = st.sampled_from([352.0, 880.0])
TOPICS = st.lists(
    st.builds(
        MapTopic,
        slug=st.text("abcdefgh-", min_size=1, max_size=8),
        name=st.one_of(
            st.sampled_from([topic.name for topic in catalogue().topics.values()]),
            st.text(min_size=1, max_size=60),
        ),
        count=st.integers(1, 100_000),
        group=st.sampled_from([*GROUPS, "elsewhere"]),
    ),
    max_size=30,
    unique_by=lambda topic: topic.slug,
)


@st.composite
def surveys(draw):
    """Topics, and how often some pairs of them meet."""
    topics = draw(TOPICS)
    pairs = list(combinations(sorted(topic.slug for topic in topics), 2))
    meetings = st.dictionaries(st.sampled_from(pairs), st.integers(0, 50)) if pairs else st.just({})
    return topics, draw(meetings)


def drawn(topics, meetings=None, width=880.0, **options):
    return draw_map(topics, meetings or {}, width=width, groups=GROUPS, **options)


@settings(max_examples=40)
@given(surveys(), WIDTHS, st.booleans())
def test_no_two_topics_overlap_and_all_are_inside(survey, width, is_tall):
    topics, meetings = survey
    picture = drawn(topics, meetings, width, is_tall=is_tall)
    boxes = [spot.box for spot in picture.spots]

    assert len(boxes) == len(topics)
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= picture.width
        assert 0 <= top < bottom <= picture.height
    for one, other in combinations(boxes, 2):
        is_beside = one[2] <= other[0] or other[2] <= one[0]
        is_above = one[3] <= other[1] or other[3] <= one[1]
        assert is_beside or is_above


@settings(max_examples=10)
@given(surveys(), st.randoms(use_true_random=False))
def test_the_same_topics_give_the_same_picture_in_whatever_order_they_come(survey, chance):
    topics, meetings = survey
    shuffled = chance.sample(topics, len(topics))

    assert drawn(topics, meetings) == drawn(shuffled, meetings)


def made(count, *, group="left", start=0):
    return [
        MapTopic(f"topic-{at:03}", f"Topic number {at}", 500 - at, group)
        for at in range(start, start + count)
    ]


def test_the_greatest_are_drawn_when_there_are_too_many():
    picture = drawn(made(MOST + 20))
    few = drawn(made(30), most=5)

    assert [spot.topic.slug for spot in few.spots] == [f"topic-{at:03}" for at in range(5)]
    assert len(picture.spots) == MOST


def test_no_topics_are_an_empty_picture():
    picture = drawn([])

    assert (picture.width, picture.height, list(picture.spots), list(picture.ties)) == (
        880,
        0,
        [],
        [],
    )


def test_the_area_of_a_circle_says_how_much_there_is():
    great, small = drawn([MapTopic("a", "A", 400), MapTopic("b", "B", 4)]).spots

    assert great.radius > 2 * small.radius
    assert great.shows_number
    assert not drawn([MapTopic("a", "A", 10), MapTopic("b", "B", 0)]).spots[1].shows_number


def test_what_meets_often_is_tied_and_stands_nearer():
    topics = [*made(12), *made(12, group="right", start=12)]
    meetings = {("topic-001", "topic-020"): 400, ("topic-002", "topic-021"): 1}
    tied, loose = drawn(topics, meetings), drawn(topics)

    def distance(picture):
        spots = {spot.topic.slug: spot for spot in picture.spots}
        one, other = spots["topic-001"], spots["topic-020"]
        return (one.x - other.x) ** 2 + (one.y - other.y) ** 2

    assert [(tie.one.topic.slug, tie.other.topic.slug) for tie in tied.ties] == [
        ("topic-001", "topic-020")
    ]
    assert 0 < tied.ties[0].strength <= 1
    assert distance(tied) < distance(loose)


def test_a_topic_chooses_few_ties():
    topics = made(20)
    meetings = {(one.slug, other.slug): 100 for one, other in combinations(topics, 2)}
    ties = drawn(topics, meetings).ties

    assert len(ties) <= TIES_EACH * len(topics)
    assert drawn(topics, {("topic-000", "not-here"): 9}).ties == []


@pytest.mark.parametrize(("is_tall", "axis"), [(False, "x"), (True, "y")])
def test_groups_stand_in_their_order(is_tall, axis):
    topics = [*made(8), *made(8, group="right", start=8)]
    spots = drawn(topics, width=600, is_tall=is_tall).spots

    def middle(group):
        places = [getattr(spot, axis) for spot in spots if spot.topic.group == group]
        return sum(places) / len(places)

    assert middle("left") < middle("right")


def test_a_crowd_on_one_place_finds_room(monkeypatch):
    monkeypatch.setattr("nexus.library.topics.map.PLACES", 1)
    boxes = [spot.box for spot in drawn(made(25)).spots]

    assert all(
        one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        for one, other in combinations(boxes, 2)
    )
