"""Keeping stores small and sound. Nothing that a reference leads to is ever dropped.

That includes the tips kept under ``refs/nexus/kept``. What goes are objects that nothing
leads to: of a fetch that failed, or an import that changed nothing.
"""

from dataclasses import dataclass
from pathlib import Path

from nexus.repositories.git.commits import plain
from nexus.repositories.git.limits import DEFAULT, Limits
from nexus.repositories.git.program import Command, run, stream
from nexus.repositories.git.progress import Work
from nexus.repositories.git.stores import locked, require_store, size_of
from nexus.repositories.git.troubles import GitProgramError

__all__ = ["Verified", "maintain", "needs_maintenance", "size_of", "verify"]

#: As many as Git itself lets gather. Packing anew takes as long as hundreds of small fetches.
_MANY_PACKS = 50
_MANY_LOOSE_OBJECTS = 2000
_MANY_REFS = 100
#: Loose objects that nothing leads to stay as long as this: somebody may be writing them.
_GRACE = "--expire=1.hour.ago"
_MAX_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether everything that the references lead to is there; else what Git says of it."""

    sound: bool
    problems: tuple[str, ...] = ()


def needs_maintenance(store: Path) -> bool:
    """Whether ``maintain`` would be worth its while; cheap."""
    objects = store / "objects"
    packs = sum(1 for _ in (objects / "pack").glob("*.pack"))
    loose = sum(1 for _ in objects.glob("[0-9a-f][0-9a-f]/*"))
    refs = sum(1 for path in (store / "refs").rglob("*") if path.is_file())
    return packs > _MANY_PACKS or loose > _MANY_LOOSE_OBJECTS or refs > _MANY_REFS


def maintain(store: Path, *, limits: Limits = DEFAULT) -> None:
    """Pack everything anew, and drop what nothing leads to. Readers are not disturbed.

    A store that lacks objects is left as it is. Raises ``StoreBusy`` if somebody writes.
    """
    work = Work(limits=limits)
    steps = (
        ["pack-refs", "--all", "--prune"],
        ["repack", "-a", "-d", "-l", "--write-bitmap-index"],
        ["prune", _GRACE],
        ["commit-graph", "write", "--reachable", "--changed-paths"],
    )
    with locked(store):
        for step in steps:
            try:
                run(Command(store=store, arguments=step), work)
            except GitProgramError:
                if verify(store, limits=limits).sound:
                    raise
                return


def verify(store: Path, *, limits: Limits = DEFAULT) -> Verified:
    """Check that everything that the references lead to is there. Reads no file's content."""
    require_store(store)
    arguments = ["fsck", "--connectivity-only", "--no-dangling", "--no-progress"]
    said: list[bytes] = []
    try:
        said.extend(stream(Command(store=store, arguments=arguments), Work(limits=limits)))
    except GitProgramError as failure:
        lines = [*plain(b"".join(said)).splitlines(), *failure.stderr.splitlines()]
        return Verified(sound=False, problems=tuple(lines[:_MAX_PROBLEMS]))
    return Verified(sound=True)
