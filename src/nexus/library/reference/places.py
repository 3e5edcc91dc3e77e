"""Where the values of a document stand in its text."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import yaml

#: The keys that lead from the root of a document to a place in it.
Pointer = tuple[str, ...]

#: Longer texts are not gone through, in characters.
MAX_LOCATED = 2_000_000

_HALVES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


def lines_of(text: str, pointers: Collection[Pointer]) -> dict[Pointer, int]:
    """The line (from 1) of each place, or of the nearest place above that exists."""
    missing = set(pointers)
    if not missing:
        return {}
    wanted = {pointer[:length] for pointer in missing for length in range(1, len(pointer) + 1)}
    lines: dict[Pointer, int] = {}
    for pointer, line in places(text):
        if pointer in wanted:
            lines.setdefault(pointer, line)
            missing.discard(pointer)
        if not missing:
            break
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


def repeated(text: str) -> Iterator[tuple[str, int]]:
    """The names that stand twice in one mapping, each with the line where it does again.

    What lies below a repeated name is not looked at.
    """
    seen: set[Pointer] = set()
    again: set[Pointer] = set()
    for pointer, line in places(text):
        if pointer[:-1] in again:
            again.add(pointer)
        elif pointer in seen:
            again.add(pointer)
            yield pointer[-1], line
        seen.add(pointer)


def places(text: str) -> Iterator[tuple[Pointer, int]]:
    """Every place of a YAML or JSON text with its line (from 1), without building a tree.

    Ends where the text is no longer YAML; a text longer than ``MAX_LOCATED`` has no places.
    """
    if len(text) > MAX_LOCATED:
        return
    # JSON may be indented with tabs and may escape half a character; YAML, as which it is read
    # here, may not.
    text = _HALVES.sub(_whole, text.replace("\t", " "))
    try:
        yield from _walk(text)
    except (yaml.YAMLError, UnicodeEncodeError):
        return


def _whole(halves: re.Match[str]) -> str:
    """The character that a pair of escaped surrogates stands for."""
    return str(json.loads(f'"{halves[0]}"'))


def _walk(text: str) -> Iterator[tuple[Pointer, int]]:
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
