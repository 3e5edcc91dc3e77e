"""From sanitised HTML to a page: the steps that every kind of document goes through.

The order matters. Anchors are made of what was written, before short codes become emoji. Words
for search, title and summary are read before code and formulas become figures. Addresses are
marked last, when every other piece of text has reached its final form.
"""

from selectolax.lexbor import LexborNode

from nexus.library.rendering.addresses import mark_addresses, searched_words, unlink_mistaken
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
    unlink_mistaken(work)
    nodes = read_headings(work)
    headings = tuple(nodes.values())
    _finish_emoji(work)
    text = searched_words(work)
    title = title_of(work.body, headings)
    summary = summary_of(work.body)
    kept = name_headings(nodes)
    ids = add_permalinks(work, nodes, kept, settle_ids(work))
    links = finish_links(work, ids)
    finish_maths(work)
    finish_code(work)
    pictures = finish_pictures(work)
    finish_tasks(work)
    finish_tables(work)
    finish_blocks(work)
    mark_addresses(work)
    return Rendered(
        html=work.slots.fill(work.body.inner_html or ""),
        text=text,
        title=title,
        summary=summary,
        headings=headings,
        links=links,
        pictures=pictures,
        features=frozenset(work.features),
        problems=work.problems,
    )


def _finish_emoji(work: Workpiece) -> None:
    if not has_short_code(work.body.text()):
        return
    for node in _texts(work.body):
        words = node.text_content or ""
        if has_short_code(words) and (parent := node.parent) and not _is_verbatim(parent):
            replace(node, with_emoji(words))


def _is_verbatim(node: LexborNode) -> bool:
    if "data-math-style" in node.attributes:
        return True
    return node.tag in _VERBATIM or any(has_ancestor(node, tag) for tag in _VERBATIM)


def _texts(body: LexborNode) -> list[LexborNode]:
    """The pieces of text, listed first because they are going to be replaced."""
    return [node for node in body.traverse(include_text=True) if node.is_text_node]
