"""Endpoints in tables, whatever the order and the language of their columns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from nexus.library.extraction.endpoints.authentication import is_header, said_in_cell
from nexus.library.extraction.endpoints.lines import request_at_start
from nexus.library.extraction.endpoints.model import FoundEndpoint, summary_of
from nexus.library.extraction.endpoints.paths import Address, address_of, methods_of
from nexus.library.extraction.inline import plain, words_of
from nexus.library.extraction.outline import Block
from nexus.library.extraction.vocabulary import word_set

#: So many rows of a table are read, and so many cells of a row.
_MOST_ROWS = 500
_MOST_CELLS = 12
#: So many rows say what a column holds.
_SAMPLE = 40

_DESCRIPTIONS = word_set("""
    description descriptions summary desc descripcion descricao beschreibung descrizione opis
    omschrijving
""")
_PURPOSES = word_set("""
    purpose function functionality usage details action what does notes note explanation operation
    fonction role utilite resume
""")
_PATHS = word_set("""
    endpoint endpoints path paths route routes url urls uri address api resource
    chemin adresse ruta rota pfad percorso
""")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a table says what. ``method`` and ``path`` are the same when one cell has both."""

    method: int
    path: int
    summary: int | None
    access: int | None


def endpoints_in_table(table: Block, section: str) -> Iterator[FoundEndpoint]:
    """The endpoints of a table; none when it is about something else."""
    columns = _columns(table)
    if columns is None:
        return
    for row, line in islice(zip(table.rows, table.row_lines, strict=True), 1, _MOST_ROWS):
        filled = [cell for cell in row[:_MOST_CELLS] if cell]
        if len(filled) == 1 and not address_of(filled[0]):
            section = plain(filled[0]) or section  # a row that parts the table: "| **Users** |"
            continue
        yield from _row(row, line, columns, section)


def _row(
    row: tuple[str, ...], line: int, columns: _Columns, section: str
) -> Iterator[FoundEndpoint]:
    methods, address = _request(row, columns)
    if address is None:
        return
    access = _cell(row, columns.access)
    for method in methods:
        yield FoundEndpoint(
            method=method,
            path=address.path,
            summary=summary_of(_cell(row, columns.summary)),
            line=line,
            section=section,
            needs_authentication=said_in_cell(access, method),
            query=address.query,
        )


def _request(row: tuple[str, ...], columns: _Columns) -> tuple[tuple[str, ...], Address | None]:
    path = _cell(row, columns.path)
    if columns.method == columns.path:
        request = request_at_start(path)
        return (request.methods, request.address) if request else ((), None)
    return methods_of(_cell(row, columns.method)), address_of(path, may_lack_slash=True)


def _cell(row: tuple[str, ...], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _columns(table: Block) -> _Columns | None:
    """The columns are known by what they hold, so their names may be in any language."""
    header, sample = table.rows[0][:_MOST_CELLS], table.rows[1 : 1 + _SAMPLE]
    both = _best(header, sample, lambda _, cell: request_at_start(cell) is not None)
    method = _best(header, sample, lambda _, cell: bool(methods_of(cell)))
    path = _best(header, sample, _is_path)
    if method is None or path is None or method == path:
        method = path = both
    if method is None or path is None:
        return None
    rest = [column for column in range(len(header)) if column not in {method, path}]
    access = next((column for column in rest if is_header(header[column])), None)
    rest = [column for column in rest if column != access]
    behind = [column for column in rest if column > path] or rest
    return _Columns(method, path, _summary(header, behind), access)


def _is_path(name: str, cell: str) -> bool:
    is_named = not _PATHS.isdisjoint(words_of(name))
    return address_of(cell, may_lack_slash=is_named) is not None


def _best(
    header: tuple[str, ...], sample: tuple[tuple[str, ...], ...], holds: Callable[[str, str], bool]
) -> int | None:
    """The first column of which at least half the filled cells hold what is looked for."""
    for column, name in enumerate(header):
        filled = [row[column] for row in sample if column < len(row) and len(row) > 1]
        if filled and 2 * sum(holds(name, cell) for cell in filled) >= len(filled):
            return column
    return None


def _summary(header: tuple[str, ...], rest: list[int]) -> int | None:
    for names in (_DESCRIPTIONS, _PURPOSES):
        for column in rest:
            if not names.isdisjoint(words_of(header[column])):
                return column
    return rest[0] if rest else None
