"""The text of a document as it is read: pieces that stand side by side, whatever their markup.

``ada@<b>example.org</b>`` is two pieces of one run, in which an address can be found; two cells
of a table, two items of a list or two lines are runs of their own.
"""

from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from nexus.library.discretion import may_hold_sign

_INLINE_NAMES = (
    "a abbr b bdi bdo cite code del dfn em font i ins kbd mark q rb rp rt ruby s samp small span"
    " strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_NAMES.split())


#: So deep a document is searched for the parts that are worth reading.
_MAX_DEPTH = 8


class Piece(NamedTuple):
    """A piece of text, and the link that it is in."""

    node: LexborNode
    link: LexborNode | None

    @property
    def text(self) -> str:
        """What it says."""
        return self.node.text_content or ""


def runs_of(body: LexborNode) -> Iterator[list[Piece]]:
    """The runs of a document, in order; each takes note of the tree before it is handed out."""
    run: list[Piece] = []
    for piece in _pieces(body):
        if piece is not None:
            run.append(piece)
        elif run:
            yield run
            run = []
    if run:
        yield run


def runs_with_signs(body: LexborNode) -> Iterator[list[Piece]]:
    """The runs of a document in which an at sign stands in any form, in order.

    Most documents hold none, and most of the others few: only what holds one is walked.
    """
    if may_hold_sign(body.text()):
        for block in _with_signs(body, depth=_MAX_DEPTH):
            for run in runs_of(block):
                if may_hold_sign("".join(piece.text for piece in run)):
                    yield run


def _with_signs(block: LexborNode, *, depth: int) -> Iterator[LexborNode]:
    """The smallest blocks that hold signs; ``block`` itself if one is right in it."""
    blocks: list[LexborNode] = []
    loose: list[LexborNode] = []
    for child in block.iter(include_text=True):
        is_block = child.is_element_node and child.tag not in _INLINE
        (blocks if is_block else loose).append(child)
    if not depth or may_hold_sign("".join(child.text() for child in loose)):
        yield block
        return
    for child in blocks:
        if may_hold_sign(child.text()):
            yield from _with_signs(child, depth=depth - 1)


def _pieces(body: LexborNode) -> Iterator[Piece | None]:
    """Every piece of text, and None wherever something begins or ends that is no part of a line.

    Walks without recursion: elements may lie as deep in each other as they like.
    """
    link: LexborNode | None = None
    node = body.first_child
    while node is not None:
        if node.is_text_node:
            yield Piece(node, link)
        elif node.tag not in _INLINE:
            yield None
        elif node.tag == "a":
            link = node
        below = node.first_child
        while below is None and node is not None and node.mem_id != body.mem_id:
            if node.is_element_node and node.tag not in _INLINE:
                yield None
            if link is not None and node.mem_id == link.mem_id:
                link = None
            below = node.next
            node = node.parent
        node = below
