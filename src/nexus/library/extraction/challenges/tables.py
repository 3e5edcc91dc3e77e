"""Challenges in tables: one column says what was hard, another what was done about it."""

import re
from collections.abc import Iterator
from itertools import islice

from nexus.library.extraction.challenges.model import Draft, Form, FoundChallenge, says_something
from nexus.library.extraction.challenges.scopes import Kind, Place
from nexus.library.extraction.challenges.told import tells_of_doing
from nexus.library.extraction.challenges.vocabulary import Role, is_strong, role_of
from nexus.library.extraction.outline import Block, tables

#: So many rows of a table are read.
_MOST_ROWS = 500
_JOINT = re.compile(r"[&/+,]|\b(?:and|et)\b", re.IGNORECASE)
_NEEDED = frozenset({Role.PROBLEM, Role.ACTION})


def told_in_tables(place: Place) -> Iterator[FoundChallenge]:
    """The challenges in the tables of a section."""
    if place.kind is Kind.EXCLUDED:
        return
    for block in place.section.blocks:
        for table in tables(block):
            yield from _read(table, place)


def _read(table: Block, place: Place) -> list[FoundChallenge]:
    roles = [_role_of(cell) for cell in table.rows[0]]
    if not _NEEDED.issubset(roles):
        return []
    rows = islice(zip(table.rows, table.row_lines, strict=True), 1, _MOST_ROWS)
    found = [challenge for row, line in rows if (challenge := _row(row, roles, line, place))]
    is_strong_table = is_strong(table.rows[0][roles.index(Role.PROBLEM)])
    if place.kind is not Kind.OPEN or is_strong_table or _are_told(found):
        return found
    return []


def _role_of(cell: str) -> Role | None:
    """What a column holds: of "Fix & lesson learnt" what is named first."""
    return role_of(cell) or role_of(_JOINT.split(cell, maxsplit=1)[0])


def _are_told(found: list[FoundChallenge]) -> bool:
    """Whether most rows say what somebody did, and not what the reader should do."""
    return 2 * sum(tells_of_doing(challenge.action) for challenge in found) > len(found)


def _row(
    row: tuple[str, ...], roles: list[Role | None], line: int, place: Place
) -> FoundChallenge | None:
    draft = Draft(line, place.section.title, Form.TABLE, end_line=line)
    for index, (cell, role) in enumerate(zip(row, roles, strict=False)):
        if role is Role.ACTION:
            draft.action.add(cell)
        elif role is Role.RESULT:
            draft.result.add(cell)
        elif role:
            draft.problem.add(cell)
        elif index == 0 and says_something(cell):
            draft.title = cell
    is_whole = says_something(draft.problem.text) and says_something(draft.action.text)
    return draft.found() if is_whole else None
