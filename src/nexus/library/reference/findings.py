"""What reading a contract noticed: collected while reading, given their lines at the end.

Parsers that keep a line for every value are several times slower than those that do not,
and most contracts have nothing wrong. So a finding remembers the way to its place, and only
when there are findings is the text gone through once more for the lines.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import yaml

from nexus.library.problems import Problem

#: The keys that lead from the root of a document to a place in it.
Pointer = tuple[str, ...]

MAX_FINDINGS = 100
#: Longer texts are not gone through a second time, in characters.
MAX_LOCATED = 2_000_000
_SHORT = 200


class Findings:
    """The problems of one document."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._found: dict[tuple[str, str, Pointer], int] = {}
        self._more = 0

    def __len__(self) -> int:
        return len(self._found)

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
            found.append(Problem(self.path, 0, "contract-shape", message))
        return tuple(sorted(found))


def shortened(text: str) -> str:
    """A message that fits on a line or two, whatever was written into the contract."""
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else f"{words[: _SHORT - 1]}…"


def lines_of(text: str, pointers: Collection[Pointer]) -> dict[Pointer, int]:
    """The line (from 1) of each place, or of the nearest place above that exists."""
    missing = set(pointers)
    if not missing or len(text) > MAX_LOCATED:
        return {}
    wanted = {pointer[:length] for pointer in missing for length in range(1, len(pointer) + 1)}
    lines: dict[Pointer, int] = {}
    try:
        # JSON may be indented with tabs; YAML, as which it is read here, may not.
        for pointer, line in _places(text.replace("\t", " ")):
            if pointer in wanted:
                lines.setdefault(pointer, line)
                missing.discard(pointer)
            if not missing:
                break
    except yaml.YAMLError:
        pass  # what was found before the mistake still counts
    return {pointer: _nearest(pointer, lines) for pointer in pointers}


def _nearest(pointer: Pointer, lines: dict[Pointer, int]) -> int:
    above = (pointer[:length] for length in range(len(pointer), 0, -1))
    return next((lines[place] for place in above if place in lines), 0)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been met yet, and where in it the reading is."""

    mapping: bool
    key: str = ""
    index: int = -1
    at_key: bool = True


def _places(text: str) -> Iterator[tuple[Pointer, int]]:
    """Every keyed place of a YAML or JSON text with its line, without building a tree."""
    above: list[_Open] = []
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.NodeEvent):
            if above and _names_place(above[-1], event):
                yield tuple(level.key for level in above), _line(event)
            if isinstance(event, yaml.CollectionStartEvent):
                above.append(_Open(isinstance(event, yaml.MappingStartEvent)))
            else:
                _finish(above)
        elif isinstance(event, yaml.CollectionEndEvent):
            above.pop()
            _finish(above)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _names_place(level: _Open, event: yaml.NodeEvent) -> bool:
    """Whether a node begins a new place: it is a key, or the next item of a list."""
    if not level.mapping:
        level.index += 1
        level.key = str(level.index)
    elif level.at_key:
        level.key = getattr(event, "value", "")
    return level.at_key or not level.mapping


def _finish(above: list[_Open]) -> None:
    """In a mapping keys and values take turns."""
    if above:
        above[-1].at_key = not above[-1].at_key
