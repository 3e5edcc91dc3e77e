"""The embedded worker: real tasks through a real broker, in memory and in Redis."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import Celery, _state, bootsteps
from celery.worker import state

from nexus.kernel.runtime.celery_pool import DaemonPool
from nexus.kernel.runtime.celery_worker import CeleryWorker, WorkerNotStarted
from tests.services.patience import PATIENCE, eventually


@pytest.fixture(autouse=True)
def _keep_the_default_application() -> Iterator[None]:
    """A worker makes its application the process's default; other tests have another."""
    before = vars(_state)["default_app"]
    yield
    _state.set_default_app(before)


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
def broker(request: pytest.FixtureRequest) -> str:
    """The address of a broker."""
    if request.param == "memory":
        return "memory://localhost/"
    url: str = request.getfixturevalue("redis_url")
    return url


@pytest.fixture
def celery(broker: str) -> Iterator[Celery]:
    """A Celery application as the hub configures its own."""
    app = celery_with(broker)
    yield app
    app.close()


def celery_with(broker: str) -> Celery:
    app = Celery("test", broker=broker, set_as_current=False, fixups=[])
    app.conf.task_ignore_result = True
    app.conf.task_default_queue = f"test-{os.urandom(4).hex()}"
    app.conf.broker_connection_retry_on_startup = True
    app.conf.worker_hijack_root_logger = False
    if broker.startswith("memory"):
        app.conf.broker_transport_options = {"polling_interval": 0.01}
    return app


@pytest.fixture
def running(celery: Celery) -> Iterator[Callable[..., CeleryWorker]]:
    """Start workers that are stopped after the test."""
    workers: list[CeleryWorker] = []

    def start(**options: Any) -> CeleryWorker:
        worker = CeleryWorker(celery, ready_within=PATIENCE, **options)
        workers.append(worker)
        worker.start()
        return worker

    yield start
    for worker in workers:
        worker.stop()


def test_runs_tasks_in_threads_of_this_process(
    celery: Celery, running: Callable[..., CeleryWorker]
) -> None:
    names: list[str] = []
    done = threading.Event()

    @celery.task(name="note", shared=False)
    def note(name: str) -> None:
        names.append(f"{name} in {threading.current_thread().name}")
        done.set()

    worker = running()
    assert worker.is_ready
    note.delay("first")
    assert done.wait(PATIENCE)
    assert names == ["first in task-1"]


def test_a_task_that_fails_does_not_keep_the_next(
    celery: Celery, running: Callable[..., CeleryWorker]
) -> None:
    done = threading.Event()

    @celery.task(name="either", shared=False)
    def either(good: bool) -> None:
        if not good:
            raise ValueError("bad")
        done.set()

    running(concurrency=1)
    either.delay(good=False)
    either.delay(good=True)
    assert done.wait(PATIENCE)


def test_stops_soon_when_idle_and_can_be_started_again(
    celery: Celery, running: Callable[..., CeleryWorker]
) -> None:
    done = threading.Event()

    @celery.task(name="mark", shared=False)
    def mark() -> None:
        done.set()

    worker = running()
    for _ in range(2):
        worker.start()  # a second time: nothing
        done.clear()
        mark.delay()
        assert done.wait(PATIENCE)
        worker.stop()
        worker.stop()
        assert not worker.is_ready
        worker.start()
    assert worker.is_ready


def test_finishes_what_runs_before_it_ends(
    celery: Celery, running: Callable[..., CeleryWorker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DaemonPool, "patience", PATIENCE)
    entered = threading.Event()
    finished: list[bool] = []

    @celery.task(name="slow", shared=False)
    def slow() -> None:
        entered.set()
        finished.append(eventually(lambda: state.should_stop is not None))

    worker = running()
    slow.delay()
    assert entered.wait(PATIENCE)
    worker.stop()
    assert finished == [True]


def test_leaves_behind_what_does_not_end(
    celery: Celery,
    running: Callable[..., CeleryWorker],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(DaemonPool, "patience", 0.1)
    entered, gate = threading.Event(), threading.Event()
    ended: list[bool] = []

    @celery.task(name="stuck", shared=False)
    def stuck() -> None:
        entered.set()
        ended.append(gate.wait())

    worker = running()
    stuck.delay()
    assert entered.wait(PATIENCE)
    worker.stop()
    assert ended == []
    assert eventually(lambda: "Tasks that did not end are left behind" in caplog.text)
    gate.set()


def test_a_broker_that_does_not_answer_is_no_reason_not_to_serve(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with celery_with("redis://127.0.0.1:1/0") as app:
        worker = CeleryWorker(app, ready_within=0.2)
        worker.start()
        assert "The task broker does not answer" in caplog.text
        assert not worker.is_ready
        worker.stop()


@pytest.mark.parametrize(
    ("setting", "value"), [("worker_timer", "no.such:Timer"), ("worker_consumer", "no.such:Kind")]
)
def test_a_worker_that_cannot_start_says_so(setting: str, value: str) -> None:
    with celery_with("memory://localhost/") as app:
        app.conf[setting] = value
        with pytest.raises(WorkerNotStarted, match="did not start"):
            CeleryWorker(app, ready_within=PATIENCE).start()


def test_a_worker_that_fails_while_it_starts_says_so() -> None:
    class Broken(bootsteps.StartStopStep):
        def start(self, parent: Any) -> None:
            raise ValueError("no disk")

    with celery_with("memory://localhost/") as app:
        app.steps["worker"].add(Broken)
        with pytest.raises(WorkerNotStarted):
            CeleryWorker(app, ready_within=PATIENCE).start()


def test_a_task_that_hangs_does_not_keep_the_process() -> None:
    program = f"""
import threading
from celery import Celery
from nexus.kernel.runtime.celery_pool import DaemonPool
from nexus.kernel.runtime.celery_worker import CeleryWorker, WorkerNotStarted
DaemonPool.patience = 0.1
app = Celery("test", broker="memory://localhost/", fixups=[])
app.conf.broker_transport_options = {{"polling_interval": 0.01}}
entered = threading.Event()
@app.task(name="hang")
def hang():
    entered.set()
    threading.Event().wait()
worker = CeleryWorker(app, ready_within={PATIENCE})
worker.start()
hang.delay()
assert entered.wait({PATIENCE})
worker.stop()
print("over")
"""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert ended.stdout == "over\n"
