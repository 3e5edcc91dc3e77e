"""One document while it is being finished: the tree that every step works on."""

from bisect import bisect_right
from dataclasses import InitVar, dataclass, field
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nexus.library.discretion import may_hold_sign
from nexus.library.problems import Problem
from nexus.library.rendering.page import ImageSizes, Place
from nexus.library.rendering.slots import Slots, without_marks

#: The largest picture written into a document's text, in characters of base64.
MAX_DATA_URL = 128 * 1024
#: An owner who is told fifty things is told enough.
MAX_PROBLEMS = 50


class Lines:
    """Finds the lines of words that are asked for in about the order of the text."""

    #: So many words that are nowhere, and no more are looked for: each costs a whole reading.
    MAX_MISSES = 200

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = list(accumulate(len(line) + 1 for line in text.split("\n")))
        self._at = 0
        self._misses = 0

    def of(self, words: str) -> int:
        """The line, from 1, that holds ``words`` next or, failing that, first; 0 for none."""
        if not words or self._misses > self.MAX_MISSES:
            return 0
        at = self._text.find(words, self._at)
        if at < 0:
            at = self._text.find(words, 0, self._at + len(words))
        if at < 0:
            self._misses += 1
            return 0
        self._at = at
        return bisect_right(self._ends, at) + 1


@dataclass(slots=True)
class Workpiece:
    """A document, sanitised ``html``, as a tree, and what has been learnt of it.

    ``source`` is the text it came from, which begins at line ``first_line`` of its file.
    ``moved_anchors`` are those of headings that hold an e-mail address: GitHub's → ours.
    """

    html: InitVar[str]
    place: Place
    source: str = ""
    first_line: int = 1
    image_sizes: ImageSizes | None = None
    max_data_url: int = MAX_DATA_URL
    slots: Slots = field(default_factory=Slots)
    features: set[str] = field(default_factory=set)
    moved_anchors: dict[str, str] = field(default_factory=dict)
    _problems: dict[Problem, None] = field(default_factory=dict)
    _lines: "Lines | None" = None
    body: LexborNode = field(init=False)
    may_hold_addresses: bool = field(init=False)

    def __post_init__(self, html: str) -> None:
        # Without a doctype, browsers and this parser keep tables inside paragraphs.
        body = LexborHTMLParser(f"<!doctype html><body>{without_marks(html)}").body
        assert body is not None, "a parsed document always has a body"  # noqa: S101
        self.body = body
        self.may_hold_addresses = may_hold_sign(html)

    def report(self, code: str, message: str, *, near: str = "") -> None:
        """Tell the owner of a problem, at the first line that holds ``near``."""
        self.report_at(self.line_of(near), code, message)

    def report_at(self, line: int, code: str, message: str) -> None:
        """Tell the owner of a problem at ``line`` of the file."""
        if len(self._problems) < MAX_PROBLEMS:
            self._problems[Problem(self.place.path, line, code, message)] = None

    def line_of(self, words: str) -> int:
        """The line of the file that holds ``words``; 0 when none is found."""
        if self._lines is None:
            self._lines = Lines(self.source)
        line = self._lines.of(words)
        return line + self.first_line - 1 if line else 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was reported, each once."""
        return tuple(self._problems)


def replace(node: LexborNode, text: str) -> None:
    """Put ``text``, which may hold marks, in the place of ``node``."""
    node.replace_with(text)


def has_ancestor(node: LexborNode, tag: str) -> bool:
    """Whether ``node`` lies inside an element called ``tag``."""
    return ancestor(node, frozenset({tag})) is not None


def ancestor(node: LexborNode, tags: frozenset[str]) -> LexborNode | None:
    """The nearest element around ``node`` whose name is one of ``tags``."""
    parent = node.parent
    while parent is not None:
        if parent.tag in tags:
            return parent
        parent = parent.parent
    return None


def set_attributes(node: LexborNode, values: dict[str, str]) -> None:
    """Give ``node`` exactly these attributes, in this order."""
    for name in list(node.attributes):
        del node.attrs[name]
    for name, value in values.items():
        node.attrs[name] = value


def words_of(node: LexborNode) -> str:
    """The text of ``node`` with its white space evened out."""
    return " ".join(node.text().split())
