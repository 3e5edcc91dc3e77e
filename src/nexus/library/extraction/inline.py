"""What stands inside a line of Markdown: links, marks, and words without them. Linear time."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_LINK = re.compile(
    r"(?P<bang>!?)\[(?P<text>(?:[^\[\]\\\n]|\\.){0,500})\]"
    r"\([ \t]*<?(?P<target>[^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200}){0,3})>?"
    r"(?:[ \t]+[\"'(][^\"'\n]{0,300}[\"')])?[ \t]*\)"
)
_BARE = re.compile(r"\bhttps?://(?:[^\s<>\"'`|\]]|\](?!\()){1,2000}")
_ANCHOR = re.compile(r"<a\s([^<>]{1,3000})>([^<]{0,500})", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s{0,9}=\s{0,9}[\"']?([^\s\"'<>]{1,2000})", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-zA-Z!][^<>]{0,500}>")
_MARKS = re.compile(r"(?<!\\)(?:\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|`+|~~)")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TRAILING = ".,;:!?'\"*_"
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
    found = sorted(_all_links(text), key=lambda link: (link.start, -link.end))
    reached = 0
    for link in found:
        if link.start >= reached:
            reached = link.end
            yield link


def _all_links(text: str) -> Iterator[InlineLink]:
    if "](" in text:
        for match in _LINK.finditer(text):
            is_image = bool(match["bang"])
            yield InlineLink(match["target"], match["text"], *match.span(), is_image=is_image)
    for match in _ANCHOR.finditer(text) if "<" in text else ():
        if href := _HREF.search(match[1]):
            yield InlineLink(href[1], match[2].strip(), *match.span())
    if "://" in text:
        for match in _BARE.finditer(text):
            target = _trimmed(match[0])
            if target.endswith("//"):
                continue
            yield InlineLink(target, "", match.start(), match.start() + len(target))


def _trimmed(address: str) -> str:
    """A bare address without the punctuation of the sentence around it."""
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
            text = _LINK.sub(lambda match: "" if match["bang"] else match["text"], text)
    pieces = _CODE.split(text)
    pieces[::2] = [_without_marks(piece) for piece in pieces[::2]]
    return " ".join("".join(pieces).split())


def _without_marks(text: str) -> str:
    if "<" in text:
        text = _TAGS.sub(" ", text)
    return _ESCAPED.sub(r"\1", _MARKS.sub("", text))


def words_of(text: str) -> list[str]:
    """The words of a short text in small letters without accents; neither digits nor marks."""
    short = text[:SHORT].casefold()
    if not short.isascii():
        short = unicodedata.normalize("NFKD", short).translate(_ACCENTS)
    return _WORD.findall(short)
