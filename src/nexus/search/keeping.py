"""Answers worth keeping for as long as the index does not change."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """At most ``size`` answers by what was asked; those not asked for the longest time go first.

    Belongs to one snapshot of the index, so nothing in it is ever out of date.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._answers: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, asked: Hashable, answer: Callable[[], T]) -> T:
        """What was answered to ``asked`` before, or else ``answer()``, kept from now on."""
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return self._answers[asked]
        found = answer()
        with self._lock:
            self._answers[asked] = found
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._answers.clear()
