"""Code in colour: Pygments' tokens, written with its short class names (``k``, ``s``, ``c1``).

Plain names, punctuation, white space and what a lexer takes for a mistake have no class: it
halves the size of a page. Results are remembered by block, because highlighting costs ten
times as much as everything else that rendering does.

Some of Pygments' patterns take cubic time on text made to hurt them, and a pattern cannot be
stopped. So a lexer sees at most ``WINDOW`` characters at a time, cut where code begins anew at
the margin; no long runs of white space; and time is checked between tokens. What takes too
long stays plain.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from time import monotonic, thread_time
from typing import NamedTuple

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from nexus.library.discretion import email_link, email_spans

#: Longer blocks, and blocks with longer lines, stay plain (in characters).
MAX_BLOCK = 200_000
MAX_LINE = 2_000
#: A lexer sees no more at a time (in characters).
WINDOW = 4_000
#: What lexing may take (in seconds): several times what honest code takes.
MAX_SECONDS = 0.3
MAX_SECONDS_PER_CHARACTER = 20e-6
#: Blocks up to this length are remembered (in characters), so the memory stays below 50 MB.
MAX_REMEMBERED = 10_000

_PLAIN_CLASSES = frozenset({"", "n", "p", "w", "x", "esc", "err"})
_HURTFUL = re.compile(r"\s{200}|(.)\1{999}")
_NAME = re.compile(r"[\w+#.-]{1,40}")
#: Names that GitHub knows and Pygments does not.
_OTHER_NAMES = {
    "dotenv": "bash",
    "env": "bash",
    "jsonc": "json",
    "shell": "bash",
    "sh": "bash",
    "yml": "yaml",
}


class _Deadline(NamedTuple):
    """When a lexer has had its time: of the processor, so that a busy machine takes no colours.

    The clock on the wall is looked at first, because that is a tenth of the work.
    """

    wall: float
    cpu: float

    @classmethod
    def after(cls, seconds: float) -> "_Deadline":
        return cls(monotonic() + seconds, thread_time() + seconds)

    def is_over(self) -> bool:
        return monotonic() > self.wall and thread_time() > self.cpu


def language_name(info: str) -> str:
    """The name of the language in a fence's words (``js{1,2}`` gives ``js``); empty for none."""
    match = _NAME.match(info)
    return match[0].lower() if match else ""


def highlight(text: str, language: str) -> str:
    """``text`` as HTML, in colour where ``language`` (a name or alias) is known."""
    if len(text) <= MAX_REMEMBERED:
        return _remembered(text, language)
    return _joined(_pieces(text, language))


def highlight_lines(text: str, language: str) -> list[str]:
    """The lines of ``text`` as HTML, each whole in itself."""
    lines: list[list[str]] = [[]]
    for css, value in _pieces(text, language):
        first, *others = value.split("\n")
        lines[-1].append(_written(css, first))
        lines.extend([_written(css, part)] for part in others)
    return ["".join(parts) for parts in lines]


@lru_cache(maxsize=1024)
def _remembered(text: str, language: str) -> str:
    return _joined(_pieces(text, language))


def _joined(pieces: Iterable[tuple[str, str]]) -> str:
    return "".join(_written(css, value) for css, value in pieces)


def _written(css: str, value: str) -> str:
    if not value:
        return ""
    if css == "email":
        return email_link(value)
    words = escape(value, quote=False)
    return f'<span class="{css}">{words}</span>' if css else words


def _pieces(text: str, language: str) -> Iterator[tuple[str, str]]:
    """The text as runs of one class each; addresses are runs of the class ``email``."""
    tokens = _tokens(text, language)
    return _merged(_with_emails(tokens, email_spans(text)))


def _tokens(text: str, language: str) -> list[tuple[str, str]]:
    lexer = _lexer(language) if _is_bounded(text) else None
    if lexer is None:
        return [("", text)]
    deadline = _Deadline.after(MAX_SECONDS + MAX_SECONDS_PER_CHARACTER * len(text))
    tokens: list[tuple[str, str]] = []
    for window in _windows(text):
        tokens += _lexed(lexer, window, deadline)
    return tokens


def _is_bounded(text: str) -> bool:
    if len(text) > MAX_BLOCK or _HURTFUL.search(text):
        return False
    return all(len(line) <= MAX_LINE for line in text.split("\n"))


def _lexed(lexer: type[Lexer], text: str, deadline: _Deadline) -> list[tuple[str, str]]:
    """The tokens of ``text``; the text itself after ``deadline`` or when a lexer loses some."""
    tokens = []
    length = 0
    for _, kind, value in lexer(stripnl=False, ensurenl=False).get_tokens_unprocessed(text):
        if deadline.is_over():
            return [("", text)]
        tokens.append((_css_class(kind), value))
        length += len(value)
    return tokens if length == len(text) else [("", text)]


def _windows(text: str) -> Iterator[str]:
    """``text`` in pieces of at most ``WINDOW``, cut where code begins anew if possible."""
    start = 0
    while len(text) - start > WINDOW:
        end = _cut(text, start, start + WINDOW)
        yield text[start:end]
        start = end
    yield text[start:]


def _cut(text: str, start: int, end: int) -> int:
    """The best place before ``end``: after a blank line and at the margin, or after a line."""
    blank = text.rfind("\n\n", start, end)
    while blank >= 0 and text[blank + 2 : blank + 3].isspace():
        blank = text.rfind("\n\n", start, blank + 1)
    if blank >= 0:
        return blank + 2
    newline = text.rfind("\n", start, end)
    return newline + 1 if newline >= 0 else end


@lru_cache(maxsize=512)
def _lexer(language: str) -> type[Lexer] | None:
    try:
        return find_lexer_class_by_name(_OTHER_NAMES.get(language, language))
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def _css_class(kind: _TokenType) -> str:
    known: _TokenType | None = kind
    while known is not None and known not in STANDARD_TYPES:
        known = known.parent
    name = STANDARD_TYPES.get(known, "") if known is not None else ""
    return "" if name in _PLAIN_CLASSES else name


def _with_emails(
    tokens: list[tuple[str, str]], spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    """The tokens, cut wherever an address begins or ends, with addresses whole."""
    if not spans:
        yield from tokens
        return
    text = "".join(value for _, value in tokens)
    at, waiting = 0, list(reversed(spans))
    for css, value in tokens:
        end = at + len(value)
        while waiting and waiting[-1][0] < end:
            first, last = waiting.pop()
            if at < first:
                yield css, text[at:first]
            yield "email", text[first:last]
            at = last
        if at < end:
            yield css, text[at:end]
            at = end


def _merged(pieces: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Neighbours of the same class as one run."""
    current, parts = "", list[str]()
    for css, value in pieces:
        if css != current or css == "email":
            if parts:
                yield current, "".join(parts)
            current, parts = css, []
        parts.append(value)
    if parts:
        yield current, "".join(parts)
