"""TeX as MathML, which browsers show without a script.

The converter is not trusted: its tree is written out here, through a list of the elements and
attributes of MathML Core (https://www.w3.org/TR/mathml-core/) that cannot load or run
anything. The TeX stays in the page, for copying and for assistive technology.
"""

from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

from nexus.library.discretion import email_link, email_spans, has_email, may_hold_sign
from nexus.library.rendering.highlighting import highlight
from nexus.library.rendering.hyperlinks import mark_link
from nexus.library.rendering.workpiece import Workpiece, ancestor, replace

#: Longer formulas are shown as they were written (in characters).
MAX_TEX = 4_000
#: Formulas of one document beyond this number are shown as they were written.
MAX_FORMULAS = 2_000
MAX_DEPTH = 60

_LINKS = frozenset({"a"})

_ELEMENT_NAMES = (
    "math mfrac mi mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub"
    " msubsup msup mtable mtd mtext mtr munder munderover"
)
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTE_NAMES = (
    "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence"
    " height largeop linethickness lspace mathvariant maxsize minsize movablelimits rowlines"
    " rowspacing rspace scriptlevel separator stretchy symmetric voffset width"
)
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_CHILDREN = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
# Definitions can multiply without end, and GitHub's documents do without them.
_REFUSED = (r"\def", r"\newcommand", r"\newenvironment", r"\renewcommand", r"\DeclareMathOperator")


class NotMathematics(Exception):
    """The TeX cannot be shown as MathML."""


def finish_maths(work: Workpiece) -> None:
    """Write the document's formulas as MathML; one that cannot be read stays as it is."""
    for number, node in enumerate(work.body.css("[data-math-style]")):
        display = node.attributes.get("data-math-style") == "display"
        tex = node.text().strip()
        is_wanted = number < MAX_FORMULAS
        html = _formula(work, tex, display=display) if is_wanted else source_html(tex)
        link = ancestor(node, _LINKS)
        if link is not None and has_email(html):  # a link cannot hold another
            mark_link(link, html)
            html = f'<code class="math">{escape(tex)}</code>'
        replace(node, work.slots.put(html))


def mathml(tex: str, *, display: bool) -> str:
    """``tex`` as a ``<math>`` element; ``display`` sets it on a line of its own.

    Raises ``NotMathematics`` when it cannot be read or is too long.
    """
    if len(tex) > MAX_TEX or any(command in tex for command in _REFUSED):
        raise NotMathematics
    return _converted(tex, display=display)


def source_html(tex: str) -> str:
    """``tex`` as it was written."""
    return f'<code class="math">{highlight(tex, "")}</code>'


def _formula(work: Workpiece, tex: str, *, display: bool) -> str:
    if has_email(tex):
        return source_html(tex)
    try:
        html = mathml(tex, display=display)
    except NotMathematics:
        work.report("maths-invalid", f"The formula {tex[:60]!r}.", near=tex.partition("\n")[0])
        return source_html(tex)
    if may_hold_sign(tex) and (spans := email_spans(html)):
        return email_link(tex, html[slice(*spans[0])])
    work.features.add("math")
    return html


@lru_cache(maxsize=2048)
def _converted(tex: str, *, display: bool) -> str:
    from latex2mathml.converter import convert_to_element  # 10 MB that most pages do without

    try:
        tree = convert_to_element(tex, display="block" if display else "inline")
        body = "".join(_written(child, 1) for child in tree)
    except NotMathematics:
        raise
    except Exception as error:
        raise NotMathematics from error
    shown = "block" if display else "inline"
    source = escape(tex)
    return (
        f'<math display="{shown}" alttext="{source}"><semantics>{body}'
        f'<annotation encoding="application/x-tex">{source}</annotation></semantics></math>'
    )


def _written(element: Element, depth: int) -> str:
    """An element by the list; of one that is not on it, only what it holds."""
    if depth > MAX_DEPTH:
        raise NotMathematics
    if len(element) != _CHILDREN.get(element.tag, len(element)):
        raise NotMathematics  # half a fraction
    inside = _words(element.text) + "".join(
        _written(child, depth + 1) + _words(child.tail) for child in element
    )
    if element.tag not in _ELEMENTS:
        return f"<mrow>{inside}</mrow>"
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in element.items() if name in _ATTRIBUTES
    )
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"


def _words(text: str | None) -> str:
    # The converter writes symbols as character references, to be resolved by its own output.
    return escape(unescape(text), quote=False) if text else ""
