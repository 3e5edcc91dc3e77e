"""What a run can do without is really left out, and is there again afterwards."""

import sys
import threading
from collections.abc import Iterator

import pytest

from tests.services.economy import counted, uncounted


def traces() -> list[object]:
    """What watches the lines of this thread, and of one that begins now."""
    found: list[object] = [sys.gettrace()]
    other = threading.Thread(target=lambda: found.append(sys.gettrace()))
    other.start()
    other.join()
    return found


def test_where_no_lines_are_wanted_none_are_counted(no_cover: None) -> None:
    assert traces() == [None, None]


def test_counting_goes_on_afterwards() -> None:
    def count(*_: object) -> None: ...

    before = sys.gettrace(), threading.gettrace()
    sys.settrace(count)
    threading.settrace(count)
    try:
        with uncounted():
            assert traces() == [None, None]
        after = sys.gettrace(), threading.gettrace()
    finally:
        sys.settrace(before[0])
        threading.settrace(before[1])
    assert after == (count, count)


def test_within_what_is_not_counted_a_part_is() -> None:
    def count(*_: object) -> None: ...

    before = sys.gettrace(), threading.gettrace()
    sys.settrace(count)
    threading.settrace(count)
    try:
        with uncounted():
            with counted():
                within = traces()
            after = traces()
        at_the_end = traces()
    finally:
        sys.settrace(before[0])
        threading.settrace(before[1])
    assert (within, after, at_the_end) == ([count, count], [None, None], [count, count])


@pytest.fixture
def seen_by_a_fixture() -> Iterator[list[object]]:
    yield traces()
    assert bool(sys.gettrace()) is _RUN_IS_COUNTED


#: Modules are read while lines are counted, if any are.
_RUN_IS_COUNTED = sys.gettrace() is not None


def test_what_a_test_and_its_fixtures_go_over_is_counted(seen_by_a_fixture: list[object]) -> None:
    for seen in (seen_by_a_fixture, traces()):
        assert [bool(each) for each in seen] == [_RUN_IS_COUNTED] * 2
