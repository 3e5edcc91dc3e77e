"""Whether reading a text takes work in proportion to its length, on any machine."""

import gc
import time
from collections.abc import Callable

#: Four times the text may take so many times the work: four is proportional, sixteen is not.
_MOST = 10
_TRIES = 6


def is_proportional(
    read: Callable[[str], object], make: Callable[[int], str], *, size: int
) -> bool:
    """Whether reading ``make(4 * size)`` takes about four times as long as ``make(size)``.

    Only the two are compared, so it does not matter how fast the machine is; a machine that
    was busy with something else is asked again.
    """
    short, long = make(size), make(4 * size)
    gc.disable()
    try:
        return any(_seconds(read, long) <= _MOST * _least(read, short) for _ in range(_TRIES))
    finally:
        gc.enable()


def _least(read: Callable[[str], object], text: str) -> float:
    """Of three times, so that what was slow by chance makes no room for what is slow by nature."""
    return min(_seconds(read, text) for _ in range(3))


def _seconds(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began
