"""Plain sentences, laid out as the Markdown pipeline would, in a hundredth of its time.

Nine in ten descriptions of a contract are a sentence or two, perhaps with a name in backticks.
What this module takes for plain comes out the same either way: a test compares the two.
"""

import re

from nexus.library.reference.markup import Html, joined, markup

_CODE = r"(?<!`)`(?![ `])[^`\n\\]{0,200}[^` \n\\]`(?!`)"
_LINE = (
    # a line that begins with a letter or digit is no list, quote, table, rule or heading,
    r"(?:(?!\d+[.)](?:\s|\Z))[^\W_]|(?=`))"
    # letters, marks that mean nothing, underscores inside words, colons before a space, code
    rf"(?:[^\W_]|[ ,.;'()/?\"%’‘“”–—…-]|(?<=\w)_(?=\w)|:(?=[ \n]|\Z)|{_CODE})*"
    # and no space before the end of the line, which might break it.
    r"(?<![ ])"
)
_PLAIN = re.compile(rf"{_LINE}(?:\n\n?{_LINE})*")
#: GFM makes links of these; line breaks, tabs and spaces of other kinds have rules of their own.
_NOT_PLAIN = re.compile(r"www\.|[^\S \n]|\n\Z", re.IGNORECASE)
_CODE_SPAN = re.compile(f"({_CODE})")


def is_plain(text: str) -> bool:
    """Whether nothing in ``text``, which has no space around it, is markup but code spans."""
    return _PLAIN.fullmatch(text) is not None and not _NOT_PLAIN.search(text)


def paragraphs(text: str) -> Html:
    """A plain ``text`` as paragraphs."""
    return joined(
        markup('<p dir="auto">{}</p>', joined(map(_inline, enumerate(_CODE_SPAN.split(each)))))
        for each in text.split("\n\n")
    )


def _inline(piece: tuple[int, str]) -> Html:
    index, text = piece
    return markup("<code>{}</code>", text[1:-1]) if index % 2 else markup("{}", text)
