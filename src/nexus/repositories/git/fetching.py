"""One door to everything that a repository can come from."""

from pathlib import Path

from nexus.repositories.git.limits import DEFAULT, Limits
from nexus.repositories.git.mirroring import mirror
from nexus.repositories.git.origins import Origin, OriginKind
from nexus.repositories.git.outcomes import LEFT_OUT_REASONS, Fetched, LeftOut
from nexus.repositories.git.progress import (
    Progress,
    ProgressListener,
    ShouldStop,
    Work,
    never,
    unheard,
)
from nexus.repositories.git.snapshots import LeaveOut, snapshot

__all__ = ["LEFT_OUT_REASONS", "Fetched", "LeftOut", "Progress", "fetch"]


def fetch(
    store: Path,
    origin: Origin,
    *,
    limits: Limits = DEFAULT,
    on_progress: ProgressListener = unheard,
    should_stop: ShouldStop = never,
    leave_out: LeaveOut | None = None,
) -> Fetched:
    """Bring a store up to date with its origin, whatever kind of thing that is.

    A remote or a repository is mirrored; a folder or an archive becomes a commit on the
    default branch. An origin that has not changed costs one comparison. If anything goes
    wrong the store stays as it was.

    Args:
        store: a store, as made by ``create_store``.
        origin: where the repository comes from.
        limits: what it may use up, and whom the hub may talk to.
        on_progress: hears how far the work is.
        should_stop: asked a few times a second whether to stop.
        leave_out: names the reason why a file of a folder or an archive is not to be taken
            in, such as a secret; None takes it in.

    Raises:
        NexusError: with one of the codes in ``troubles.WORDS``.
    """
    work = Work(limits=limits, on_progress=on_progress, should_stop=should_stop)
    if origin.kind in (OriginKind.FOLDER, OriginKind.ARCHIVE):
        return snapshot(store, origin, work, leave_out=leave_out)
    return mirror(store, origin, work)
