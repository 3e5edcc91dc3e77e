"""Which commits changed a file, followed through its renames. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Commit(Protocol):
    """What a version tells of its commit."""

    @property
    def sha(self) -> str: ...
    @property
    def author_name(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def committed_at(self) -> datetime: ...


class Change(Protocol):
    """One file in one commit."""

    @property
    def commit(self) -> Commit: ...
    @property
    def path(self) -> str: ...
    @property
    def old_path(self) -> str | None: ...
    @property
    def oid(self) -> str | None: ...
    @property
    def status(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Past:
    """A file as one commit left it: ``path`` is what it was called then."""

    commit: Commit
    path: str
    blob: str


def follow(changes: Iterable[Change]) -> dict[str, list[Past]]:
    """The past of every file that exists now, newest first, by its present path.

    ``changes`` run from the newest commit to the oldest. A name that was given up and
    taken again belongs to two files; the elder one's past is not mixed into the younger's.
    """
    present: dict[str, str | None] = {}
    pasts: dict[str, list[Past]] = {}
    for change in changes:
        now = present.setdefault(change.path, change.path)
        if change.status == "deleted" or change.oid is None:
            present[change.path] = None
            continue
        if now is not None:
            pasts.setdefault(now, []).append(Past(change.commit, change.path, change.oid))
        _step_back(present, change, now)
    return pasts


def _step_back(present: dict[str, str | None], change: Change, now: str | None) -> None:
    """Before this commit the file had another name, or did not exist."""
    if change.status == "renamed" and change.old_path:
        present[change.path] = None
        present[change.old_path] = now
    elif change.status == "added":
        present[change.path] = None
