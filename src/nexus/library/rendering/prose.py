"""What a document is called and what it is about, read from its prose."""

import re

from selectolax.lexbor import LexborNode

from nexus.library.discretion import without_emails
from nexus.library.rendering.headings import readable
from nexus.library.rendering.page import Heading
from nexus.library.rendering.workpiece import ancestor, words_of

#: The longest summary, in characters.
MAX_SUMMARY = 280
#: Fewer words than this are a label rather than a sentence; scripts without spaces count letters.
_MIN_WORDS = 4
_MIN_LETTERS = 12
_NOT_PROSE = frozenset(
    {"li", "table", "figure", "section", "summary", "blockquote", "dd", "h1", "h2", "h3"}
)
_ALERT = "markdown-alert"
#: What site generators write, Liquid and Jinja.
_TEMPLATE = ("{%", "{{")
_BOLD = frozenset({"strong", "b"})
#: Elements that are written out on the page instead of followed (GFM, "Disallowed Raw HTML").
_WRITTEN_OUT = re.compile(
    r"</?(script|style|title|textarea|xmp|iframe|noembed|noframes|plaintext)\b", re.IGNORECASE
)
_CODE = frozenset({"code", "pre", "tt"})
#: Stands for a bracket that was written in code; no text of a document holds it.
_GUARD = "\0"


def title_of(body: LexborNode, headings: tuple[Heading, ...]) -> str:
    """The first heading of level 1, else the first of any, else the first line all in bold."""
    best = next((heading for heading in headings if heading.level == 1), None)
    if best is None and headings:
        best = headings[0]
    return best.text if best else _bold_line(body)


def summary_of(body: LexborNode) -> str:
    """The first paragraph of prose, cut at a word; empty when there is none.

    Badges, pictures, lists, quotes, labels and lines all in bold are no prose. A paragraph that
    was laid out in HTML is taken only where there is no other.
    """
    laid_out = ""
    for node in body.css("p"):
        words = _prose(node)
        if words and not _is_laid_out(node):
            return shortened(words)
        laid_out = laid_out or words
    return shortened(laid_out)


def shortened(words: str, limit: int = MAX_SUMMARY) -> str:
    """``words`` in at most ``limit`` characters, cut between words and marked as cut."""
    if len(words) <= limit:
        return words
    head = words[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:–—-") + "…"


def _bold_line(body: LexborNode) -> str:
    for node in body.css("p"):
        first = node.first_child
        if first is None or first.tag not in _BOLD:
            continue
        after = first.next
        if after is None or after.tag == "br" or (after.text_content or "").startswith("\n"):
            words = readable(first.text())
            if words:
                return words.rstrip(":")
    return ""


def _prose(node: LexborNode) -> str:
    """The words of a paragraph if they are prose, else nothing."""
    words = " ".join(without_emails(_written(node)).split())
    if words.startswith(_TEMPLATE) or not _says_enough(words):
        return ""
    if ancestor(node, _NOT_PROSE) or _is_label(node):
        return ""
    return "" if _is_row_of_links(node, words) else words


def _written(node: LexborNode) -> str:
    """The text of a paragraph without markup that is written out; in code it is meant to be read.

    Nothing, when the paragraph begins with such markup and does not end it.
    """
    if "<" not in node.text():
        return node.text()
    texts = [one for one in node.traverse(include_text=True) if one.is_text_node]
    prose = _without_elements("".join(map(_guarded, texts))).strip()
    return "" if _WRITTEN_OUT.match(prose) else prose.replace(_GUARD, "<")


def _guarded(text: LexborNode) -> str:
    """A piece of text; in code its brackets are set aside."""
    words = text.text_content or ""
    return words.replace("<", _GUARD) if ancestor(text, _CODE) else words


def _without_elements(text: str) -> str:
    """``text`` without the elements that are written out, in one pass over it."""
    small, unclosed = text.lower(), set()
    pieces, at = [], 0
    for tag in _WRITTEN_OUT.finditer(text):
        closing = f"</{tag[1].lower()}"
        if tag.start() < at or closing in unclosed:
            continue
        end = small.find(closing, tag.start())
        if end < 0:
            unclosed.add(closing)
            continue
        pieces.append(text[at : tag.start()])
        at = small.find(">", end) + 1 or len(text)
    return " ".join([*pieces, text[at:]])


def _is_row_of_links(node: LexborNode, words: str) -> bool:
    """Whether links are most of a paragraph, or all that follows its colon."""
    links = [said for link in node.css("a") if (said := words_of(link))]
    if not links:
        return False
    before_links = words.partition(links[0])[0].rstrip()
    after_links = words.rpartition(links[-1])[2]
    is_list = before_links.endswith(":") and not any(map(str.isalnum, after_links))
    return is_list or sum(map(len, links)) * 10 > len(words) * 6


def _says_enough(words: str) -> bool:
    if words.isascii():
        return words.count(" ") + 1 >= _MIN_WORDS
    return words.count(" ") + 1 >= _MIN_WORDS or sum(map(str.isalpha, words)) >= _MIN_LETTERS


def _is_label(node: LexborNode) -> bool:
    """Whether the paragraph is one run of bold, or the title or text of an alert."""
    parent = node.parent
    if parent is not None and _ALERT in (parent.attributes.get("class") or ""):
        return True
    first = node.first_child
    return first is not None and first.tag in _BOLD and first.next is None


def _is_laid_out(node: LexborNode) -> bool:
    at: LexborNode | None = node
    while at is not None and at.tag != "body":
        if "align" in at.attributes:
            return True
        at = at.parent
    return False
