"""Laying out many documents, by processes of their own when there are enough to be worth it.

It is most of the work of an index, and done in this process it would keep whoever asks for a
page from Python's lock.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from nexus.kernel.crew import Crew
from nexus.search.documents import Change, LeftOut
from nexus.search.laying_out import LaidOut, lay_out, laying_out

#: Fewer documents are laid out sooner than workers are started.
WORTH_WORKERS = 100
_CHUNK = 32


class Layers:
    """At most so many ``workers``, fewer than two for none; they stay until ``close``."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._crew: Crew[Change, LaidOut] | None = None

    def lay_out(self, changes: Iterable[Change]) -> Iterator[LaidOut]:
        """Each of ``changes`` as the index takes it, in order."""
        if self._workers < 2:
            return map(lay_out, changes)
        rest = iter(changes)
        first = list(islice(rest, WORTH_WORKERS))
        if len(first) < WORTH_WORKERS:
            return map(lay_out, first)
        return self._hired().work(chain(first, rest))

    def close(self) -> None:
        """End the workers; they are started again when there is much to do."""
        crew, self._crew = self._crew, None
        if crew is not None:
            crew.close()

    def _hired(self) -> Crew[Change, LaidOut]:
        if self._crew is None:
            self._crew = Crew(laying_out, _lost, workers=self._workers, chunk=_CHUNK)
        return self._crew


def _lost(change: Change) -> LeftOut:
    return LeftOut(change.key, "the process that laid it out was ended")
