"""Work in the background: asked for, taken up, reported."""

import socket
import subprocess

import pytest
from django.utils import timezone

from nexus.kernel.errors import Unavailable
from nexus.library import tasks
from nexus.library.services import add_and_request, run_sync, sync_now
from nexus.library.services.syncing import Reporter
from nexus.repositories import services as repositories
from nexus.repositories.git import maintenance
from nexus.repositories.git.stores import locked, size_of
from nexus.repositories.limits import store_of
from nexus.repositories.models import Repository, Sync

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(mirror):
    """A run that was asked for, of a repository with a commit that nobody has read."""
    mirror.upstream.commit({"README.md": "# A\n"})
    return repositories.request_sync(by=None, repository=mirror.repository)


@pytest.fixture
def taken(run):
    """Lets a run be taken by a worker, as another process does."""

    def do(worker):
        repositories.claim_sync(run.pk)
        Sync.objects.filter(pk=run.pk).update(worker=worker)

    return do


def is_done(run):
    run.refresh_from_db()
    return run.state == Sync.State.DONE


def test_a_run_that_was_asked_for_is_done_by_a_worker(mirror, run):
    tasks.sync(run.pk)
    assert is_done(run)
    assert mirror.entry("").title == "A"


def test_the_tick_takes_up_what_waits_and_what_is_due(mirror, add_mirror):
    other = add_mirror("other")
    for one in (mirror, other):
        one.upstream.commit({"README.md": f"# {one.repository.name}\n"})
    repositories.request_sync(by=None, repository=mirror.repository)
    Repository.objects.filter(pk=other.repository.pk).update(next_fetch_at=timezone.now())
    tasks.look_for_work()
    assert mirror.entry("").title == "nexus"
    assert other.entry("").title == "other"


def test_a_store_is_packed_anew_once_its_pages_are_shown(mirror, run, monkeypatch):
    monkeypatch.setattr(maintenance, "_MANY_PACKS", 0)
    tasks.sync(run.pk)
    store = store_of(mirror.repository.pk)
    packs = store / "objects" / "pack"
    mirror.upstream.commit({"README.md": "# B\n"})
    with locked(store):  # somebody pushes: then that is put off
        repositories.keep_small(mirror.repository)
    mirror.sync()
    assert mirror.entry("").title == "B"
    assert len(list(packs.glob("*.pack"))) == 1
    mirror.repository.refresh_from_db()
    assert mirror.repository.size_bytes == size_of(store)


def test_a_run_that_somebody_else_took_is_left_to_them(run):
    repositories.claim_sync(run.pk)
    assert run_sync(run.pk) is None
    run.refresh_from_db()
    assert run.state == Sync.State.RUNNING


def test_whoever_waits_for_a_run_goes_on_with_that_of_a_process_that_died(mirror, run, taken):
    ended = subprocess.Popen(["true"])
    ended.wait()
    taken(f"{socket.gethostname()}:{ended.pid}")
    mirror.sync()
    assert is_done(run)
    assert mirror.entry("").title == "A"


def test_whoever_waits_for_a_run_waits_for_another_process_too_and_then_has_all_of_it(
    mirror, run, taken
):
    """That run may have fetched before the last commit."""
    taken("another-host:1")
    mirror.upstream.commit({"README.md": "# B\n"})
    heard = []

    def report(stage, *_):
        heard.append(stage)
        if len(heard) == 2:
            repositories.finish_sync(sync=run.pk)

    sync_now(by=None, repository=mirror.repository, report=report)
    assert heard[:3] == ["Fetching", "Fetching", "Fetching"]
    assert mirror.entry("").title == "B"
    assert Sync.objects.filter(repository=mirror.repository, state=Sync.State.DONE).count() == 2


def test_what_went_wrong_in_another_process_is_told_to_whoever_waits(mirror, monkeypatch):
    mirror.upstream.commit({"README.md": "# A\n"})
    asked = repositories.request_sync

    def asked_and_taken(**who):
        run = asked(**who)
        repositories.claim_sync(run.pk)
        repositories.finish_sync(sync=run.pk, error=Unavailable("gone", "It is gone."))
        return run

    monkeypatch.setattr(repositories, "request_sync", asked_and_taken)
    with pytest.raises(Unavailable, match="It is gone"):
        mirror.sync()


def test_a_failure_nobody_expected_is_told_in_words_and_loses_nothing(mirror, monkeypatch):
    mirror.publish({"README.md": "# A\n"})
    mirror.upstream.commit({"README.md": "# B\n"})

    def broken(**_):
        raise ZeroDivisionError

    monkeypatch.setattr("nexus.library.services.syncing.index_revision", broken)
    run = repositories.request_sync(by=None, repository=mirror.repository)
    error = run_sync(run.pk)
    assert error is not None
    assert "still here" in error.remedy
    run.refresh_from_db()
    assert (run.state, run.error_code) == ("failed", "sync-failed")
    assert mirror.entry("").title == "A"


def test_progress_is_told_to_whoever_watches(mirror):
    mirror.upstream.commit({f"{n}.md": f"# {n}\n" for n in range(3)})
    heard = []
    sync_now(
        by=None,
        repository=mirror.repository,
        report=lambda stage, done, total: heard.append((stage, done, total)),
    )
    assert heard[0] == ("Fetching", 0, 0)
    assert heard[-1] == ("Reading files", 3, 3)


def test_progress_is_written_a_few_times_a_second_at_most(mirror, django_assert_num_queries):
    run = repositories.request_sync(by=None, repository=mirror.repository)
    report = Reporter(run.pk)
    report._began -= 60
    with django_assert_num_queries(2):
        for done in range(101):
            report("Reading", done, 100)
    run.refresh_from_db()
    assert (run.done, run.total) == (100, 100)


def test_a_run_that_is_over_at_once_writes_no_progress(mirror, django_assert_num_queries):
    run = repositories.request_sync(by=None, repository=mirror.repository)
    heard = []
    report = Reporter(run.pk, lambda *said: heard.append(said))
    report._began += 60
    with django_assert_num_queries(0):
        report("Reading", 1, 1)
    assert heard == [("Reading", 1, 1)]


def test_adding_asks_for_the_first_run(mirror, home):
    run = add_and_request(by=None, cohort=mirror.repository.cohort, origin=mirror.upstream.origin)
    assert run.repository == mirror.repository
    assert run.state == Sync.State.QUEUED
