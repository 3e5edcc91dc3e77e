"""One test run: the folder and the process that all its worker processes share."""

import atexit
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "NEXUS_TEST_RUN"


@dataclass(frozen=True, slots=True)
class Run:
    """A test run: its folder, and the process whose end is the end of the run."""

    folder: Path
    leader: int

    def home(self) -> Path:
        """Make a new, empty folder for one process to keep its hub in."""
        return Path(tempfile.mkdtemp(prefix="home-", dir=self.folder))

    def _end(self) -> None:
        """Remove the folder, unless this is a fork of the process that leads the run."""
        if self.leader == os.getpid():
            shutil.rmtree(self.folder, ignore_errors=True)


def join() -> Run:
    """The run this process belongs to; begins one when it belongs to none.

    Worker processes learn of the run through the environment. The folder goes with the process
    that began the run.
    """
    if known := os.environ.get(VARIABLE):
        leader, _, folder = known.partition(":")
        return Run(Path(folder), int(leader))
    run = Run(Path(tempfile.mkdtemp(prefix="nexus-tests-")), os.getpid())
    os.environ[VARIABLE] = f"{run.leader}:{run.folder}"
    atexit.register(run._end)
    return run
