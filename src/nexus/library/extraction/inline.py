"""What stands inside a line of Markdown: links, marks, and words without them. Linear time."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# The literal first: a search stops at brackets only.
_WRITTEN = (
    r"\[(?P<text>(?:[^\[\]\\\n]|\\.){0,500})\]"
    r"\([ \t]*<?(?P<target>[^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200}){0,3})>?"
    r"(?:[ \t]+[\"'(][^\"'\n]{0,300}[\"')])?[ \t]*\)"
)
_LINK = re.compile(_WRITTEN)
_LINK_OR_PICTURE = re.compile(rf"(?P<bang>!?){_WRITTEN}")
_BARE = re.compile(r"\bhttps?://(?:[^\s<>\"'`|\]]|\](?!\()){1,2000}")
_ANCHOR = re.compile(r"<a\s([^<>]{1,3000})>([^<]{0,500})", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s{0,9}=\s{0,9}[\"']?([^\s\"'<>]{1,2000})", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-zA-Z!][^<>]{0,500}>")
_MARKS = re.compile(r"(?<!\\)(?:\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|`+|~~)")
_CODE = re.compile(r"`([^`\n]{1,300})`")
#: A reference to a footnote; ``[^a]`` may be a pattern that somebody writes about.
_NOTE = re.compile(r"\[\^\d{1,3}\]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TRAILING = ".,;:!?'\"*_"
_MAY_BE_SURPLUS = frozenset(_TRAILING + ")]")
_WORD = re.compile(r"[^\W\d_]+")
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
#: As much of a text as is short, in characters: ``words_of`` reads no more.
SHORT = 200


class InlineLink(NamedTuple):
    """A link or a picture inside a line. ``start`` and ``end`` are where it stands in it."""

    target: str
    text: str
    start: int
    end: int
    is_image: bool = False


def links(text: str) -> Iterator[InlineLink]:
    """The links of ``text`` in order: written in Markdown, in HTML, or bare addresses."""
    may_be_bare = "://" in text
    reached = 0
    for link in _written_links(text):
        if link.start < reached:
            continue
        if may_be_bare:
            yield from _bare_addresses(text, reached, link.start)
        yield link
        reached = link.end
    if may_be_bare:
        yield from _bare_addresses(text, reached, len(text))


def _written_links(text: str) -> list[InlineLink]:
    """What is written as a link or a picture, in order; one may lie inside another."""
    found = list(map(_link, _LINK.finditer(text))) if "](" in text else []
    if "<" in text:
        found += (
            InlineLink(href[1], anchor[2].strip(), *anchor.span())
            for anchor in _ANCHOR.finditer(text)
            if (href := _HREF.search(anchor[1]))
        )
        found.sort(key=lambda link: (link.start, -link.end))
    return found


def _link(match: re.Match[str]) -> InlineLink:
    start, end = match.span()
    is_image = start > 0 and match.string[start - 1] == "!"
    return InlineLink(match["target"], match["text"], start - is_image, end, is_image)


def _bare_addresses(text: str, start: int, end: int) -> Iterator[InlineLink]:
    for match in _BARE.finditer(text, start, end):
        target = _trimmed(match[0])
        if not target.endswith("//"):
            yield InlineLink(target, "", match.start(), match.start() + len(target))


def _trimmed(address: str) -> str:
    """A bare address without the punctuation of the sentence around it."""
    if address[-1] not in _MAY_BE_SURPLUS:
        return address
    surplus = {
        close: address.count(close) - address.count(open_)
        for open_, close in (("(", ")"), ("[", "]"))
    }
    end = len(address)
    while end and (address[end - 1] in _TRAILING or surplus.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in surplus:
            surplus[address[end]] -= 1
    return address[:end]


def plain(text: str) -> str:
    """``text`` as it is read: without marks, tags, pictures and targets of links."""
    # Twice, for a picture that is a link: [![words](picture)](target).
    for _ in range(2):
        if "](" in text:
            text = _LINK_OR_PICTURE.sub(lambda match: "" if match["bang"] else match["text"], text)
    pieces = _CODE.split(text)
    pieces[::2] = [_without_marks(piece) for piece in pieces[::2]]
    return " ".join("".join(pieces).split())


def _without_marks(text: str) -> str:
    if "<" in text:
        text = _TAGS.sub(" ", text)
    if "[^" in text:
        text = _NOTE.sub("", text)
    return _ESCAPED.sub(r"\1", _MARKS.sub("", text))


def words_of(text: str) -> list[str]:
    """The words of a short text in small letters without accents; neither digits nor marks."""
    return all_words_of(text[:SHORT])


def all_words_of(text: str) -> list[str]:
    """As ``words_of``, of a text however long."""
    small = text.casefold()
    if not small.isascii():
        small = unicodedata.normalize("NFKD", small).translate(_ACCENTS)
    return _WORD.findall(small)
