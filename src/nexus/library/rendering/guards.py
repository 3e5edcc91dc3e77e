"""What a document may cost: bounds on input that is known to make parsers slow.

Parsing is linear for everything people write. The exceptions below were found by feeding each
parser in use with text made to hurt it; what goes over a bound is shown as plain text, and its
owner is told why. Every number is far above anything seen in real repositories.
"""

import re
from collections import Counter

#: GitHub cuts a README at 500 KiB. In characters.
MAX_SOURCE = 512 * 1024
#: What the parser may make of it, in characters: footnotes that refer to each other multiply.
MAX_HTML = 4 * 1024 * 1024

_MAX_LEVELS = 60
_MAX_COLUMNS = 300
_MAX_LINKS_A_LINE = 500
_MAX_BACKTICK_MATHS = 1_000
_MAX_TREE = 300_000
#: Of a tree, with all that authors need not close; lists and quotes alone may reach 120.
_MAX_TREE_LEVELS = 300

_CONTAINERS = re.compile(
    rf"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{{1,9}}[.)](?=[ \t]))){{{_MAX_LEVELS},}}"
)
_WIDE_TABLE = re.compile(rf"^[ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|){{{_MAX_COLUMNS},}}", re.MULTILINE)
_LINK_STARTS = ("@", "://", "www.")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\"[^\"]*\"|'[^']*'|[^\"'<>])*>")
_VOID_NAMES = "area base br col embed hr img input link meta source track wbr"
_IMPLIED_END_NAMES = "p li dt dd tr td th tbody thead tfoot option optgroup rp rt colgroup caption"
# The parser opens these again in every block until they are closed.
_FORMATTING_NAMES = "b big code em font i nobr s small strike strong tt u"
_FORMATTING = re.compile(rf"<({_FORMATTING_NAMES.replace(' ', '|')})([\s/>])", re.IGNORECASE)
_VOID = frozenset(_VOID_NAMES.split())
_NOT_NESTING = _VOID.union(f"a {_IMPLIED_END_NAMES} {_FORMATTING_NAMES}".split())
_BLOCK = re.compile(r"<(?:p|div|li|d[dt]|t[drh]|h\d|blockquote|section|center)\b", re.IGNORECASE)


def why_too_costly(source: str) -> str:
    """The code of the problem that keeps ``source`` from being parsed; empty if none does."""
    if len(source) > MAX_SOURCE:
        return "document-too-large"
    lines = source.split("\n")
    long = [line for line in lines if len(line) >= _MAX_LEVELS and not line[0].isalpha()]
    if any(map(_CONTAINERS.match, long)):
        return "document-too-deep"
    if source.count("|") >= _MAX_COLUMNS and _WIDE_TABLE.search(source):
        return "document-too-complex"
    if _links(source) > _MAX_LINKS_A_LINE and _has_line_of_links(lines):
        return "document-too-complex"
    if source.count("$`") > _MAX_BACKTICK_MATHS:
        return "document-too-complex"
    return ""


def why_html_too_costly(html: str, source: str) -> str:
    """The same for the ``html`` that a parser made of ``source``, before it is sanitised."""
    if len(html) > MAX_HTML:
        return "document-too-complex"
    # What the parser writes itself is closed and within bounds.
    if source.count("<") <= _MAX_LEVELS:
        return ""
    if _depth(html, ignored=_NOT_NESTING) > _MAX_LEVELS:
        return "document-too-deep"
    if _formatting(source) * len(_BLOCK.findall(source)) > _MAX_TREE:
        return "document-too-complex"
    return ""


def why_tree_too_costly(html: str, source: str) -> str:
    """The same for ``html`` that was sanitised: now every element is closed.

    Formatting that its author never closes lies deeper and deeper, and whoever asks what is
    around a piece of text climbs all of it.
    """
    if source.count("<") <= _MAX_LEVELS or html.count("</") <= _MAX_TREE_LEVELS:
        return ""
    return "document-too-deep" if _depth(html, ignored=_VOID) > _MAX_TREE_LEVELS else ""


def _has_line_of_links(lines: list[str]) -> bool:
    """Whether one line holds so many addresses that finding them takes quadratic time."""
    return any(_links(line) > _MAX_LINKS_A_LINE for line in lines if len(line) > _MAX_LINKS_A_LINE)


def _links(text: str) -> int:
    return sum(text.count(start) for start in _LINK_STARTS)


def _depth(html: str, *, ignored: frozenset[str]) -> int:
    """How deep elements lie in each other, if those with ``ignored`` names hold none."""
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if name.lower() in ignored:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _formatting(source: str) -> int:
    """How many formatting elements may be open at once, if none is ever closed.

    A parser keeps three that are alike and any number that differ in their attributes
    (https://html.spec.whatwg.org/#push-onto-the-list-of-active-formatting-elements).
    """
    found = [(name.lower(), end) for name, end in _FORMATTING.findall(source)]
    alike = Counter(name for name, end in found if end == ">")
    return len(found) - alike.total() + sum(min(count, 3) for count in alike.values())
