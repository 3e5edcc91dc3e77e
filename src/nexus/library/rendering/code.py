"""A whole file of code, with a place to link to in every line.

It is written as a figure like any block of code, but each line is an element of its own::

    <span class="line" id="L12">…</span>

The number is not in the text, so it is not copied with it: style counts the lines.
"""

import posixpath
from html import escape

from nexus.library.discretion import hide_in_name, without_emails
from nexus.library.rendering.codeblocks import scrollable
from nexus.library.rendering.highlighting import MAX_BLOCK, highlight_lines, language_name
from nexus.library.rendering.languages import language_of, lexer_of
from nexus.library.rendering.page import Rendered
from nexus.library.rendering.plain import MAX_SEARCHED, MAX_SHOWN, render_plain

__all__ = ["language_of", "render_code", "render_plain"]

#: Files with more lines are cut, with a word about it.
MAX_LINES = 20_000


def render_code(text: str, *, language: str | None, path: str) -> Rendered:
    """Lay out the file at ``path``, in colour.

    ``language`` is a name that Pygments knows; None to go by the file's name. What is said is
    never looked at to guess it. Large files stay plain, very large ones are cut.
    """
    name = language_name(language) if language else lexer_of(path)
    shown = text[:MAX_SHOWN]
    lines = highlight_lines(shown, name if len(shown) <= MAX_BLOCK else "")
    if lines[-1] == "" and len(lines) > 1:
        lines.pop()
    inside = "\n".join(
        f'<span class="line" id="L{number}">{line}</span>'
        for number, line in enumerate(lines[:MAX_LINES], start=1)
    )
    label = hide_in_name(f"File: {posixpath.basename(path)}")
    attribute = f' data-language="{escape(name)}"' if name else ""
    html = f'<figure class="code file"{attribute}>{scrollable(inside, label)}</figure>'
    if len(shown) < len(text) or len(lines) > MAX_LINES:
        html += f"<p>Only the first {min(len(lines), MAX_LINES):,} lines are shown.</p>"
    return Rendered(html=html, text=" ".join(without_emails(text)[:MAX_SEARCHED].split()))
