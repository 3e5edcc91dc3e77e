"""Preparing many files, by processes of their own when there are enough to be worth it.

What is prepared is pure, so it can be done anywhere; the one who asks gets it in order and
writes while the next files are read. A worker is a fresh Python (nothing is forked from a
process with threads) that lives for one run. One that dies costs the file that it was at.
"""

import contextlib
import pickle
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from multiprocessing.connection import Connection
from queue import SimpleQueue

import structlog

from nexus.library.preparing import Prepared
from nexus.library.preparing_files import Work, preparer
from nexus.library.preparing_worker import READY
from nexus.library.problems import Problem
from nexus.repositories.git.reading import Reader, TreeFile

log = structlog.get_logger(__name__)
#: Fewer files are read sooner than a worker is started.
WORTH_WORKERS = 100
#: Files that a worker is given at once, and how many such chunks are under way for each.
_CHUNK, _AHEAD = 8, 3

Chunk = Sequence[TreeFile]
Results = list[Prepared | None]
_DEAD = (EOFError, OSError, pickle.UnpicklingError)


class NoWorker(Exception):
    """A worker process cannot be started here."""


def prepare_files(
    files: Sequence[TreeFile], work: Work, reader: Reader, *, workers: int
) -> Generator[tuple[TreeFile, Prepared | None]]:
    """Each file with what it became, in order; None for one that the store lacks.

    With fewer than two ``workers``, or few files, it is done right here with ``reader``. Close
    the generator when it is not read to its end: that ends the workers.
    """
    if workers < 2 or len(files) < WORTH_WORKERS:
        yield from _prepared_here(files, work, reader)
        return
    crew = _Crew(work, workers)
    try:
        for chunk, results in crew.prepare(files):
            if results is None:
                yield from _prepared_here(chunk, work, reader)
            else:
                yield from zip(chunk, results, strict=True)
    finally:
        crew.close()


def _prepared_here(
    files: Chunk, work: Work, reader: Reader
) -> Iterator[tuple[TreeFile, Prepared | None]]:
    prepare_file = preparer(work, reader)
    for file in files:
        yield file, prepare_file(file.path, file.oid)


class _Crew:
    """Some workers, each waited for by a thread of its own."""

    def __init__(self, work: Work, workers: int) -> None:
        self._all = [_Worker(work) for _ in range(workers)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._all:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="preparing")

    def prepare(self, files: Chunk) -> Iterator[tuple[Chunk, Results | None]]:
        """The files in chunks, in order; None where there is no worker to do it."""
        chunks = iter([files[at : at + _CHUNK] for at in range(0, len(files), _CHUNK)])
        under_way: deque[tuple[Chunk, Future[Results]]] = deque()
        for chunk in islice(chunks, _AHEAD * len(self._all)):
            under_way.append((chunk, self._threads.submit(self._prepare, chunk)))
        while under_way:
            chunk, future = under_way.popleft()
            try:
                yield chunk, future.result()
            except NoWorker:
                yield chunk, None
            for following in islice(chunks, 1):
                under_way.append((following, self._threads.submit(self._prepare, following)))

    def _prepare(self, chunk: Chunk) -> Results:
        worker = self._idle.get()
        try:
            return worker.prepare(chunk)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End all of it, whatever is under way."""
        for worker in self._all:
            worker.close()
        self._threads.shutdown(cancel_futures=True)


class _Worker:
    """One process: started when it is first needed, and again when it died."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._process: subprocess.Popen[bytes] | None = None
        self._link: Connection | None = None
        self._is_closed = False
        self._starting = threading.Lock()

    def prepare(self, files: Chunk) -> Results:
        """What each file became. Raises ``NoWorker`` when no process can be started."""
        results: Results = []
        while len(results) < len(files):
            rest = files[len(results) :]
            link = self._link or self._start()
            try:
                link.send([(file.path, file.oid) for file in rest])
                for _ in rest:
                    results.append(link.recv())
            except _DEAD:
                self._end()
                if self._is_closed:
                    raise NoWorker from None
                results.append(_lost(files[len(results)]))
        return results

    def _start(self) -> Connection:
        ours, theirs = socket.socketpair()
        with theirs:
            link = Connection(ours.detach())
            try:
                self._start_process(theirs.fileno())
                link.send(self._work)
                theirs.close()
                if link.recv() != READY:
                    raise NoWorker
            except (*_DEAD, NoWorker) as error:
                link.close()
                self._end()
                raise NoWorker from error
        self._link = link
        return link

    def _start_process(self, descriptor: int) -> None:
        """Start it where :meth:`close` will find it, or not at all."""
        with self._starting:
            if self._is_closed:
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

    def close(self) -> None:
        """End the process; the thread that waits for it notices. From any thread."""
        with self._starting:
            self._is_closed = True
            process = self._process
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.wait()


def _started(descriptor: int) -> "subprocess.Popen[bytes]":
    """A worker with one end of the socket; what its libraries print is no output of ours."""
    return subprocess.Popen(
        [sys.executable, "-m", "nexus.library.preparing_worker", str(descriptor)],
        pass_fds=(descriptor,),
        stdin=subprocess.DEVNULL,
        stdout=2,
    )


def _lost(file: TreeFile) -> Prepared:
    """A file at which its worker died: shown as it is, with a word to its owner."""
    log.error("A worker died while it prepared a file.", path=file.path)
    problem = Problem(file.path, 0, "document-failed", "The process that read it was ended.")
    return Prepared(file.path, file.oid, file.size or 0, None, (problem,))
