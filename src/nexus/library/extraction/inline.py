"""What stands inside a line of Markdown: links, marks, and words without them. Linear time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINK = re.compile(
    r"(?P<bang>!?)\[(?P<text>(?:[^\[\]\\\n]|\\.){0,500})\]"
    r"\([ \t]*<?(?P<target>[^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200}){0,3})>?"
    r"(?:[ \t]+[\"'(][^\"'\n]{0,300}[\"')])?[ \t]*\)"
)
_BARE = re.compile(r"<?\bhttps?://[^\s<>\"'`|]{1,2000}")
_HTML_LINK = re.compile(
    r"<a\b[^<>]{0,500}?\bhref\s*=\s*[\"']?([^\s\"'<>]{1,2000})[\"']?[^<>]{0,500}>([^<]{0,500})",
    re.IGNORECASE,
)
_TAGS = re.compile(r"</?[a-zA-Z!][^<>]{0,500}>")
_MARKS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|`+|~~")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TRAILING = ".,;:!?'\"*_"


@dataclass(frozen=True, slots=True)
class InlineLink:
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
    if "<a" in text.lower():
        for match in _HTML_LINK.finditer(text):
            yield InlineLink(match[1], match[2].strip(), *match.span())
    if "://" in text:
        for match in _BARE.finditer(text):
            target = _trimmed(match[0].lstrip("<"))
            start = match.end() - len(match[0].lstrip("<"))
            yield InlineLink(target, "", start, start + len(target))


def _trimmed(address: str) -> str:
    """A bare address without the punctuation of the sentence around it."""
    address = address.rstrip(_TRAILING)
    while address.endswith((")", "]")) and address.count("(") < address.count(")") + (
        address.count("]") - address.count("[") if address.endswith("]") else 0
    ):
        address = address[:-1].rstrip(_TRAILING)
    return address


def plain(text: str) -> str:
    """``text`` as it is read: without marks, tags, pictures and targets of links."""
    if "](" in text:
        text = _LINK.sub(lambda match: "" if match["bang"] else match["text"], text)
    if "<" in text:
        text = _TAGS.sub(" ", text)
    text = _MARKS.sub("", text)
    return " ".join(_ESCAPED.sub(r"\1", text).split())
