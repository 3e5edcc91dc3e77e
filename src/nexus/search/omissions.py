"""What was left out while writing, said in one line a reason instead of one a document."""

import logging
from collections import Counter

from nexus.search.documents import LeftOut

logger = logging.getLogger(__name__)

#: Reasons that are told apart.
_MOST_REASONS = 20
_MORE = "several other reasons"


class Omissions:
    """Counts what one commit leaves out, and the first of each reason."""

    def __init__(self) -> None:
        self._counted: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def note(self, left_out: LeftOut) -> None:
        """Remember one."""
        known = left_out.why in self._first
        why = left_out.why if known or len(self._first) < _MOST_REASONS else _MORE
        self._counted[why] += 1
        self._first.setdefault(why, left_out.key)

    def say(self) -> None:
        """Log how many there were, for every reason."""
        for why, count in self._counted.items():
            logger.warning("search leaves out %s and %d more: %s", self._first[why], count - 1, why)
