"""The cells of a Jupyter notebook as HTML, sanitised piece by piece.

The format is described at https://nbformat.readthedocs.io/en/latest/format_description.html;
version 3 keeps its cells in worksheets and its outputs under short names.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from nexus.library.rendering.guards import (
    why_html_too_costly,
    why_too_costly,
    why_tree_too_costly,
)
from nexus.library.rendering.markdown import to_html
from nexus.library.rendering.sanitising import sanitise, show_disallowed

Json = Mapping[str, Any]

#: What of one output is shown (in characters).
MAX_OUTPUT = 50_000
#: Stands where an output has no form that can be shown.
LEFT_OUT = "<p>An output that cannot be shown here was left out.</p>\n"
_PICTURES = {"image/png": "png", "image/jpeg": "jpeg"}
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def cell_html(cell: Json, language: str) -> str:
    """One cell; empty for a kind that is not known."""
    kind = cell.get("cell_type")
    if kind == "markdown":
        return markdown_html(_with_attachments(cell))
    if kind == "heading":
        level = cell.get("level")
        hashes = "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1)
        return markdown_html(f"{hashes} {text_of(cell.get('source'))}")
    if kind == "code":
        return _code_cell(cell, language)
    return preformatted(text_of(cell.get("source"))) if kind == "raw" else ""


def markdown_html(source: str) -> str:
    """A piece of Markdown; as it is written when it would cost too much."""
    if why_too_costly(source):
        return preformatted(source)
    html = to_html(source)
    if why_html_too_costly(html, source):
        return preformatted(source)
    safe = sanitise(show_disallowed(html))
    return preformatted(source) if why_tree_too_costly(safe, source) else safe


def preformatted(text: str, language: str = "") -> str:
    """Text as it is."""
    attribute = f' lang="{escape(language)}"' if language else ""
    return f"<pre{attribute}><code>{escape(text, quote=False)}</code></pre>\n"


def text_of(value: object) -> str:
    """A text, which a notebook writes as a string or as a list of lines."""
    lines = value if isinstance(value, list) else [value]
    return "".join(line for line in lines if isinstance(line, str))


def dicts(value: object) -> Iterator[Json]:
    """The objects in a list that may hold anything, or be none."""
    items = value if isinstance(value, list) else []
    return (item for item in items if isinstance(item, dict))


def _code_cell(cell: Json, language: str) -> str:
    source = text_of(cell.get("source", cell.get("input")))
    code = preformatted(f"{source}\n", language) if source.strip() else ""
    outputs = "".join(
        f'<div class="output">\n{html}</div>\n'
        for output in dicts(cell.get("outputs"))
        if (html := _output(output))
    )
    return f'<div class="cell">\n{code}{outputs}</div>\n'


def _output(output: Json) -> str:
    kind = output.get("output_type")
    if kind == "stream":
        return _plain(output.get("text"))
    if kind in {"error", "pyerr"}:
        lines = output.get("traceback")
        said = lines if isinstance(lines, list) else [output.get("evalue")]
        return _plain("\n".join(line for line in said if isinstance(line, str)))
    data = output.get("data")
    return _bundle(data if isinstance(data, dict) else output) or LEFT_OUT


def _bundle(data: Json) -> str:
    """The best form of an output that can be shown: picture, table, text."""
    for mime, short in _PICTURES.items():
        if picture := text_of(data.get(mime, data.get(short))):
            source = f"data:{mime};base64,{''.join(picture.split())}"
            return f'<img src="{escape(source)}" alt="Output of the code above">\n'
    source = text_of(data.get("text/html", data.get("html")))[: MAX_OUTPUT * 4]
    html = sanitise(source)
    if re.sub(r"<[^>]*>", "", html).strip() and not why_tree_too_costly(html, source):
        return html
    if markdown := text_of(data.get("text/markdown")):
        return markdown_html(markdown[:MAX_OUTPUT])
    if tex := text_of(data.get("text/latex", data.get("latex"))):
        formula = escape(tex.strip().strip("$"), quote=False)
        return f'<p><span data-math-style="display">{formula}</span></p>\n'
    return _plain(data.get("text/plain", data.get("text")))


def _plain(value: object) -> str:
    text = _ESCAPES.sub("", text_of(value)).rstrip()
    if len(text) > MAX_OUTPUT:
        text = f"{text[:MAX_OUTPUT]}\n… {len(text) - MAX_OUTPUT:,} more characters"
    return preformatted(f"{text}\n") if text else ""


def _with_attachments(cell: Json) -> str:
    """The source of a Markdown cell, with the pictures that the cell itself carries."""
    source = text_of(cell.get("source"))
    attachments = cell.get("attachments")
    for name, data in attachments.items() if isinstance(attachments, dict) else ():
        for mime in _PICTURES:
            if isinstance(data, dict) and (picture := text_of(data.get(mime))):
                url = f"data:{mime};base64,{''.join(picture.split())}"
                source = source.replace(f"(attachment:{name})", f"({url})")
    return source
