"""Which commits changed a file, followed through its renames. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from nexus.library.discretion.readings import discreet_commit
from nexus.repositories.git.reading import CommitInfo, FileVersion


@dataclass(frozen=True, slots=True)
class Past:
    """A file as one commit left it: ``path`` is what it was called then."""

    commit: CommitInfo
    path: str
    blob: str


def follow(changes: Iterable[FileVersion]) -> dict[str, list[Past]]:
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
            commit = discreet_commit(change.commit)
            pasts.setdefault(now, []).append(Past(commit, change.path, change.oid))
        _step_back(present, change, now)
    return pasts


def _step_back(present: dict[str, str | None], change: FileVersion, now: str | None) -> None:
    """Before this commit the file had another name, or did not exist."""
    if change.status == "renamed" and change.old_path:
        present[change.path] = None
        present[change.old_path] = now
    elif change.status == "added":
        present[change.path] = None
