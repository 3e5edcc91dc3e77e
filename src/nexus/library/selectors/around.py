"""Reads of what stands around an entry on its page: one question, where four were asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, cast

from django.db import connection

from nexus.kernel.once import once, rows

if TYPE_CHECKING:
    from nexus.library.models import Entry

_Row: TypeAlias = tuple[str, int, str, str, str]
#: How each database calls the order of bytes.
_BYTES = {"sqlite": "BINARY", "postgresql": '"C"'}
#: No path goes on with a letter after this one.
_LAST = "\U0010ffff"
#: Entries of its folder that are looked at.
MOST_NEAR = 40
#: The kinds of a repository's living entries; what an entry is about; how many versions it has;
#: and the living files of its folder. The number of slashes leaves out what lies in folders below
#: it. Each database reads an index up to the folder's end by another of the conditions: PostgreSQL
#: by LIKE, SQLite by the order of bytes, which a repository of 5,000 files has a page wait for.
_ASKED = """
    SELECT 'kind', COUNT(*), kind, '', '' FROM library_entry
    WHERE repository_id = %s AND withdrawn_at IS NULL GROUP BY kind
    UNION ALL
    SELECT 'topic', weight, topic, '', '' FROM library_entrytopic WHERE entry_id = %s
    UNION ALL
    SELECT 'versions', COUNT(*), '', '', '' FROM library_version WHERE entry_id = %s
    UNION ALL
    SELECT 'near', id, kind, path, title FROM (
        SELECT id, kind, path, title FROM library_entry
        WHERE repository_id = %s AND withdrawn_at IS NULL AND part = '' AND path <> ''
          AND path LIKE %s ESCAPE '!'
          AND path COLLATE {bytes} >= %s AND path COLLATE {bytes} < %s
          AND LENGTH(path) - LENGTH(REPLACE(path, '/', '')) = %s
        ORDER BY path LIMIT %s
    ) AS folder
"""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entry that lies in the same folder as another."""

    pk: int
    path: str
    title: str
    kind: str


@dataclass(slots=True)
class Around:
    """What the page of an entry says besides what the entry says.

    ``kinds`` counts the living entries of its repository, by kind. ``topics`` are the slugs of
    what it is about, the weightiest first. ``near`` are the living entries of its folder, itself
    among them, by path; none for a project, which is a whole repository.
    """

    kinds: dict[str, int] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)
    versions: int = 0
    near: list[Neighbour] = field(default_factory=list)


@once
def around(entry: Entry) -> Around:
    """What stands around an entry: one query."""
    found = Around()
    for what, number, word, path, title in sorted(_rows(entry), key=_order):
        match what:
            case "kind":
                found.kinds[word] = number
            case "near":
                found.near.append(Neighbour(number, path, title, word))
            case "topic":
                found.topics.append(word)
            case _:
                found.versions = number
    return found


def _order(row: _Row) -> tuple[int, str, str]:
    """Topics by their weight, files by their path, the rest by its word."""
    what, number, word, path, _ = row
    return -number if what == "topic" else 0, path, word


def _rows(entry: Entry) -> list[_Row]:
    folder = entry.path[: entry.path.rfind("/") + 1]
    literal = folder.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    most = MOST_NEAR if entry.path else 0
    repository, here = entry.repository_id, entry.pk
    asked: list[str | int] = [repository, here, here, repository]
    asked += [f"{literal}%", folder, f"{folder}{_LAST}", folder.count("/"), most]
    found = rows(_ASKED.format(bytes=_BYTES[connection.vendor]), asked)
    return cast("list[_Row]", found)
