"""From sanitised HTML to a page: the steps that every kind of document goes through.

The order matters. Anchors are made of what was written, before short codes become emoji. Words
for search, title and summary are read before code and formulas become figures. Addresses are
marked last, when every other piece of text has reached its final form.
"""

from selectolax.lexbor import LexborNode

from nexus.library.discretion import (
    email_link,
    email_spans,
    has_email,
    hide_emails_in_text,
    without_emails,
)
from nexus.library.rendering.blocks import finish_blocks, finish_tables, finish_tasks
from nexus.library.rendering.codeblocks import finish_code
from nexus.library.rendering.emoji import has_short_code, with_emoji
from nexus.library.rendering.headings import add_permalinks, name_headings, read_headings
from nexus.library.rendering.hyperlinks import finish_links, settle_ids
from nexus.library.rendering.maths import finish_maths
from nexus.library.rendering.page import Rendered
from nexus.library.rendering.pictures import finish_pictures
from nexus.library.rendering.prose import summary_of, title_of
from nexus.library.rendering.workpiece import Workpiece, has_ancestor, replace

_VERBATIM = frozenset({"pre", "code", "tt"})


def finish(work: Workpiece) -> Rendered:
    """Turn a sanitised document into a page."""
    nodes = read_headings(work)
    headings = tuple(nodes.values())
    _finish_emoji(work)
    text = " ".join(without_emails(work.body.text(separator=" ")).split())
    title = title_of(work.body, headings)
    summary = summary_of(work.body)
    kept = name_headings(nodes)
    ids = add_permalinks(work, nodes, kept, settle_ids(work))
    links = finish_links(work, ids)
    finish_maths(work)
    finish_code(work)
    finish_pictures(work)
    finish_tasks(work)
    finish_tables(work)
    finish_blocks(work)
    _finish_addresses(work)
    return Rendered(
        html=work.slots.fill(work.body.inner_html or ""),
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
    if not work.may_hold_addresses:
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
