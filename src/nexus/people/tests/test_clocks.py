"""How far apart the days of two people are."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.people.profile import clocks
from nexus.people.profile.clocks import Rhythm
from nexus.people.profile.places import Place, place_name, places
from nexus.people.profile.words import TIMES

WINTER = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 9, 30, tzinfo=UTC)

BEGIN, END = (SUMMER.replace(year=year, tzinfo=None) for year in (2020, 2035))

zones = st.sampled_from(sorted(places()))
times = st.lists(st.sampled_from(sorted(TIMES)), unique=True).map(tuple)
rhythms = st.builds(Rhythm, zones, times)
moments = st.datetimes(BEGIN, END, timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("one", "other", "at", "words"),
    [
        ("Africa/Nairobi", "Africa/Kampala", WINTER, "same time"),
        ("Africa/Accra", "Africa/Nairobi", WINTER, "3 hours ahead"),
        ("Africa/Nairobi", "Africa/Kigali", WINTER, "1 hour behind"),
        ("Europe/Berlin", "Africa/Kigali", WINTER, "1 hour ahead"),
        ("Europe/Berlin", "Africa/Kigali", SUMMER, "same time"),
        ("Africa/Lagos", "Asia/Kolkata", WINTER, "4½ hours ahead"),
        ("Asia/Kathmandu", "Asia/Kolkata", WINTER, "15 minutes behind"),
        ("Pacific/Auckland", "Pacific/Honolulu", WINTER, "1 hour ahead"),
    ],
)
def test_the_way_from_one_clock_to_another_is_said_in_words(one, other, at, words):
    assert clocks.apart_words(one, other, at) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Africa/Nairobi", "Nairobi, UTC+3"),
        ("Africa/Accra", "Accra, UTC"),
        ("America/St_Johns", "St Johns, UTC−3:30"),
        ("Asia/Kathmandu", "Kathmandu, UTC+5:45"),
        ("UTC", ""),
        ("", ""),
    ],
)
def test_a_place_is_said_with_its_distance_from_utc(zone, words):
    assert clocks.place_words(zone, WINTER) == words


def test_a_clock_and_its_day_or_night():
    assert clocks.clock_words("Africa/Nairobi", WINTER) == "12:30"
    assert clocks.is_day("Africa/Nairobi", WINTER)
    assert not clocks.is_day("America/Los_Angeles", WINTER)


def test_a_zone_that_is_gone_counts_as_utc():
    assert clocks.offset_minutes("Mars/Olympus", WINTER) == 0
    assert clocks.clock_words("../../etc/passwd", WINTER) == "09:30"


@given(zones, zones, moments)
def test_clocks_lie_apart_the_same_from_both_sides(one, other, at):
    apart = clocks.hours_apart(one, other, at)

    assert apart == clocks.hours_apart(other, one, at)
    assert 0 <= apart <= 12
    assert clocks.hours_apart(one, one, at) == 0
    ahead = clocks.minutes_ahead(one, other, at)
    assert (ahead + clocks.minutes_ahead(other, one, at)) % (24 * 60) == 0


@given(rhythms, rhythms, moments)
def test_hours_in_common_are_the_same_from_both_sides_and_never_more_than_one_has(one, other, at):
    common = clocks.hours_in_common(one, other, at)

    assert common == clocks.hours_in_common(other, one, at)
    own = [clocks.hours_in_common(each, each, at) for each in (one, other)]
    assert 0 <= common <= min(own) <= 24


def test_evenings_of_far_places_do_not_meet():
    nairobi, lima = Rhythm("Africa/Nairobi", ("evenings",)), Rhythm("America/Lima", ("evenings",))

    assert clocks.hours_in_common(nairobi, lima, WINTER) == 0
    assert clocks.hours_in_common(nairobi, Rhythm("Africa/Kigali", ("evenings",)), WINTER) == 5
    assert clocks.hours_in_common(nairobi, Rhythm("Africa/Nairobi"), WINTER) == 4


def test_everybody_finds_a_place_of_their_country():
    named = places()

    assert named["Africa/Kampala"] == Place("Africa/Kampala", "Kampala", "Uganda")
    assert named["Africa/Kampala"].words == "Kampala, Uganda"
    assert named["Asia/Singapore"].words == "Singapore"
    assert place_name("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert "UTC" not in named
    assert all(clocks.zone_of(zone) is not UTC for zone in named)
    assert len({place.country for place in named.values()}) > 200


def test_the_clock_goes_on():
    late = WINTER + timedelta(hours=11)
    assert not clocks.is_day("Africa/Nairobi", late)
