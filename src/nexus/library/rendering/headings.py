"""The headings of a document: their anchors, their permalinks, and the list of them.

A heading is written as::

    <h2 id="user-content-install">Install<a class="anchor" href="#user-content-install"
    aria-label="Permalink: Install"></a></h2>

An id that the author gave it stays on the permalink.
"""

from html import escape

from selectolax.lexbor import LexborNode

from nexus.library.rendering.anchors import Anchors
from nexus.library.rendering.emails import without_emails
from nexus.library.rendering.emoji import with_emoji
from nexus.library.rendering.page import Heading
from nexus.library.rendering.sanitising import ID_PREFIX
from nexus.library.rendering.workpiece import Workpiece, has_ancestor

_HEADINGS = "h1, h2, h3, h4, h5, h6"


def read_headings(work: Workpiece) -> dict[LexborNode, Heading]:
    """The document's headings that have text, in order; empty ones are removed.

    Must run before short codes become emoji: an anchor keeps the name of a short code.
    """
    anchors = Anchors()
    found: dict[LexborNode, Heading] = {}
    for node in work.body.css(_HEADINGS):
        written = node.text()
        text = readable(written)
        anchor = anchors.give(_for_anchor(written)) if text else ""
        if text:
            found[node] = Heading(int((node.tag or "h1")[1]), text, anchor)
        elif node.css_first("img") is None:
            node.decompose()
    return found


def add_permalinks(work: Workpiece, headings: dict[LexborNode, Heading]) -> None:
    """Give each heading its id and a link to itself.

    Must run after the words of the document have been read, and before its ids are settled.
    """
    for node, heading in headings.items():
        if heading.anchor:
            _mark(work, node, heading)


def readable(written: str) -> str:
    """The words of a heading as people read them: no short codes, no addresses."""
    return " ".join(without_emails(with_emoji(written)).split())


def _for_anchor(written: str) -> str:
    """The text that the anchor is made of.

    HTML headings are often written on lines of their own; the ends of those are no text.
    """
    return written.strip() if "\n" in written else written


def _mark(work: Workpiece, node: LexborNode, heading: Heading) -> None:
    given = node.attributes.get("id") or ""
    node.attrs["id"] = name = ID_PREFIX + heading.anchor
    if has_ancestor(node, "a"):
        return
    kept = f' id="{escape(given)}"' if given and given != name else ""
    label = escape(f"Permalink: {heading.text}")
    link = f'<a class="anchor"{kept} href="#{escape(name)}" aria-label="{label}"></a>'
    node.insert_child(work.slots.put(link))
