"""What takes long to make of a whole cohort, kept in the home folder for whoever reads.

Nobody who opens a page waits for a cohort of 100,000 entries to be counted: what was made last
is served, and a worker makes the next. It lies in a file, so that a restart does not lose it and
the processes of a hub share it; it may be deleted at any time.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import structlog
from django.conf import settings

T = TypeVar("T")

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Shelf(Generic[T]):
    """One thing for each cohort, by the cohort's key.

    Attributes:
        name: of the things: files are called ``<cohort>.<name>``.
        write: what a file holds of a thing.
        read: the thing back; raises ``ValueError`` for what ``write`` never made.
    """

    name: str
    write: Callable[[T], bytes]
    read: Callable[[bytes], T]
    _known: dict[Path, tuple[tuple[int, int], T]] = field(default_factory=dict)

    def put(self, cohort: int, thing: T) -> None:
        """Keep ``thing`` in place of what was there; a reader sees the one or the other."""
        path = self._path(cohort)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(self.write(thing))
        Path(file.name).replace(path)

    def get(self, cohort: int) -> T | None:
        """What was kept last; None when there is nothing, or nothing that can be read."""
        path = self._path(cohort)
        try:
            state = path.stat()
            version = (state.st_mtime_ns, state.st_ino)
            known = self._known.get(path)
            if known is None or known[0] != version:
                known = self._known[path] = (version, self.read(path.read_bytes()))
        except FileNotFoundError:
            return None
        except ValueError as error:
            log.warning("What was kept cannot be read; it is made anew.", error=str(error))
            return None
        return known[1]

    def age_seconds(self, cohort: int) -> float:
        """How long ago that was made; of what is not there: for ever."""
        try:
            return time.time() - self._path(cohort).stat().st_mtime
        except FileNotFoundError:
            return math.inf

    def _path(self, cohort: int) -> Path:
        return Path(settings.SURVEY_FOLDER) / f"{cohort}.{self.name}"
