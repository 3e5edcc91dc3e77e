"""Preparing many files, by processes of their own when there are enough to be worth it."""

from collections.abc import Generator, Sequence
from contextlib import closing
from functools import partial

import structlog

from nexus.kernel.crew import Crew
from nexus.library.preparing import Prepared
from nexus.library.preparing_files import Work, preparer, preparing
from nexus.library.problems import Problem
from nexus.repositories.git.reading import Reader, TreeFile

log = structlog.get_logger(__name__)
#: Fewer files are read sooner than a worker is started.
WORTH_WORKERS = 100
_CHUNK = 8


def prepare_files(
    files: Sequence[TreeFile], work: Work, reader: Reader, *, workers: int
) -> Generator[tuple[TreeFile, Prepared | None]]:
    """Each file with what it became, in order; None for one that the store lacks.

    With fewer than two ``workers``, or few files, it is done right here with ``reader``. Close
    the generator when it is not read to its end: that ends the workers.
    """
    if workers < 2 or len(files) < WORTH_WORKERS:
        yield from zip(files, map(preparer(work, reader), files), strict=True)
        return
    crew = Crew(partial(preparing, work), _lost, workers=workers, chunk=_CHUNK)
    with closing(crew):
        yield from zip(files, crew.work(files), strict=True)


def _lost(file: TreeFile) -> Prepared:
    """A file at which its worker died: shown as it is, with a word to its owner."""
    log.error("A worker died while it prepared a file.", path=file.path)
    problem = Problem(file.path, 0, "document-failed", "The process that read it was ended.")
    return Prepared(file.path, file.oid, file.size or 0, None, (problem,))
