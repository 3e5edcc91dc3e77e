"""Descriptions: short Markdown inside a contract, laid out as Markdown is everywhere."""

import re
from html import unescape

from nexus.library.reference.markup import NOTHING, Html, markup
from nexus.library.reference.plain_prose import is_plain, paragraphs
from nexus.library.rendering.markdown import render_markdown
from nexus.library.rendering.page import Link, Place, Rendered

#: Longer descriptions are cut, in characters.
MAX_PROSE = 50_000
CUT = "The rest of this description is in the raw file."
_TAG = re.compile(r"<[^<>]*>")
_BLOCK_END = re.compile(
    r"<(?:br|hr|/?(?:p|div|h[1-6]|ul|ol|li|d[ltd]|pre|blockquote|details|summary|t[drh]))\b[^<>]*>"
)
_HEADING = re.compile(r"(</?h)([1-6])\b")
_PERMALINK = re.compile(r'<a class="anchor"[^<>]*></a>')
_ID = re.compile(r"(<[a-z0-9]+\b[^<>]*?) id=\"[^\"<>]*\"")


class Prose:
    """Lays out the descriptions of one document."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._rendered: dict[str, Rendered] = {}
        self._blocks: dict[tuple[str, int], Html] = {}

    @property
    def features(self) -> frozenset[str]:
        """What the descriptions need to be shown (see ``Rendered``)."""
        return frozenset().union(*(each.features for each in self._rendered.values()))

    @property
    def links(self) -> tuple[Link, ...]:
        """The links in the descriptions; their lines are not known."""
        found = (link for each in self._rendered.values() for link in each.links)
        return tuple(link._replace(line=0) for link in found)

    def block(self, text: str, *, below: int = 5) -> Html:
        """``text`` as paragraphs; its headings go below the page's heading of level ``below``."""
        text = text.strip()
        if not text:
            return NOTHING
        key = (text, below)
        if key not in self._blocks:
            self._blocks[key] = self._laid_out(text, below)
        return self._blocks[key]

    def words(self, text: str) -> str:
        """``text`` without its markup, on one line."""
        text = text.strip()
        return plain_words(paragraphs(text) if is_plain(text) else self._render(text).html)

    def _laid_out(self, text: str, below: int) -> Html:
        if is_plain(text):
            return markup('<div class="prose">{}</div>', paragraphs(text))
        rest = markup('<p class="note">{}</p>', CUT) if len(text) > MAX_PROSE else NOTHING
        html = _fitted(self._render(text).html, below)
        return markup('<div class="prose">{}{}</div>', html, rest)

    def _render(self, text: str) -> Rendered:
        if text not in self._rendered:
            self._rendered[text] = render_markdown(text[:MAX_PROSE], self._place)
        return self._rendered[text]


def plain_words(html: str) -> str:
    """What a reader sees of ``html``, on one line."""
    return " ".join(unescape(_TAG.sub("", _BLOCK_END.sub(" ", html))).split())


def _fitted(html: str, below: int) -> Html:
    """A rendered document as a part of a page: headings in order, no id twice."""
    levels = sorted({int(level) for _, level in _HEADING.findall(html)})
    moved = {level: min(below + rank, 6) for rank, level in enumerate(levels, start=1)}
    html = _HEADING.sub(lambda tag: f"{tag[1]}{moved[int(tag[2])]}", html)
    return Html(_ID.sub(r"\1", _PERMALINK.sub("", html)))
