"""Blocks of code and diagrams as figures.

A block of code is written as::

    <figure class="code" data-language="python"><pre tabindex="0" role="group"
    aria-label="Code: python"><code>…</code></pre></figure>

``data-language`` is left out when no language was named. The ``pre`` can be reached by keyboard
because it may scroll; it is a group, not a region, so that a page with fifty of them does not
have fifty landmarks. A diagram is written as its source, which reads without a script::

    <figure class="diagram" data-diagram="mermaid"><pre …><code>…</code></pre></figure>
"""

from html import escape
from time import thread_time

from selectolax.lexbor import LexborNode

from nexus.library.rendering.highlighting import highlight, language_name
from nexus.library.rendering.workpiece import Workpiece, ancestor, replace, set_attributes

#: What putting one document's code in colour may take (in characters, and in seconds).
MAX_HIGHLIGHTED = 300_000
MAX_SECONDS = 2.0
DIAGRAMS = frozenset({"mermaid"})


def finish_code(work: Workpiece) -> None:
    """Write the document's blocks of code as figures."""
    budget = MAX_HIGHLIGHTED
    deadline = thread_time() + MAX_SECONDS
    for node in work.body.css("pre"):
        _unwrap_link(node)
        if not _is_plain_code(node):
            _make_reachable(node)
            continue
        text = node.text()
        budget -= len(text)
        language = language_name(node.attributes.get("lang") or "")
        if language in DIAGRAMS:
            work.features.add(language)
            html = diagram_html(text, language)
        else:
            html = code_html(text, language, in_colour=budget > 0 and thread_time() < deadline)
        replace(node, work.slots.put(html))


def code_html(text: str, language: str = "", *, in_colour: bool = True) -> str:
    """The figure that shows ``text``, in colour for a ``language`` that is known."""
    inside = highlight(text, language if in_colour else "")
    attribute = f' data-language="{escape(language)}"' if language else ""
    label = f"Code: {language}" if language else "Code"
    return f'<figure class="code"{attribute}>{scrollable(inside, label)}</figure>'


def diagram_html(text: str, language: str) -> str:
    """The figure that shows the source of a diagram, until a script draws it."""
    inside = scrollable(highlight(text, ""), f"Diagram: {language}")
    return f'<figure class="diagram" data-diagram="{language}">{inside}</figure>'


def scrollable(inside: str, label: str) -> str:
    """A ``pre`` that a keyboard can reach and scroll; ``inside`` is HTML."""
    return (
        f'<pre tabindex="0" role="group" aria-label="{escape(label)}"><code>{inside}</code></pre>'
    )


def _is_plain_code(node: LexborNode) -> bool:
    """Whether the block holds text alone, or said its language: no marking up is lost."""
    if node.attributes.get("lang"):
        return True
    inner = node.first_child
    is_code = inner is not None and inner.tag == "code" and inner.next is None
    holder = inner if is_code and inner is not None else node
    return all(child.is_text_node for child in holder.iter(include_text=True))


def _make_reachable(node: LexborNode) -> None:
    values = {"tabindex": "0", "role": "group", "aria-label": "Preformatted text"}
    set_attributes(node, {**{k: v or "" for k, v in node.attributes.items()}, **values})


def _unwrap_link(node: LexborNode) -> None:
    """A block may hold links of its own, so it cannot be inside one."""
    while (link := ancestor(node, frozenset({"a"}))) is not None:
        link.unwrap()
