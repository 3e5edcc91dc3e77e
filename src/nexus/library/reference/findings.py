"""What reading a contract noticed: collected while reading, given their lines at the end.

Parsers that keep a line for every value are several times slower than those that do not,
and most contracts have nothing wrong. So a finding remembers the way to its place, and only
when there are findings is the text gone through once more for the lines.
"""

from nexus.library.problems import Problem
from nexus.library.reference.places import Pointer, lines_of

MAX_FINDINGS = 100
_SHORT = 200


class Findings:
    """The problems of one document."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._found: dict[tuple[str, str, Pointer], int] = {}
        self._more = 0

    def add(self, code: str, message: str, *, at: Pointer = (), line: int = 0) -> None:
        """Note a problem, either at a place of the tree or on a line (from 1) of the text."""
        if len(self._found) >= MAX_FINDINGS:
            self._more += 1
            return
        self._found.setdefault((code, shortened(message), at), line)

    def problems(self, text: str) -> tuple[Problem, ...]:
        """The problems with their lines in ``text``, in the order of the document."""
        lines = lines_of(text, {at for _, _, at in self._found if at})
        found = [
            Problem(self.path, line or lines.get(at, 0), code, message)
            for (code, message, at), line in self._found.items()
        ]
        if self._more:
            message = f"{self._more} more problems like these are not listed."
            found.append(Problem(self.path, 0, "contract-more", message))
        return tuple(sorted(found))


def shortened(text: str) -> str:
    """A message that fits on a line or two, whatever was written into the contract."""
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else f"{words[: _SHORT - 1]}…"
