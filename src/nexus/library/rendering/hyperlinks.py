"""The links of a document, written for the hub: rewritten, marked, or taken away."""

from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from nexus.library.discretion import (
    MARKED,
    MARKED_MORE,
    has_email,
    hide_emails_in_text,
    mailto,
)
from nexus.library.rendering.links import Destination, Kind, fragment_href, link_destination
from nexus.library.rendering.page import Link
from nexus.library.rendering.sanitising import ID_PREFIX
from nexus.library.rendering.workpiece import Workpiece, set_attributes, words_of

#: What a link out of the hub says to browsers and search engines.
REL = "nofollow noopener noreferrer ugc"

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BACKREF = "footnote-backref"
_FOOTNOTE = ("#fn-", "#fnref-", "#footnote-")
_TOP = f"#{ID_PREFIX}top"


def settle_ids(work: Workpiece) -> frozenset[str]:
    """The ids of the document, each on one element only; ``name`` on a link is one too.

    Must run after the headings have theirs: a heading keeps its id, even where an element
    before it took the same.
    """
    for node in work.body.css("a[name]"):
        name = node.attributes["name"] or ""
        del node.attrs["name"]
        if name and not node.attributes.get("id"):
            node.attrs["id"] = name if name.startswith(ID_PREFIX) else ID_PREFIX + name
    nodes = [(node, node.attributes["id"] or "") for node in work.body.css("[id]")]
    owners = {name: node.mem_id for node, name in reversed(nodes)}
    owners |= {name: node.mem_id for node, name in nodes if node.tag in _HEADINGS}
    kept = {name: owner for name, owner in owners.items() if name and not has_email(name)}
    for node, name in nodes:
        if kept.get(name) != node.mem_id:
            del node.attrs["id"]
    return frozenset(kept)


def finish_links(work: Workpiece, ids: frozenset[str]) -> tuple[Link, ...]:
    """Write every link of the document for the hub; the list of them as the author wrote them.

    ``ids`` are those of the document. Must run before addresses in the text are marked.
    """
    for node in work.body.css("a a"):
        node.unwrap(delete_empty=True)
    found = []
    for node in work.body.css("a"):
        attributes = node.attributes
        target = attributes.get("href")
        if target is None:
            _finish_anchor(work, node, attributes)
        else:
            words = words_of(node)
            if not target.startswith(_FOOTNOTE):
                line = work.line_of(target) or work.line_of(words)
                found.append(Link(target, words or _pictured(node), line))
            _write(node, _destination(work, target, ids), words, attributes)
    return tuple(found)


def _finish_anchor(work: Workpiece, node: LexborNode, attributes: dict[str, str | None]) -> None:
    """A link without a target is a place to link to, or has lost its target to the sanitiser."""
    if name := attributes.get("id"):
        set_attributes(node, {"id": name})
        return
    if words := words_of(node):
        work.report("link-unsafe", f"The link “{words[:60]}”.", near=words)
    node.unwrap(delete_empty=True)


def _destination(work: Workpiece, target: str, ids: frozenset[str]) -> Destination:
    found = link_destination(target, work.place)
    if found.kind is Kind.OUTSIDE:
        work.report("link-outside", f"The link to {target[:80]}.", near=target)
    elif found.kind is Kind.UNSAFE:
        work.report("link-unsafe", f"The link to {target[:80]}.", near=target)
    elif found.kind is Kind.HERE:
        return Destination(Kind.HERE, _existing(work, found.href, ids))
    elif found.path == work.place.path and work.moved_anchors:
        page, sign, fragment = found.href.partition("#")
        return found._replace(href=page + _moved(work, f"{sign}{fragment}"))
    return found


def _existing(work: Workpiece, href: str, ids: frozenset[str]) -> str:
    """The fragment of a part that exists, if need be by ignoring capitals, as GitHub does."""
    href = _moved(work, href)
    name = unquote(href[1:])
    if name in ids or not name:
        return href
    if name.lower() in ids:
        return fragment_href(name.lower())
    if href == _TOP:
        return "#"
    target = f"#{name.removeprefix(ID_PREFIX)}"
    work.report("anchor-missing", f"The link to {target[:80]}.", near=target)
    return href


def _moved(work: Workpiece, href: str) -> str:
    """The fragment of a heading whose anchor, on GitHub, would hold an e-mail address."""
    name = unquote(href[1:]).removeprefix(ID_PREFIX)
    moved = work.moved_anchors.get(name, name)
    return href if moved == name else fragment_href(moved)


def _write(
    node: LexborNode, found: Destination, words: str, attributes: dict[str, str | None]
) -> None:
    is_mail = found.href[:7].lower() == "mailto:"
    is_address = has_email(found.href) or has_email(words)
    # ``git@host`` and ``logo@2x.png`` look like addresses to the parser, but are none.
    leads_nowhere = not found.href or (is_mail and not is_address and "?" not in found.href)
    label = _label(node, found, words, attributes)
    if leads_nowhere or label is None:
        node.unwrap(delete_empty=True)
        return
    rel = REL if found.kind is Kind.ELSEWHERE and not is_mail else ""
    if len(attributes) == 1 and not is_address and not label:
        # What nearly every link is; the rest of this function takes three times as long.
        node.attrs["href"] = found.href
        if rel:
            node.attrs["rel"] = rel
        return
    values = {
        "class": MARKED if is_address else _own_class(attributes),
        "href": found.href,
        "rel": rel,
        "id": attributes.get("id") or "",
        "title": hide_emails_in_text(attributes.get("title") or ""),
        "aria-label": label,
    }
    set_attributes(node, {name: value for name, value in values.items() if value})


def mark_link(node: LexborNode, address: str, *, more: bool = False) -> None:
    """Mark a link that holds ``address`` or a piece of it, so that guests do not see the link.

    ``more`` is for a piece that is not the first: such a link to a mailbox leads to the whole
    address, and so does a link that led nowhere.
    """
    values = {name: value or "" for name, value in node.attributes.items()}
    target = values.pop("href", "")
    values.pop("class", None)
    if not target or (more and target[:7].lower() == "mailto:"):
        target = mailto(address)
    marked = MARKED_MORE if more else MARKED
    set_attributes(node, {"class": marked, "href": target, **values})


def _own_class(attributes: dict[str, str | None]) -> str:
    return _BACKREF if _BACKREF in (attributes.get("class") or "") else ""


def _label(
    node: LexborNode, found: Destination, words: str, attributes: dict[str, str | None]
) -> str | None:
    """What a link without words is called; empty if it has words, None if nothing is to be seen."""
    if _own_class(attributes):
        return "Back to the text"
    if words:
        return ""
    pictures = node.css("img")
    if not pictures:
        return None
    if _pictured(node):
        return ""
    return hide_emails_in_text(f"Link to {found.path or found.href[:80]}")


def _pictured(node: LexborNode) -> str:
    """What the pictures in a link say."""
    return " ".join(" ".join(img.attributes.get("alt") or "" for img in node.css("img")).split())
