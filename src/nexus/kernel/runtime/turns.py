"""Turns: few threads at a time do what needs the interpreter.

Python runs one thread at a time. Each of the others that could go on wakes once in every switch
interval to ask for the interpreter, and takes it from one that was half done; so eight pages
drawn at once took half as long again as the same eight drawn two by two.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """At most ``most`` threads have a turn at a time; the others wait for theirs.

    A turn counts for ``seconds``: work that takes longer, or waits for something else, goes on,
    and the next may begin beside it.
    """

    def __init__(self, most: int, *, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        #: When each thread that has a turn began.
        self._begun: dict[int, float] = {}
        self._ended = threading.Condition(threading.Lock())

    @contextmanager
    def one(self) -> Iterator[None]:
        """Have a turn, once it is time; whoever waits longest is next."""
        thread = threading.get_ident()
        with self._ended:
            while (seconds := self._until_free()) > 0:
                self._ended.wait(seconds)
            self._begun[thread] = time.monotonic()
        try:
            yield
        finally:
            with self._ended:
                del self._begun[thread]
                self._ended.notify()

    def _until_free(self) -> float:
        """How many seconds it is at most until another may begin. Called with the lock held."""
        if len(self._begun) < self._most:
            return 0.0
        before = time.monotonic() - self._seconds
        counting = [begun - before for begun in self._begun.values() if begun > before]
        return min(counting) if len(counting) >= self._most else 0.0
