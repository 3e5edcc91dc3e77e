"""Long work tells how far it is, and asks whether it should go on."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from nexus.repositories.git.limits import DEFAULT, Limits
from nexus.repositories.git.troubles import RemoteTrouble, Stopped, trouble


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a piece of work is: ``done`` of ``total`` steps of a ``stage``.

    ``stage`` is one of ``STAGES``; ``total`` is None where it is not known.
    """

    stage: str
    done: int
    total: int | None = None


#: Git's words for its stages, and ours.
_GIT_STAGES = {
    "Enumerating objects": "counting",
    "Counting objects": "counting",
    "Compressing objects": "compressing",
    "Receiving objects": "receiving",
    "Indexing objects": "receiving",
    "Unpacking objects": "receiving",
    "Resolving deltas": "resolving",
    "Writing objects": "writing",
}

#: Every stage that can be reported, in the order in which they may come.
STAGES = (
    "connecting",
    "comparing",
    "counting",
    "compressing",
    "receiving",
    "resolving",
    "reading",
    "writing",
)

_GIT_LINE = re.compile(r"(?:remote: )?([A-Z][a-z]+ [a-z]+): +\d{1,3}% \((\d{1,12})/(\d{1,12})\)")


def parse_progress(line: str) -> Progress | None:
    """What a line of Git's standard error says of its progress; None if nothing.

    >>> parse_progress("Receiving objects:  45% (9/20), 1.20 MiB | 3.00 MiB/s")
    Progress(stage='receiving', done=9, total=20)
    """
    match = _GIT_LINE.match(line)
    if not match or match[1] not in _GIT_STAGES:
        return None
    return Progress(_GIT_STAGES[match[1]], int(match[2]), int(match[3]))


ProgressListener = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


def never() -> bool:
    """Nobody asks to stop."""
    return False


def unheard(_: Progress) -> None:
    """Progress that nobody waits for."""


def _nothing() -> None:
    """Nothing more to check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One piece of long work: its limits, who hears of its progress, who may stop it.

    ``also_check`` is called as often as ``check``, and raises to end the work.
    """

    limits: Limits = DEFAULT
    on_progress: ProgressListener = unheard
    should_stop: ShouldStop = never
    also_check: Callable[[], None] = _nothing
    started: float = field(default_factory=time.monotonic)

    def tell(self, stage: str, done: int = 0, total: int | None = None) -> None:
        """Report progress."""
        self.on_progress(Progress(stage, done, total))

    def check(self) -> None:
        """Go on, or raise.

        Raises ``Stopped`` if somebody asked to stop and ``RemoteTrouble``
        (``took-too-long``) if the time is up.
        """
        self.also_check()
        if self.should_stop():
            raise Stopped
        if time.monotonic() - self.started > self.limits.total_seconds:
            raise trouble(RemoteTrouble, "took-too-long")
