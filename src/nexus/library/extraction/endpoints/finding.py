"""Finding the endpoints that a text lists."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

from nexus.library.extraction.endpoints.authentication import said_in_words
from nexus.library.extraction.endpoints.lines import endpoints_in_block, endpoints_in_heading
from nexus.library.extraction.endpoints.model import FoundEndpoint, summary_of
from nexus.library.extraction.endpoints.paths import METHOD, neutral, tidy
from nexus.library.extraction.endpoints.tables import endpoints_in_table
from nexus.library.extraction.outline import Outline, Section, tables

#: Fewer endpoints are an example, not a list.
MIN_FOUND = 3
#: So many endpoints are taken from one text.
MAX_FOUND = 400
#: So many blocks of a text are looked at.
MAX_BLOCKS = 4_000
_METHOD = re.compile(METHOD)
_BEFORE_WORDS = re.compile(r"\W*+(?:\d{1,3}[.)]\s+)?")
#: The path in a heading that those below it begin with: "Users (/api/users)".
_BASE = re.compile(r"[(\s–—:-](/[\w\-./]{1,80})[)\s]{0,3}$")


def find_endpoints(outline: Outline) -> tuple[FoundEndpoint, ...]:
    """The endpoints that a text lists, in the order in which they stand.

    Fewer than ``MIN_FOUND`` give nothing. An endpoint listed twice is one, with what each of the
    places says of it. Never raises; the work is in proportion to the length of the text.
    """
    sections = outline.up_to(MAX_BLOCKS).sections()
    listed = (found for section in sections for found in _in_section(section))
    found = _once(islice(listed, 2 * MAX_FOUND))
    return found[:MAX_FOUND] if len(found) >= MIN_FOUND else ()


def _in_section(section: Section) -> Iterator[FoundEndpoint]:
    found = list(islice(_written(section), MAX_FOUND))
    if not found:
        return
    if found[0].line != (section.heading.line if section.heading else 0):
        found = _with_base(_of_one_heading(found, section), section.title)
    said = said_in_words(section.title)
    for endpoint in found:
        needs = endpoint.needs_authentication
        if needs is None:
            needs = said_in_words(endpoint.summary)
        yield endpoint._replace(needs_authentication=said if needs is None else needs)


def _written(section: Section) -> Iterator[FoundEndpoint]:
    """The endpoints of a section as they are written, its heading first."""
    blocks, name = section.blocks, section.title
    if section.heading and _may_have_one(name):
        first = blocks[0] if blocks else None
        named = list(endpoints_in_heading(section.heading, first, _above(section)))
        yield from named
        name = _above(section) if named else name
    for block, below in zip_longest(blocks, blocks[1:]):
        for table in tables(block):
            yield from endpoints_in_table(table, name)
        if _may_have_one(block.text):
            yield from endpoints_in_block(block, below, name)


def _above(section: Section) -> str:
    return section.path[-2].text if len(section.path) > 1 else ""


def _of_one_heading(found: list[FoundEndpoint], section: Section) -> list[FoundEndpoint]:
    """Below a heading of its own, an endpoint is what the heading says."""
    if len({(each.method, neutral(each.path)) for each in found}) > 1 or not section.heading:
        return found
    words = summary_of(_BEFORE_WORDS.sub("", section.title, count=1))
    first = found[0]
    if first.summary or not words:
        return found
    return [first._replace(summary=words, section=_above(section)), *found[1:]]


def _with_base(found: list[FoundEndpoint], title: str) -> list[FoundEndpoint]:
    """With the path in a heading before them, when none of them begins as it does."""
    match = _BASE.search(f" {title}"[-120:])
    base = tidy(match[1]).rstrip("/") if match else ""
    first = base.split("/")[1] if base else ""
    if not first or any(each.path.split("/")[1] == first for each in found):
        return found
    return [each._replace(path=base + each.path) for each in found]


def _may_have_one(text: str) -> bool:
    """A quick look, for most blocks have none."""
    return "/" in text and _METHOD.search(text) is not None


def _once(listed: Iterable[FoundEndpoint]) -> tuple[FoundEndpoint, ...]:
    kept: dict[tuple[str, str], FoundEndpoint] = {}
    for endpoint in listed:
        key = (endpoint.method, neutral(endpoint.path))
        first = kept.setdefault(key, endpoint)
        if first is not endpoint:
            kept[key] = _joined(first, endpoint)
    return tuple(sorted(kept.values(), key=lambda endpoint: endpoint.line))


def _joined(first: FoundEndpoint, again: FoundEndpoint) -> FoundEndpoint:
    needs = first.needs_authentication
    return first._replace(
        summary=first.summary or again.summary,
        needs_authentication=again.needs_authentication if needs is None else needs,
        query=first.query or again.query,
    )
