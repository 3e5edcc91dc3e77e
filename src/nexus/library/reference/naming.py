"""The ids of the parts of a page: readable, safe in an address, and each given once."""

import re

from nexus.library.discretion import without_emails

_KEPT = re.compile(r"[^A-Za-z0-9_.]+")
#: Longer names are cut, in characters.
MAX_ID = 80


class Ids:
    """Gives the parts of one page their ids."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def give(self, kind: str, name: str) -> str:
        """The id for a part: ``operation`` and ``GET /pets/{id}`` give ``operation-GET-pets-id``.

        Names in scripts other than Latin leave no letters; then the number alone tells them
        apart. The same name asked for again gives another id.
        """
        base = "-".join(
            filter(None, [kind, _KEPT.sub("-", without_emails(name)).strip("-.")[:MAX_ID]])
        )
        while True:
            count = self._taken[base] = self._taken.get(base, 0) + 1
            if count == 1:
                return base
            candidate = f"{base}-{count}"
            if candidate not in self._taken:
                self._taken[candidate] = 1
                return candidate
