"""Markdown as it looks on GitHub.

The way of a document: bounds on what it may cost (``guards``), comrak parses it, nh3 keeps what
an author may write (``sanitising``), and one tree is walked to write headings, links, code,
formulas and pictures for the hub (``finishing``). Nothing that comes after the sanitiser takes
HTML from the author.
"""

import re

import comrak

from nexus.library.rendering.fences import unclosed_fences
from nexus.library.rendering.finishing import finish
from nexus.library.rendering.guards import (
    why_html_too_costly,
    why_too_costly,
    why_tree_too_costly,
)
from nexus.library.rendering.page import ImageSizes, Place, Rendered
from nexus.library.rendering.plain import refuse
from nexus.library.rendering.sanitising import has_disallowed, sanitise, show_disallowed
from nexus.library.rendering.workpiece import Workpiece

_EXTENSIONS = (
    "strikethrough",
    "table",
    "autolink",
    "tasklist",
    "footnotes",
    "alerts",
    "math_dollars",
    "math_code",
)
# `$HOME/$PATH` and `a$b$c` are no formulas: on GitHub a dollar sign inside a word opens none.
_DOLLAR_MATHS = re.compile(r'(.?)<span data-math-style="inline">([^<]*)</span>(?=(.?))')
_UNSAFE_TAG = r"<(script|iframe|style|form|object|embed|button|textarea|svg)\b"
_UNSAFE_ATTRIBUTE = r"(on[a-z]{3,20}|style|srcdoc)\s*="
_UNSAFE = re.compile(rf"{_UNSAFE_TAG}|<[a-z][^<>]*\s{_UNSAFE_ATTRIBUTE}", re.IGNORECASE)
#: The same in a source, where the marks of a quote may stand inside a tag.
_MAY_BE_UNSAFE = re.compile(rf"{_UNSAFE_TAG}|<[a-z][^<]*[\s>]{_UNSAFE_ATTRIBUTE}", re.IGNORECASE)


def render_markdown(
    source: str, place: Place, *, images: ImageSizes | None = None, first_line: int = 1
) -> Rendered:
    """Lay out the Markdown ``source`` of the file at ``place``.

    ``images`` gives the sizes of the repository's pictures; ``first_line`` is the line of the
    file at which ``source`` begins, for the problems. A document that would cost too much comes
    back as plain text, with a problem that says why.
    """
    if code := why_too_costly(source):
        return refuse(source, place, code)
    html = to_html(source)
    if code := why_html_too_costly(html, source):
        return refuse(source, place, code)
    safe = sanitise(show_disallowed(html) if has_disallowed(source) else html)
    if code := why_tree_too_costly(safe, source):
        return refuse(source, place, code)
    work = Workpiece(
        html=safe,
        place=place,
        source=source,
        first_line=first_line,
        image_sizes=images,
    )
    _report_markup(work, html)
    _report_fences(work)
    return finish(work)


def to_html(source: str) -> str:
    """What comrak makes of ``source``. It is not safe yet."""
    html = comrak.render_markdown(source, *_options())
    if "data-math-style" in html:
        html = _DOLLAR_MATHS.sub(_outside_words, html)
    return html


def _outside_words(match: re.Match[str]) -> str:
    before, tex, after = match.groups()
    if before.isalnum() or after.isalnum():
        return f"{before}${tex}$"
    return match[0]


def _options() -> tuple[comrak.ExtensionOptions, comrak.ParseOptions, comrak.RenderOptions]:
    extensions = comrak.ExtensionOptions()
    for name in _EXTENSIONS:
        setattr(extensions, name, True)
    rendering = comrak.RenderOptions()
    rendering.unsafe_ = True  # raw HTML comes through, to be sanitised
    rendering.github_pre_lang = True
    rendering.full_info_string = True
    rendering.gfm_quirks = True
    rendering.tasklist_classes = True
    return extensions, comrak.ParseOptions(), rendering


def _report_markup(work: Workpiece, html: str) -> None:
    """Tell of raw HTML that is not followed; code is escaped, so it is not looked at."""
    for match in _UNSAFE.finditer(html) if _MAY_BE_UNSAFE.search(work.source) else ():
        name = match[1] or match[2]
        shown = f"<{name}>" if match[1] else f"{name}="
        work.report("markup-unsafe", f"{shown} is not followed.", near=match[0][-40:])


def _report_fences(work: Workpiece) -> None:
    for line in unclosed_fences(work.source):
        number = line + work.first_line - 1
        work.report_at(number, "fence-unclosed", "The block of code begins here.")
