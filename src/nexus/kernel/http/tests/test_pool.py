"""The thread pool: results, failures, order, contexts, and an end that does not hang."""

import asyncio
import contextvars
import threading
from functools import partial

import pytest

from nexus.kernel.http.pool import ThreadPool
from nexus.kernel.http.tests.client import run
from tests.services.patience import PATIENCE


def fail_with(error: BaseException) -> None:
    raise error


def test_gives_the_result_of_a_call_made_in_another_thread() -> None:
    async def main() -> None:
        pool = ThreadPool(2, name="kitchen")
        assert await pool.submit(lambda: threading.current_thread().name) == "kitchen-1"

    run(main())


def test_starts_no_more_threads_than_it_may_and_none_that_it_does_not_need() -> None:
    async def main() -> None:
        pool = ThreadPool(3)
        for _ in range(10):
            await pool.submit(lambda: None)
        assert pool._threads.alive == 1
        together = threading.Barrier(3, timeout=PATIENCE)

        def meet() -> str:
            together.wait()
            return threading.current_thread().name

        names = await asyncio.gather(*(pool.submit(meet) for _ in range(12)))
        assert len(set(names)) == 3

    run(main())


def test_counts_what_waits_and_what_runs() -> None:
    async def main() -> None:
        pool, gate = ThreadPool(1), threading.Event()
        jobs = [pool.submit(gate.wait) for _ in range(3)]
        assert pool.pending == 3
        gate.set()
        await asyncio.gather(*jobs)
        assert pool.pending == 0

    run(main())


def test_raises_what_the_call_raised() -> None:
    async def main() -> None:
        with pytest.raises(ValueError, match="no"):
            await ThreadPool(1).submit(lambda: fail_with(ValueError("no")))

    run(main())


@pytest.mark.parametrize("error", [StopIteration(), SystemExit(3), KeyboardInterrupt()])
def test_what_a_future_cannot_carry_arrives_as_a_runtime_error(error: BaseException) -> None:
    async def main() -> None:
        with pytest.raises(RuntimeError) as caught:
            await ThreadPool(1).submit(lambda: fail_with(error))
        assert caught.value.__cause__ is error

    run(main())


def test_a_call_sees_the_context_of_the_task_that_asked() -> None:
    language = contextvars.ContextVar("language", default="en")

    async def main() -> None:
        language.set("sw")
        assert await ThreadPool(1).submit(language.get) == "sw"

    run(main())


def test_a_cancelled_wait_disturbs_nobody() -> None:
    async def main() -> None:
        pool, gate = ThreadPool(1), threading.Event()
        first = pool.submit(gate.wait)
        failing = pool.submit(lambda: fail_with(ValueError()))
        first.cancel()
        failing.cancel()
        gate.set()
        assert await pool.submit(lambda: "next") == "next"

    run(main())


def test_stops_after_the_jobs_that_wait() -> None:
    done: list[int] = []

    async def main() -> ThreadPool:
        pool = ThreadPool(1)
        for number in range(3):
            _ = pool.submit(partial(done.append, number))
        return pool

    pool = run(main())
    assert pool.stop(timeout=PATIENCE)
    assert done == [0, 1, 2]


def test_takes_nothing_after_it_stopped() -> None:
    async def main() -> None:
        pool = ThreadPool(1)
        assert pool.stop(timeout=PATIENCE)
        with pytest.raises(RuntimeError, match="stopped"):
            pool.submit(lambda: None)

    run(main())


def test_does_not_wait_for_a_job_that_hangs() -> None:
    gate = threading.Event()

    async def main() -> ThreadPool:
        pool = ThreadPool(1)
        _ = pool.submit(gate.wait)
        return pool

    pool = run(main())
    assert not pool.stop(timeout=0.05)
    gate.set()  # its loop is closed by now: the thread ends all the same
    pool._threads._threads[0].join(PATIENCE)
    assert not pool._threads._threads[0].is_alive()
