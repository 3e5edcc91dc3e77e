"""Room on the hub's disk: refused in words when there is none, before and after it is noticed."""

from __future__ import annotations

import errno
import shutil
from http import HTTPStatus
from pathlib import Path

from nexus.kernel.errors import Conflict

#: What nobody's files take: with less, the database itself could not write down what happened.
RESERVE_BYTES = 16 * 1024 * 1024
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
#: As SQLite and PostgreSQL say it; neither has a kind of error for it that Django hands on.
_FULL_WORDS = ("disk is full", "No space left on device")


class NoRoom(Conflict):
    """The disk of the hub is full."""

    status = HTTPStatus.INSUFFICIENT_STORAGE

    def __init__(self) -> None:
        super().__init__(
            "disk-full",
            "The hub has no room left on its disk, so nothing was changed.",
            remedy="Tell whoever runs it, and try again when there is.",
        )


def refuse_full_disk(place: Path, size: int) -> None:
    """Raise ``NoRoom`` when ``size`` bytes more would leave next to nothing where ``place`` is."""
    if shutil.disk_usage(place).free < size + RESERVE_BYTES:
        raise NoRoom


def is_full(error: BaseException | None) -> bool:
    """Whether ``error``, or what led to it, is that of a full disk."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, NoRoom) or getattr(error, "errno", None) in _FULL:
            return True
        if any(words in str(error) for words in _FULL_WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False
