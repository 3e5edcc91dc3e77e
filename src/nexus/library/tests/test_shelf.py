"""What is made of a whole cohort lies in the home folder, for every process and every start."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.selectors import Survey
from nexus.library.selectors.surveys import KeptSurvey, _read, _write
from nexus.library.shelf import Shelf

SLUGS = st.text(min_size=1, max_size=8)
SIZES = st.dictionaries(SLUGS, st.integers(1, 10**6), max_size=6)
MEETINGS = st.dictionaries(st.tuples(SLUGS, SLUGS), st.integers(1, 99), max_size=6)


@pytest.fixture
def folder(settings, tmp_path):
    settings.SURVEY_FOLDER = tmp_path / "surveys"
    return settings.SURVEY_FOLDER


def shelf():
    """A shelf as another process would open it."""
    return Shelf("things.json", lambda thing: json.dumps(thing).encode(), json.loads)


def test_nothing_is_there_at_first(folder):
    assert shelf().get(1) is None
    assert shelf().age_seconds(1) == math.inf


def test_each_cohort_has_its_own_and_a_restart_does_not_lose_it(folder):
    one = shelf()
    one.put(1, {"a": 1})
    one.put(2, {"b": 2})

    assert (shelf().get(1), shelf().get(2)) == ({"a": 1}, {"b": 2})
    assert shelf().age_seconds(1) < math.inf
    assert {path.name for path in folder.iterdir()} == {"1.things.json", "2.things.json"}


def test_what_another_process_made_since_is_seen(folder):
    mine, theirs = shelf(), shelf()
    mine.put(1, "before")
    assert mine.get(1) == "before"
    theirs.put(1, "after")
    assert mine.get(1) == "after"


def test_what_did_not_change_is_read_once(folder):
    one = shelf()
    one.put(1, ["read"])
    assert one.get(1) is one.get(1)


def test_a_damaged_file_counts_as_none(folder):
    one = shelf()
    one.put(1, "whole")
    (folder / "1.things.json").write_bytes(b'{"torn')
    assert one.get(1) is None
    one.put(1, "whole again")
    assert one.get(1) == "whole again"


@given(SIZES, MEETINGS, SIZES, st.floats(0, 1e6))
def test_a_survey_comes_back_as_it_was_also_in_its_order(sizes, meetings, knowers, seconds):
    kept = KeptSurvey("1:2:3.5", Survey(sizes, meetings, knowers), seconds)
    back = _read(_write(kept))

    assert back == kept
    assert list(back.survey.sizes) == list(sizes)
