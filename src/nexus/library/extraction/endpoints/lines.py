"""Endpoints in lines: of a list, of a paragraph, of a heading, of a block of code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nexus.library.extraction.endpoints.model import FoundEndpoint, summary_of
from nexus.library.extraction.endpoints.paths import METHOD, PATH, Address, address_in, methods_of
from nexus.library.extraction.outline import Block, BlockKind

_LABEL = r"(?:(?:end\s?point|url|route|path|request|requ[êe]te|api|method|m[ée]thode)\b\W{0,6})?"
_METHODS = rf"(?P<methods>{METHOD}(?:\s{{0,2}}[,/|&]\s{{0,2}}{METHOD}){{0,6}})\b"
_AT_START = re.compile(
    rf"[^\w/]{{0,12}}(?:\d{{1,3}}[.)]\s{{1,3}})?(?i:{_LABEL})[^\w/]{{0,4}}{_METHODS}"
    rf"\s{{0,3}}[\])]?[:–—-]?\s{{0,3}}{PATH}(?P<rest>.*)"
)
#: ``/api/login (POST) …``
_PATH_FIRST = re.compile(rf"[^\w/]{{0,12}}{PATH}\s{{0,3}}[(\[]\s?{_METHODS}\s?[)\]](?P<rest>.*)")
#: A request inside of a line: in code, or at the end of a heading.
_IN_CODE = re.compile(rf"`\s?{_METHODS}\s{{1,3}}{PATH}\s?`(?P<rest>.*)")
_IN_HEADING = re.compile(rf"(?:^|[\s(–—:-]){_METHODS}:?\s{{1,3}}{PATH}(?P<rest>.*)")
#: The version of HTTP, or the answer in a log, behind a request.
_PROTOCOL = re.compile(r"\s{0,3}HTTP/\d(?:\.\d)?\s{0,3}")
_ANSWER = re.compile(r"\W{0,4}[1-5]\d\d\b")
_DESCRIPTION = re.compile(
    r"(?:description|summary|purpose|but|rôle)\s{0,2}:\s{0,3}|(?:end\s?point|route)\s(?:to|for|that)\s",
    re.IGNORECASE,
)
#: Longer lines hold more than one request; they are not read.
_MAX_LINE = 600


@dataclass(frozen=True, slots=True)
class Request:
    """Methods and an address, and the words before and behind them."""

    methods: tuple[str, ...]
    address: Address
    before: str
    rest: str


def request_at_start(text: str) -> Request | None:
    """The request with which ``text`` begins: ``POST /login``, ``/login (POST)``."""
    bare = _bare(text)
    return _request(_AT_START.match(bare) or _PATH_FIRST.match(bare), bare)


def _bare(text: str) -> str:
    return text[:_MAX_LINE].replace("`", " ").replace("**", "").replace("__", "").replace("\\", "")


def _request(match: re.Match[str] | None, text: str) -> Request | None:
    if match is None or _ANSWER.match(match["rest"]):
        return None
    rest = _PROTOCOL.sub("", match["rest"], count=1)
    before = text[: match.start()]
    return Request(methods_of(match["methods"]), address_in(match), before, rest)


def _request_in_item(text: str) -> Request | None:
    found = request_at_start(text)
    if found is None and "`" in text:
        line = text[:_MAX_LINE]
        found = _request(_IN_CODE.search(line), line)
    return found


def _request_in_heading(text: str) -> Request | None:
    line = _bare(text)
    return request_at_start(text) or _request(_IN_HEADING.search(line), line)


def endpoints_in_heading(
    heading: Block, below: Block | None, section: str
) -> Iterator[FoundEndpoint]:
    """The endpoint that a heading names; ``below`` is the first block under it."""
    if request := _request_in_heading(heading.text):
        words = request.rest if summary_of(request.rest) else request.before
        yield from _endpoints(request, words or _opening(below), heading.line, section)


def endpoints_in_block(block: Block, below: Block | None, section: str) -> Iterator[FoundEndpoint]:
    """The endpoints in the lines of a block; ``below`` is the next block of its section."""
    is_code = block.kind is BlockKind.FENCE
    read = _request_in_item if block.kind is BlockKind.ITEM else request_at_start
    lines = block.text.split("\n")
    for number, line in enumerate(lines):
        if request := read(line):
            words = request.rest if summary_of(request.rest) else request.before
            if not summary_of(words) and block.kind is BlockKind.PARAGRAPH:
                following = lines[number + 1] if number + 1 < len(lines) else _opening(below)
                words = "" if read(following) else following
            yield from _endpoints(request, words, block.line + is_code + number, section)


def _opening(below: Block | None) -> str:
    """The first line of a paragraph that says what is above it."""
    if below is None or below.kind is not BlockKind.PARAGRAPH:
        return ""
    line = below.text.partition("\n")[0]
    return "" if line.rstrip(" *_").endswith(":") else line


def _endpoints(request: Request, words: str, line: int, section: str) -> Iterator[FoundEndpoint]:
    summary = summary_of(_DESCRIPTION.sub("", words.strip(), count=1))
    for method in request.methods:
        yield FoundEndpoint(
            method=method,
            path=request.address.path,
            summary=summary,
            line=line,
            section=section,
            query=request.address.query,
        )
