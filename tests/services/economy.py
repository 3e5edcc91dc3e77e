"""What ten thousand tests can do without. No promise goes with it."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nexus.people.passwords import Argon2

if TYPE_CHECKING:
    from _typeshed import TraceFunction


class CheapArgon2(Argon2):
    """argon2id at its lowest cost: nobody guesses the passwords of tests."""

    time_cost = 1
    memory_cost = 8


def hash_cheaply() -> None:
    """Hash passwords at no cost in this process, before the first one."""
    from django.conf import settings

    settings.PASSWORD_HASHERS[0] = f"{__name__}.{CheapArgon2.__name__}"


def keep_bytecode() -> None:
    """Write compiled modules down, also where the environment says not to.

    Each worker reads every module, and each ``nexus`` that a test starts some hundreds.
    """
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def collect_at_ease() -> None:
    """Look for no garbage while tests are collected: all of it stays to the end."""
    gc.disable()


def keep_what_is_collected() -> None:
    """From here on look for garbage, but not among the tests that were collected."""
    gc.freeze()
    gc.enable()


#: What counts lines where nothing else is said: of this thread, and of those that it starts.
_resting: list[tuple[TraceFunction | None, TraceFunction | None]] = []


@contextmanager
def uncounted() -> Iterator[None]:
    """Count no lines in this thread and in those that it starts.

    A worker counts three times, one above the other: as a process that the run started, and twice
    for pytest-cov, which pauses only the uppermost; then the next one wakes and goes on.
    """
    _resting.append((sys.gettrace(), threading.gettrace()))
    _count_with(None, None)
    try:
        yield
    finally:
        _count_with(*_resting.pop())


@contextmanager
def counted() -> Iterator[None]:
    """Inside of ``uncounted``, count lines for a while as it was done outside."""
    if not _resting:
        yield
        return
    _count_with(*_resting[-1])
    try:
        yield
    finally:
        _count_with(None, None)


def _count_with(mine: TraceFunction | None, of_threads: TraceFunction | None) -> None:
    threading.settrace(of_threads)
    sys.settrace(mine)
