"""The event log: stored with the change, numbered in commit order, never skipped."""

import threading
from dataclasses import dataclass

import pytest
from django.db import close_old_connections, transaction

from nexus.kernel import events
from nexus.kernel.events import Event, event, publish
from nexus.kernel.models import StoredEvent
from nexus.kernel.tests.factories import StoredEventFactory
from nexus.kernel.watcher import Watcher
from tests.services.patience import PATIENCE


@event("kernel.tried")
@dataclass(frozen=True, slots=True)
class Tried(Event):
    """Something a test did."""

    what: str


@pytest.fixture
def heard():
    """The numbers that a follower was told."""
    numbers = []
    stop = events.on_news(numbers.append)
    yield numbers
    stop()


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_the_transaction_of_its_change():
    with pytest.raises(RuntimeError, match="inside the change's transaction"):
        publish(Tried("nothing"))
    assert not StoredEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_events_are_numbered_after_the_commit_and_followers_are_told(heard):
    with transaction.atomic():
        publish(Tried("one"))
        publish(Tried("two"), audience="cohort:7")
        assert events.last_number() == 0
        assert heard == []
    assert [(n, kind, payload) for n, kind, payload in events.after(0, 10)] == [
        (1, "kernel.tried", {"what": "one"}),
        (2, "kernel.tried", {"what": "two"}),
    ]
    assert heard[-1] == 2
    assert events.after(1, 10)[0][0] == 2
    assert events.after(0, 1)[0][0] == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_never_happened(heard):
    with transaction.atomic():
        publish(Tried("broken"))
        transaction.set_rollback(True)
    assert not StoredEvent.objects.exists()
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_followers_are_told_once_of_all_that_a_transaction_stored(heard):
    with transaction.atomic():
        for what in ("one", "two", "three"):
            with transaction.atomic():
                publish(Tried(what))
    assert events.last_number() == 3
    assert heard == [3]


@pytest.mark.django_db(transaction=True)
def test_what_a_savepoint_takes_back_keeps_nobody_from_the_news(heard):
    with transaction.atomic():
        with transaction.atomic():
            publish(Tried("taken back"))
            transaction.set_rollback(True)
        publish(Tried("kept"))
        with transaction.atomic():
            publish(Tried("taken back too"))
            transaction.set_rollback(True)
    assert [payload for _, _, payload in events.after(0, 10)] == [{"what": "kept"}]
    assert heard == [1]


@pytest.mark.django_db(transaction=True)
def test_an_event_left_by_a_crash_is_found_by_the_watcher(heard):
    left = StoredEventFactory()
    Watcher().look()
    left.refresh_from_db()
    assert left.number == 1
    assert heard == [1]


@pytest.mark.django_db(transaction=True)
def test_the_watcher_is_quiet_when_nothing_happened(heard):
    watcher = Watcher()
    StoredEventFactory(number=5)
    watcher.look()
    watcher.look()
    assert heard == [5]


@pytest.mark.django_db(transaction=True)
def test_a_running_watcher_tells_of_what_others_committed(heard):
    watcher = Watcher(interval=0.01)
    told = threading.Event()
    stop = events.on_news(lambda _: told.set())
    watcher.start()
    watcher.start()
    StoredEventFactory()
    assert told.wait(PATIENCE)
    watcher.stop()
    stop()
    stop()
    assert heard[-1] == 1


@pytest.mark.django_db(transaction=True)
def test_a_watcher_leaves_no_connection_behind():
    from django.db import connections

    used = []
    told = threading.Event()

    def listen(_: int) -> None:
        mine = connections["default"]
        used.append((mine, mine.connection is not None))
        told.set()

    watcher = Watcher(interval=0.01)
    stop = events.on_news(listen)
    watcher.start()
    try:
        StoredEventFactory()
        assert told.wait(PATIENCE)
    finally:
        watcher.stop()
        stop()
    mine, was_open = used[0]
    assert was_open
    assert mine.connection is None


@pytest.mark.django_db(transaction=True)
def test_more_events_than_one_batch_are_all_numbered(monkeypatch):
    monkeypatch.setattr(events, "_BATCH", 3)
    StoredEventFactory.create_batch(8)
    assert events.relay() == 8
    assert [n for n, *_ in events.after(0, 100)] == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_numbers_follow_commits_not_beginnings():
    """The one that began first commits last: its number comes last, and none is skipped."""
    from django.db import connection

    if connection.vendor != "postgresql":
        _sqlite_writers_wait_for_each_other()
        return
    began, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            publish(Tried("began first"))
            began.set()
            may_commit.wait(PATIENCE)
        close_old_connections()
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    began.wait(PATIENCE)
    with transaction.atomic():
        publish(Tried("committed first"))
    seen = events.after(0, 10)
    may_commit.set()
    thread.join()
    assert [payload["what"] for _, _, payload in seen] == ["committed first"]
    assert [payload["what"] for _, _, payload in events.after(seen[-1][0], 10)] == ["began first"]


def _sqlite_writers_wait_for_each_other() -> None:
    """SQLite has one writer at a time, so beginnings and commits have the same order."""
    for what in ("first", "second"):
        with transaction.atomic():
            publish(Tried(what))
    assert [payload["what"] for _, _, payload in events.after(0, 10)] == ["first", "second"]


@event("kernel.noise")
@dataclass(frozen=True, slots=True)
class Noise(Event):
    """Something that changes no page."""


@pytest.mark.django_db
@pytest.mark.parametrize("noise", [0, 1, 250])
def test_the_newest_of_the_others_is_found_however_much_came_after(
    noise, django_assert_max_num_queries
):
    StoredEventFactory(number=1)
    StoredEventFactory(number=2)
    StoredEvent.objects.bulk_create(
        StoredEvent(type="kernel.noise", payload={}, audience="owner", number=3 + n)
        for n in range(noise)
    )
    StoredEventFactory(type="kernel.tried")  # not numbered yet
    with django_assert_max_num_queries(2):
        assert events.newest_besides(["kernel.noise"]) == 2
    assert events.newest_besides(list(Event.registry)) == 0


@pytest.mark.django_db
def test_an_empty_log_has_no_newest_event():
    assert events.newest_besides(["kernel.noise"]) == 0
