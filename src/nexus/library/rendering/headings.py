"""The headings of a document: their anchors, their permalinks, and the list of them.

A heading is written as::

    <h2 id="user-content-install">Install<a class="anchor" href="#user-content-install"
    aria-label="Permalink: Install"></a></h2>

An id that the author gave it stays on the permalink.
"""

from html import escape

from selectolax.lexbor import LexborNode

from nexus.library.discretion import has_email, without_emails
from nexus.library.rendering.anchors import Anchors
from nexus.library.rendering.emoji import with_emoji
from nexus.library.rendering.page import Heading
from nexus.library.rendering.sanitising import ID_PREFIX
from nexus.library.rendering.workpiece import Workpiece, has_ancestor

_MAX_LABEL = 200
_HEADINGS = "h1, h2, h3, h4, h5, h6"


def read_headings(work: Workpiece) -> dict[LexborNode, Heading]:
    """The document's headings that have text, in order; empty ones are removed.

    Must run before short codes become emoji: an anchor keeps the name of a short code. What an
    anchor would be if it held no address is noted in ``moved_anchors``, for the links to it.
    """
    anchors, as_on_github = Anchors(), Anchors()
    found: dict[LexborNode, Heading] = {}
    for node in work.body.css(_HEADINGS):
        written = node.text()
        text = readable(written)
        anchor = anchors.give(_discreet(_for_anchor(written))) if text else ""
        if text:
            found[node] = Heading(int((node.tag or "h1")[1]), text, anchor)
        elif not written.strip() and node.css_first("img") is None:
            node.decompose()
        if work.may_hold_addresses:
            work.moved_anchors[as_on_github.give(_for_anchor(written))] = anchor
    return found


def name_headings(headings: dict[LexborNode, Heading]) -> dict[LexborNode, str]:
    """Give each heading its id; the ids that authors gave, to be kept on the permalinks."""
    kept = {}
    for node, heading in headings.items():
        name = ID_PREFIX + heading.anchor
        given = node.attributes.get("id") or ""
        if heading.anchor:
            node.attrs["id"] = name
            if given and given != name:
                kept[node] = given
    return kept


def add_permalinks(
    work: Workpiece,
    headings: dict[LexborNode, Heading],
    kept: dict[LexborNode, str],
    ids: frozenset[str],
) -> frozenset[str]:
    """Give each heading a link to itself; ``ids``, those of the document, with the ``kept`` ones.

    Must run after the words of the document have been read.
    """
    taken = set(ids)
    for node, heading in headings.items():
        if heading.anchor and not has_ancestor(node, "a"):
            given = kept.get(node, "")
            is_kept = given not in taken and not has_email(given)
            node.insert_child(work.slots.put(_permalink(heading, given if is_kept else "")))
            taken.add(given)
    return frozenset(taken)


def _permalink(heading: Heading, given: str) -> str:
    name = f' id="{escape(given)}"' if given else ""
    href = escape(f"#{ID_PREFIX}{heading.anchor}")
    label = escape(f"Permalink: {heading.text[:_MAX_LABEL]}")
    return f'<a class="anchor"{name} href="{href}" aria-label="{label}"></a>'


def readable(written: str) -> str:
    """The words of a heading as people read them: no short codes, no addresses."""
    return " ".join(without_emails(with_emoji(written)).split())


def _discreet(written: str) -> str:
    """The same without the addresses in it, and without the spaces they leave at its ends."""
    without = without_emails(written)
    return written if without == written else without.strip()


def _for_anchor(written: str) -> str:
    """The text that the anchor is made of.

    HTML headings are often written on lines of their own; the ends of those are no text.
    """
    return written.strip() if "\n" in written else written
