"""What a run can do without is really left out, and is there again afterwards."""

import sys
import threading

from tests.services.economy import uncounted


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
