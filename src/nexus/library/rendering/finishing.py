"""From sanitised HTML to a page: the steps that every kind of document goes through.

The order matters. Anchors are made of what was written, before short codes become emoji. Words
for search, title and summary are read before code and formulas become figures. Addresses are
marked last, when every other piece of text has reached its final form.
"""

import re

from selectolax.lexbor import LexborNode

from nexus.library.rendering.codeblocks import finish_code
from nexus.library.rendering.emails import (
    email_link,
    email_spans,
    has_email,
    hide_emails_in_text,
    without_emails,
)
from nexus.library.rendering.emoji import has_short_code, with_emoji
from nexus.library.rendering.headings import add_permalinks, read_headings
from nexus.library.rendering.hyperlinks import finish_links, settle_ids
from nexus.library.rendering.maths import finish_maths
from nexus.library.rendering.page import Rendered
from nexus.library.rendering.pictures import finish_pictures
from nexus.library.rendering.prose import summary_of, title_of
from nexus.library.rendering.workpiece import Workpiece, has_ancestor, replace

_VERBATIM = frozenset({"pre", "code", "tt"})
_TASK = "task-list-item-checkbox"

#: Blocks whose direction follows their first strong letter, unless the author said which. No
#: list items: a list does not look into what has a direction of its own, and would stay left to
#: right with its numbers on the wrong side.
_BLOCK_NAMES = "p h1 h2 h3 h4 h5 h6 ul ol blockquote td th dt dd summary figcaption caption"
_BLOCKS = tuple(_BLOCK_NAMES.split())
_BLOCK_WITH_ATTRIBUTES = re.compile(rf'<({"|".join(_BLOCKS)}) (?![^>]*\bdir=")')
_EMPTY_HEADER = re.compile(r"<th([^>]*)>\s*</th>")
_TABLE_OPEN = '<div class="table" tabindex="0" role="group" aria-label="Table"><table'


def finish(work: Workpiece) -> Rendered:
    """Turn a sanitised document into a page."""
    nodes = read_headings(work)
    headings = tuple(nodes.values())
    _finish_emoji(work)
    text = without_emails(" ".join(work.body.text(separator=" ").split()))
    title = title_of(work.body, headings)
    summary = summary_of(work.body)
    add_permalinks(work, nodes)
    links = finish_links(work, settle_ids(work))
    finish_maths(work)
    finish_code(work)
    finish_pictures(work)
    _finish_tasks(work)
    _finish_header_cells(work)
    _finish_addresses(work)
    return Rendered(
        html=work.slots.fill(_with_accessible_blocks(work.body.inner_html or "")),
        text=text,
        title=title,
        summary=summary,
        headings=headings,
        links=links,
        features=frozenset(work.features),
        problems=work.problems,
    )


def _finish_emoji(work: Workpiece) -> None:
    if not has_short_code(work.body.text()):
        return
    for node in _texts(work.body):
        words = node.text_content or ""
        parent = node.parent
        if has_short_code(words) and parent is not None and not _is_verbatim(parent):
            replace(node, with_emoji(words))


def _is_verbatim(node: LexborNode) -> bool:
    if "data-math-style" in node.attributes:
        return True
    return node.tag in _VERBATIM or any(has_ancestor(node, tag) for tag in _VERBATIM)


def _finish_addresses(work: Workpiece) -> None:
    """Mark every address that is left in the text and hide those in attributes."""
    if "@" not in (work.body.inner_html or ""):
        return
    for node in work.body.css("[title]"):
        node.attrs["title"] = hide_emails_in_text(node.attributes["title"] or "")
    work.body.merge_text_nodes()
    for node in _texts(work.body):
        words = node.text_content or ""
        if has_email(words):
            replace(node, _marked(work, node, words))


def _marked(work: Workpiece, node: LexborNode, words: str) -> str:
    link = node.parent if node.parent is not None and node.parent.tag == "a" else None
    if link is not None or has_ancestor(node, "a"):
        return words if _is_marked(node) else hide_emails_in_text(words)
    pieces, at = [], 0
    for first, last in email_spans(words):
        pieces += [words[at:first], work.slots.put(email_link(words[first:last]))]
        at = last
    return "".join([*pieces, words[at:]])


def _is_marked(node: LexborNode) -> bool:
    at = node.parent
    while at is not None and at.tag != "a":
        at = at.parent
    return at is not None and at.attributes.get("class") == "email"


def _texts(body: LexborNode) -> list[LexborNode]:
    """The pieces of text, listed first because they are going to be replaced."""
    return [node for node in body.traverse(include_text=True) if node.is_text_node]


def _finish_tasks(work: Workpiece) -> None:
    """Give every box of a task list a name; there are no other inputs in a document."""
    for node in work.body.css("input"):
        attributes = node.attributes
        if attributes.get("class") != _TASK:
            node.decompose()
            continue
        done = "checked" in attributes
        label = "Completed task" if done else "Incomplete task"
        state = " checked" if done else ""
        replace(
            node,
            work.slots.put(f'<input type="checkbox" disabled aria-label="{label}"{state}>'),
        )


def _finish_header_cells(work: Workpiece) -> None:
    for node in work.body.css("th"):
        if node.first_child is not None:
            node.attrs["scope"] = "row" if has_ancestor(node, "tbody") else "col"


def _with_accessible_blocks(html: str) -> str:
    """Text directions, header cells that head something, tables that a keyboard can scroll."""
    html = _EMPTY_HEADER.sub(r"<td\1></td>", html)
    html = _BLOCK_WITH_ATTRIBUTES.sub(lambda block: f'<{block[1]} dir="auto" ', html)
    for tag in _BLOCKS:
        html = html.replace(f"<{tag}>", f'<{tag} dir="auto">')
    if "<table" in html:
        html = html.replace("<table", _TABLE_OPEN).replace("</table>", "</table></div>")
    return html.replace(
        '<section class="footnotes"', '<section class="footnotes" aria-label="Footnotes"', 1
    )
