"""Prose, whatever its markup: Markdown, reStructuredText and notebooks."""

import re

from nexus.library.kinds.base import Reading, Source, title_of
from nexus.library.rendering.markdown import render_markdown
from nexus.library.rendering.notebook import render_notebook
from nexus.library.rendering.page import Rendered
from nexus.library.rendering.restructured import render_restructured

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx"})
RESTRUCTURED = frozenset({".rst", ".rest"})
NOTEBOOK = frozenset({".ipynb"})
_README = re.compile(r"readme(?:\.(?:md|markdown|mdown|mkd|mkdn|rst|rest|txt))?", re.IGNORECASE)


def is_writing(source: Source) -> bool:
    """Whether the file is prose that the hub can lay out."""
    return source.suffix in MARKDOWN | RESTRUCTURED | NOTEBOOK or is_readme(source.name)


def is_readme(name: str) -> bool:
    """Whether a file of this name introduces its folder."""
    return _README.fullmatch(name) is not None


def render_writing(source: Source) -> Rendered:
    """Lay out a piece of prose by the markup its name tells."""
    if source.suffix in RESTRUCTURED:
        return render_restructured(
            source.body, source.place, images=source.image_size, first_line=source.body_line
        )
    if source.suffix in NOTEBOOK:
        return render_notebook(source.text, source.place, images=source.image_size)
    return render_markdown(
        source.body, source.place, images=source.image_size, first_line=source.body_line
    )


def read_writing(source: Source, *, kind: str) -> Reading:
    """A piece of prose as an entry of ``kind``."""
    rendered = render_writing(source)
    return Reading(
        kind=kind,
        title=title_of(source, rendered),
        summary=source.said("summary") or source.said("description") or rendered.summary,
        rendered=rendered,
        code_language=source.said("language") if kind == "snippet" else "",
        problems=rendered.problems,
    )
