"""What touches many documents is taken up in slices; what touches few does not wait for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.search.backlog import GATHERED, SLICE, Backlog
from nexus.search.engine import SearchEngine
from nexus.search.registry import LoggedEvent, SourceRegistry, Touched
from nexus.search.tests.hub import SmallHub, ask, document, keys


@pytest.fixture
def backlog() -> Backlog:
    """A backlog of an index that stands at the beginning of the log."""
    return _backlog()


def _backlog() -> Backlog:
    sources = SourceRegistry()
    sources.register(SmallHub())
    backlog = Backlog(sources)
    backlog.go_on_from(0)
    return backlog


def event(number: int, *touched: str) -> LoggedEvent:
    """An event that touched these keys."""
    return LoggedEvent(number, "changed", {"keys": touched})


def many(prefix: str, count: int = SLICE + 1) -> tuple[str, ...]:
    return tuple(f"{prefix}{number}" for number in range(count))


def _keys(touched: list[Touched]) -> list[str]:
    return [key for _, key in touched]


def test_few_keys_are_one_slice_and_move_the_cursor(backlog: Backlog) -> None:
    backlog.take([event(1, "a", "b"), event(2, "b"), event(5)])
    assert not backlog.is_done
    touched, cursor = backlog.next_slice()
    assert (_keys(touched), cursor) == (["a", "b"], 5)
    assert backlog.is_done


def test_the_cursor_stays_until_all_of_an_event_is_taken_up(backlog: Backlog) -> None:
    backlog.take([event(1, *many("k"))])
    first, before = backlog.next_slice()
    second, after = backlog.next_slice()
    assert (len(first), before) == (SLICE, 0)
    assert (len(second), after) == (1, 1)


def test_who_waits_for_all_of_it_takes_up_much_at_a_time(backlog: Backlog) -> None:
    backlog.take([event(1, *many("k", 3 * SLICE)), event(2, *many("n", GATHERED))])
    (first, _), (second, cursor) = backlog.next_slice(GATHERED), backlog.next_slice(GATHERED)
    assert len(first) == GATHERED
    assert len({*first, *second}) == 3 * SLICE + GATHERED
    assert cursor == 2


def test_what_touches_few_goes_before_what_touched_many_earlier(backlog: Backlog) -> None:
    backlog.take([event(1, *many("k", 3 * SLICE))])
    backlog.next_slice()
    backlog.take([event(2, "fresh")])
    touched, cursor = backlog.next_slice()
    assert _keys(touched)[0] == "fresh"
    assert cursor == 0


def test_what_touches_many_comes_to_an_end_though_there_is_always_news(backlog: Backlog) -> None:
    backlog.take([event(1, *many("k"))])
    taken: list[str] = []
    for number in range(2, 12):
        backlog.take([event(number, *many(f"n{number}-", SLICE))])
        taken += _keys(backlog.next_slice()[0])
    assert set(many("k")) <= set(taken)
    assert len(taken) == SLICE + 1 + 10 * SLICE


def test_it_reads_on_when_it_has_nearly_done_what_it_read(backlog: Backlog) -> None:
    room = [backlog.has_room]
    backlog.take(
        event(number, *many(f"n{number}-", SLICE)) for number in range(1, 2 * GATHERED // SLICE + 1)
    )
    for _ in range(2):
        room.append(backlog.has_room)
        backlog.next_slice()
    assert [*room, backlog.has_room] == [True, False, False, True]


def test_what_was_not_taken_up_is_begun_anew(backlog: Backlog) -> None:
    backlog.take([event(1, "a")])
    backlog.next_slice()
    backlog.drop()
    backlog.go_on_from(0)
    assert backlog.taken == 0
    backlog.take([event(1, "a")])
    assert _keys(backlog.next_slice()[0]) == ["a"]


_SIZES = st.lists(st.sampled_from([0, 1, 7, SLICE, SLICE + 1, 450]), max_size=8)


@given(_SIZES, st.integers(1, 3))
def test_every_key_is_taken_up_and_the_cursor_never_runs_ahead(sizes: list[int], at: int) -> None:
    backlog, log = _backlog(), [event(n, *many(f"{n}-", s)) for n, s in enumerate(sizes, start=1)]
    waiting = {key: happened.number for happened in log for key in happened.payload["keys"]}
    while log or not backlog.is_done:
        backlog.take(log[:at])
        del log[:at]
        touched, cursor = backlog.next_slice()
        for key in _keys(touched):
            waiting.pop(key)
        assert all(number > cursor for number in waiting.values())
    assert not waiting
    assert backlog.taken == len(sizes)


def test_a_change_is_found_while_a_great_one_is_under_way(
    hub: SmallHub, engine: SearchEngine
) -> None:
    engine.catch_up()
    hub.put(*(document(key, title="Renamed") for key in many("k", 3 * SLICE)))
    follow = engine._follower.step
    assert follow()
    assert ask(engine, "renamed").total == SLICE
    hub.put(document("fresh", title="Freshly written"))
    assert follow()
    assert keys(ask(engine, "freshly")) == ["fresh"]
    assert engine.status().behind_by == 2
    engine.catch_up()
    assert ask(engine, "renamed").total == 3 * SLICE
    assert engine.status().behind_by == 0


def test_many_events_of_some_documents_each_are_followed(
    hub: SmallHub, engine: SearchEngine
) -> None:
    engine.catch_up()
    for number in range(15):
        hub.put(*(document(key, title="Renamed") for key in many(f"n{number}-", 150)))
    engine.catch_up()
    assert ask(engine, "renamed").total == 15 * 150


def test_a_great_change_that_is_interrupted_is_begun_anew(
    hub: SmallHub, engine: SearchEngine
) -> None:
    engine.catch_up()
    hub.put(*(document(key, title="Renamed") for key in many("k", 2 * SLICE)))
    assert engine._follower.step()
    hub.broken = True
    with pytest.raises(RuntimeError, match="does not answer"):
        engine._follower.step()
    hub.broken = False
    engine.catch_up()
    assert ask(engine, "renamed").total == 2 * SLICE
