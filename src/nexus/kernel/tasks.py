"""Background work: named functions that a worker runs, woken after the commit.

What must be done is always a row in the database; the broker only wakes. So a lost
message delays work until the next tick and never loses it.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

Sender = Callable[[str, tuple[Any, ...]], None]


def _nobody(name: str, arguments: tuple[Any, ...]) -> None:
    """Without a worker in sight the row waits for one."""


_sender: Sender = _nobody


def use_sender(sender: Sender) -> None:
    """Say how a task reaches a worker; called once by ``config`` when a process starts."""
    global _sender  # noqa: PLW0603 - one per process, set by the root of composition
    _sender = sender


def wake(name: str, *arguments: int | str) -> None:
    """Ask a worker to run the task ``name`` once the current transaction has committed."""
    transaction.on_commit(lambda: _sender(name, arguments))
