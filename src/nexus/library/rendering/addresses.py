"""The e-mail addresses of a document: left out of its words for search, marked on its page."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from nexus.library.discretion import (
    Span,
    email_link,
    email_spans,
    has_email,
    hide_emails_in_text,
)
from nexus.library.rendering.hyperlinks import mark_link
from nexus.library.rendering.runs import Piece, runs_with_signs
from nexus.library.rendering.workpiece import Workpiece, replace

#: Written for the hub by then, or taken care of where they are.
_TARGETS = frozenset({"href", "id", "class"})
_MAILBOX = 'a[href^="mailto:"]'


class _Segment(NamedTuple):
    """A part of a piece of text: plain, or what of an address stands in it."""

    text: str
    address: str = ""
    #: Whether the address began in a piece before this one.
    more: bool = False


def unlink_mistaken(work: Workpiece) -> None:
    """Take away the links that the Markdown parser makes of what only looks like an address.

    It sees ``secret@host.example`` where ``postgres://ada:secret@host.example/db`` is written.
    """
    if not work.may_hold_addresses or work.body.css_first(_MAILBOX) is None:
        return
    for run in list(runs_with_signs(work.body)):
        texts = [piece.text for piece in run]
        ends = {span.end for span in email_spans("".join(texts))}
        starts = accumulate((len(text) for text in texts), initial=0)
        for piece, text, start in zip(run, texts, starts, strict=False):
            link = piece.link
            is_whole = link is not None and link.attributes.get("href") == f"mailto:{text}"
            if link is not None and is_whole and start + len(text) not in ends:
                link.unwrap()
    work.body.merge_text_nodes()


def searched_words(work: Workpiece) -> str:
    """The words of a document, in order, without its addresses."""
    rest = _without_addresses(work) if work.may_hold_addresses else {}
    if not rest:
        return " ".join(work.body.text(separator=" ").split())
    texts = (
        rest.get(node.mem_id, node.text_content or "")
        for node in work.body.traverse(include_text=True)
        if node.is_text_node
    )
    return " ".join(word for text in texts for word in text.split())


def _without_addresses(work: Workpiece) -> dict[int, str]:
    """What is left of each piece of text that holds an address, by the piece's ``mem_id``."""
    return {
        piece.node.mem_id: "".join(segment.text for segment in segments if not segment.address)
        for run in runs_with_signs(work.body)
        for piece, segments in zip(run, _segments(run), strict=True)
        if any(segment.address for segment in segments)
    }


def mark_addresses(work: Workpiece) -> None:
    """Mark every address in the text, also one in several pieces, and hide those in attributes.

    Must run when every other piece of text has reached its final form.
    """
    if not work.may_hold_addresses:
        return
    _hide_in_attributes(work)
    work.body.merge_text_nodes()
    marked: set[int] = set()
    for run in list(runs_with_signs(work.body)):
        for piece, segments in zip(run, _segments(run), strict=True):
            first = next((segment for segment in segments if segment.address), None)
            if first is None:
                continue
            if piece.link is None:
                replace(piece.node, "".join(_written(work, segment) for segment in segments))
            elif piece.link.mem_id not in marked:
                marked.add(piece.link.mem_id)
                mark_link(piece.link, first.address, more=first.more)


def _hide_in_attributes(work: Workpiece) -> None:
    for node in work.body.traverse():
        for name, value in node.attributes.items():
            if value and name not in _TARGETS and has_email(value):
                hidden = hide_emails_in_text(value)
                node.attrs[name] = "" if has_email(hidden) else hidden


def _written(work: Workpiece, segment: _Segment) -> str:
    if not segment.address:
        return segment.text
    return work.slots.put(email_link(segment.text, segment.address, more=segment.more))


def _segments(run: Sequence[Piece]) -> Iterator[list[_Segment]]:
    """Each piece of a run, cut wherever an address begins or ends."""
    texts = [piece.text for piece in run]
    whole = "".join(texts)
    waiting = _spans(whole, texts)[::-1]
    at = 0
    for text in texts:
        yield list(_cut(whole, at, at + len(text), waiting))
        at += len(text)


def _spans(whole: str, texts: Sequence[str]) -> list[Span]:
    """The addresses of a run: those that the whole of it shows, and those of its pieces.

    What stands before an address can tell that it is none, but only in the same piece.
    """
    found = email_spans(whole)
    if len(texts) == 1:
        return found
    starts = accumulate((len(text) for text in texts), initial=0)
    for start, text in zip(starts, texts, strict=False):
        found += [Span(start + span.start, start + span.end) for span in email_spans(text)]
    return _joined(sorted(found))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that overlap as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def _cut(whole: str, at: int, end: int, waiting: list[Span]) -> Iterator[_Segment]:
    """The segments of ``whole`` from ``at`` to ``end``; addresses that end there are taken off."""
    while waiting and waiting[-1].start < end:
        span = waiting[-1]
        start, stop = max(span.start, at), min(span.end, end)
        if at < start:
            yield _Segment(whole[at:start])
        yield _Segment(whole[start:stop], whole[span.start : span.end], more=span.start < start)
        at = stop
        if span.end > end:
            return
        waiting.pop()
    if at < end:
        yield _Segment(whole[at:end])
