"""What ten thousand tests can do without. No promise goes with it."""

import gc
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from nexus.people.passwords import Argon2


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


@contextmanager
def uncounted() -> Iterator[None]:
    """Count no lines in this thread and in those that it starts.

    A worker counts three times, one above the other: as a process that the run started, and twice
    for pytest-cov, which pauses only the uppermost; then the next one wakes and goes on.
    """
    mine, of_threads = sys.gettrace(), threading.gettrace()
    threading.settrace(None)
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(mine)
        threading.settrace(of_threads)
