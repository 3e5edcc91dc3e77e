"""Pure work on many things, done in order by processes of their own.

Whoever asks goes on with the first results while the next are worked out. A worker is a fresh
Python (nothing is forked from a process with threads) that ends with its crew, or with the
process that started it. One that dies costs the thing that it was at.
"""

import contextlib
import pickle
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from queue import SimpleQueue
from typing import Generic, TypeVar

from nexus.kernel.crew_worker import READY, Begin, hear, say

#: How many chunks are under way for each worker: whoever asks may be busy with what came.
_AHEAD = 6

Item = TypeVar("Item")
Result = TypeVar("Result")
_DEAD = (EOFError, OSError, pickle.UnpicklingError)


class NoWorker(Exception):
    """A worker process cannot be started here."""


class Crew(Generic[Item, Result]):
    """Some workers, each waited for by a thread of its own. Close it when it is done.

    ``begin`` is pickled: a function of a module, or a ``partial`` of one. ``lost`` is what became
    of a thing at which a worker died. A worker is given ``chunk`` things at once.
    """

    def __init__(
        self,
        begin: Begin[Item, Result],
        lost: Callable[[Item], Result],
        *,
        workers: int,
        chunk: int,
    ) -> None:
        self._begin = begin
        self._chunk = chunk
        self._all = [Worker(begin, lost) for _ in range(workers)]
        self._idle: SimpleQueue[Worker[Item, Result]] = SimpleQueue()
        for worker in self._all:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="crew")

    def work(self, items: Iterable[Item]) -> Generator[Result]:
        """What became of each, in order; worked out right here where no worker can be started."""
        chunks = _chunks(items, self._chunk)
        under_way: deque[tuple[Sequence[Item], Future[list[Result]]]] = deque()
        for chunk in islice(chunks, _AHEAD * len(self._all)):
            under_way.append((chunk, self._threads.submit(self._work, chunk)))
        while under_way:
            chunk, future = under_way.popleft()
            try:
                yield from future.result()
            except NoWorker:
                with self._begin() as work:
                    yield from map(work, chunk)
            for following in islice(chunks, 1):
                under_way.append((following, self._threads.submit(self._work, following)))

    def _work(self, chunk: Sequence[Item]) -> list[Result]:
        worker = self._idle.get()
        try:
            return worker.work(chunk)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End all of it, whatever is under way."""
        for worker in self._all:
            worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.close()


def _chunks(items: Iterable[Item], size: int) -> Iterator[Sequence[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


class Worker(Generic[Item, Result]):
    """One process: started when it is first needed, and again when it died."""

    def __init__(self, begin: Begin[Item, Result], lost: Callable[[Item], Result]) -> None:
        self._begin = begin
        self._lost = lost
        self._process: subprocess.Popen[bytes] | None = None
        self._link: socket.socket | None = None
        self._is_ended = False
        self._starting = threading.Lock()

    def work(self, items: Sequence[Item]) -> list[Result]:
        """What became of each. Raises ``NoWorker`` when no process can be started."""
        link = self._link or self._start()
        try:
            say(link, items)
            results: list[Result] = hear(link)
        except _DEAD:
            self._end()
            if self._is_ended:
                raise NoWorker from None
            return self._one_by_one(items)
        return results

    def _one_by_one(self, items: Sequence[Item]) -> list[Result]:
        """Each alone, after a process died at one of them: so it costs none of the others."""
        if len(items) == 1:
            return [self._lost(items[0])]
        return [result for item in items for result in self.work([item])]

    def _start(self) -> socket.socket:
        link, theirs = socket.socketpair()
        # Celery lays down a limit for new sockets of all threads now and then; with one, neither
        # end would wait for the other.
        link.settimeout(None)
        theirs.settimeout(None)
        with theirs:
            try:
                self._start_process(theirs.fileno())
                say(link, self._begin)
                theirs.close()
                if hear(link) != READY:
                    raise NoWorker
            except (*_DEAD, NoWorker) as error:
                link.close()
                self._end()
                raise NoWorker from error
        self._link = link
        return link

    def _start_process(self, descriptor: int) -> None:
        """Start it where :meth:`kill` will find it, or not at all."""
        with self._starting:
            if self._is_ended:
                raise NoWorker
            self._process = _started(descriptor)

    def _end(self) -> None:
        link, self._link = self._link, None
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
        if link is not None:
            link.close()

    def kill(self) -> None:
        """End the process for good; the thread that waits for it notices. From any thread."""
        with self._starting:
            self._is_ended = True
            process = self._process
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()

    def close(self) -> None:
        """End it for good, when no thread waits for it any more."""
        self.kill()
        self._end()


def _started(descriptor: int) -> "subprocess.Popen[bytes]":
    """A worker with one end of the socket; what its libraries print is no output of ours."""
    return subprocess.Popen(
        [sys.executable, "-m", "nexus.kernel.crew_worker", str(descriptor)],
        pass_fds=(descriptor,),
        stdin=subprocess.DEVNULL,
        stdout=2,
    )
