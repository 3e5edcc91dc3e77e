"""Jupyter notebooks, to be read: text, code and outputs, nothing is run."""

import json
from collections.abc import Iterator

from nexus.library.rendering.finishing import finish
from nexus.library.rendering.highlighting import language_name
from nexus.library.rendering.notebook_cells import LEFT_OUT, Json, cell_html, dicts
from nexus.library.rendering.page import ImageSizes, Place, Rendered
from nexus.library.rendering.plain import refuse
from nexus.library.rendering.workpiece import Workpiece

#: Longer notebooks are not read, and what is past so much HTML or so many cells is not shown.
MAX_SOURCE = 16 * 1024 * 1024
MAX_HTML = 8 * 1024 * 1024
MAX_CELLS = 2_000
#: The largest picture among the outputs, in characters of base64.
MAX_PICTURE = 1024 * 1024


def render_notebook(source: str, place: Place, *, images: ImageSizes | None = None) -> Rendered:
    """Lay out the notebook whose JSON is ``source``, of the formats 3 and 4.

    ``images`` gives the sizes of the repository's pictures. What is not a notebook comes back
    as plain text with a problem; outputs that are too large or cannot be shown are left out.
    """
    if len(source) > MAX_SOURCE:
        return refuse(source, place, "document-too-large")
    try:
        notebook = json.loads(source)
    except (ValueError, RecursionError) as error:
        return refuse(source, place, "document-invalid", f"Not JSON: {error}.")
    if not isinstance(notebook, dict) or not _has_cells(notebook):
        return refuse(source, place, "document-invalid", "It has no cells.")
    pieces, is_whole = _pieces(notebook)
    work = Workpiece(
        html="".join(pieces), place=place, image_sizes=images, max_data_url=MAX_PICTURE
    )
    if any(LEFT_OUT in piece for piece in pieces):
        work.report("output-left-out", "It has no picture, table or text.")
    if not is_whole:
        work.report("output-left-out", "The end of the notebook is not shown.")
    return finish(work)


def _has_cells(notebook: Json) -> bool:
    return isinstance(notebook.get("cells"), list) or isinstance(notebook.get("worksheets"), list)


def _cells(notebook: Json) -> Iterator[Json]:
    yield from dicts(notebook.get("cells"))
    for sheet in dicts(notebook.get("worksheets")):
        yield from dicts(sheet.get("cells"))


def _pieces(notebook: Json) -> tuple[list[str], bool]:
    """The HTML of the cells, and whether it is that of all of them."""
    language = _language(notebook)
    pieces: list[str] = []
    length = 0
    for number, cell in enumerate(_cells(notebook)):
        if number >= MAX_CELLS or length > MAX_HTML:
            return pieces, False
        pieces.append(cell_html(cell, language))
        length += len(pieces[-1])
    return pieces, True


def _language(notebook: Json) -> str:
    metadata = notebook.get("metadata")
    for part, name in (("language_info", "name"), ("kernelspec", "language")):
        facts = metadata.get(part) if isinstance(metadata, dict) else None
        said = facts.get(name) if isinstance(facts, dict) else None
        if isinstance(said, str) and language_name(said):
            return language_name(said)
    return "python"
