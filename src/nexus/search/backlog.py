"""What happened and is not in the index yet, in slices that each take a moment.

One event may touch a single document or, when a cohort gets another name, all documents of
it. So that nobody waits for the second who looks for the first, what events touch is taken
up in slices, and events that touch little go before those that touch much.
"""

from collections.abc import Iterable
from itertools import islice

from nexus.search.registry import LoggedEvent, SourceRegistry, Touched

#: An event that touches more is one that touches many, and is taken up by so many documents
#: at a time: some 100 ms of work, for which others wait.
SLICE = 200
#: So many at least, while there is always news, so that it comes to an end.
_SHARE_OF_MANY = 50
#: What touches few is taken up together, as far as it has gathered: each commit has its price.
GATHERED = 2_000


class Backlog:
    """The keys that events touched, each once, until they are taken up."""

    def __init__(self, sources: SourceRegistry) -> None:
        self.taken = 0
        self._sources = sources
        self._cursor: int | None = None
        self._few: dict[Touched, None] = {}
        self._many: dict[Touched, None] = {}

    def go_on_from(self, cursor: int) -> None:
        """Forget all if the index does not stand where the last slice left it."""
        if cursor != self._cursor:
            self._few, self._many = {}, {}
            self._cursor = self.taken = cursor

    def take(self, events: Iterable[LoggedEvent]) -> None:
        """Note what ``events``, the next ones after ``taken``, have touched."""
        for event in events:
            touched = dict.fromkeys(self._sources.touched_by(event))
            (self._few if len(touched) <= SLICE else self._many).update(touched)
            self.taken = event.number

    def next_slice(self, most: int = SLICE) -> tuple[list[Touched], int]:
        """The keys to take up next, and the cursor that the index has with them.

        ``most`` is how many there are at a time of what touches many. The cursor moves only when
        nothing is left, so that a crash repeats work and skips none.
        """
        chosen = _pop(self._few, GATHERED)
        chosen += _pop(self._many, max(most - len(chosen), _SHARE_OF_MANY))
        if not self._few and not self._many:
            self._cursor = self.taken
        return chosen, self._cursor or 0

    def drop(self) -> None:
        """Begin anew at the next ``go_on_from``: a slice was not taken up."""
        self._cursor = None

    @property
    def has_room(self) -> bool:
        """Whether it is time to read on in the log; until then, memory is better spared."""
        return len(self._few) < GATHERED

    @property
    def is_done(self) -> bool:
        """Whether all that was taken is in the index."""
        return self._cursor == self.taken and not self._few and not self._many


def _pop(keys: dict[Touched, None], most: int) -> list[Touched]:
    chosen = list(islice(keys, most))
    for key in chosen:
        del keys[key]
    return chosen
