"""What was worked out for a short text, remembered while there is room."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(dict[str, T], Generic[T]):
    """``remembered[text]`` is ``work(text)``, worked out once for texts that come again.

    A dictionary, so that ``map(remembered.__getitem__, texts)`` runs without a loop of ours.
    Texts longer than ``longest`` are not remembered. When ``most`` are, all are forgotten: what
    comes often comes again soon. ``work`` must be pure. Safe from several threads.
    """

    def __init__(self, work: Callable[[str], T], *, most: int, longest: int) -> None:
        super().__init__()
        self._work = work
        self._most = most
        self._longest = longest

    def __missing__(self, text: str) -> T:
        found = self._work(text)
        if len(text) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[text] = found
        return found
