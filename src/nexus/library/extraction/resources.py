"""What a text recommends elsewhere: its links, with their words and what is said around them.

A link is a recommendation where the text says so: in a file or below a heading of that name, or on
a page that is a collection of links. Everywhere else a link serves its sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from nexus.library.extraction import recommending
from nexus.library.extraction.link_references import LinkReferences, read_link_references
from nexus.library.extraction.link_words import LinkWords, as_written
from nexus.library.extraction.outline import Block, BlockKind, Outline, Section
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.extraction.passages import Passage, passages, plain_words, shortened
from nexus.library.extraction.recommendable import is_recommendable
from nexus.library.extraction.vocabulary import phrase_set
from nexus.library.extraction.web_addresses import WebAddress, read_address

#: More links than any page has; those after them are not looked at.
MAX_RESOURCES = 5_000
#: A link with its words takes more characters than these: a page of many shorter ones is no page.
_MIN_ROOM, _ALWAYS = 60, 200
MAX_SECTION = 200
#: Host names in other scripts are slow to read: as many as are looked at in one file.
_MAX_FOREIGN_HOSTS = 50
#: A page is a collection of links from so many entries on, of which so many begin with a link.
_MIN_ENTRIES = 10
_MIN_SHARE = 0.6
_LEADING_LINK = re.compile(
    r"[\s*_~\"'“]{0,10}(?:\[[^\[\]\n]{1,500}\]\(\s?)?<?https?://", re.IGNORECASE
)
_NONE: frozenset[BlockKind] = frozenset()
_LISTS = frozenset({BlockKind.ITEM, BlockKind.TABLE})
_ALL = _LISTS | {BlockKind.PARAGRAPH, BlockKind.HEADING}
#: What people call their own work in a list of links.
_OWN_WORK = phrase_set(
    """
    api documentation, api docs, backend, backend repo, backend repository, dashboard, demo,
    demo video, deployed app, deployed link, deployed site, deployment, démo, er diagram, erd,
    figma design, figma prototype, frontend, frontend repo, frontend repository, github repo,
    github repository, hosted link, live, live app, live application, live demo, live link,
    live preview, live project, live site, live url, portfolio, postman collection, presentation,
    presentation slides, production, production url, project board, project repository, prototype,
    repo, repository, slides, staging, trello board, video demo
    """
)
#: What programs write into every new project is nobody's recommendation.
_TEMPLATES = (
    "learn about Next.js features and API",
    "an interactive Next.js tutorial",
    "check out the Next.js GitHub repository",
    "You can learn more in the Create React App documentation",
    "To learn React, check out the React documentation",
)


class FoundResource(NamedTuple):
    """A link that a text recommends.

    ``address`` is as written and ``key`` its normal form; ``text`` says what it is, ``context``
    is the item, row or sentence around it, ``section`` the heading above, all of them plain.
    """

    address: str
    key: str
    text: str
    context: str
    section: str
    line: int


def find_resources(outline: Outline, *, path: str, own: OwnAddresses) -> tuple[FoundResource, ...]:
    """The links that the file at ``path`` recommends, in order, each address once.

    ``own`` are the addresses of the repository itself, which it does not recommend. At most
    ``MAX_RESOURCES`` links are looked at, or fewer in a text that is too short for so many.
    """
    said = recommending.file_recommends(path)
    if said is False:
        return ()
    usual = _ALL if said else _LISTS if _is_collection(outline) else _NONE
    finder = _Finder(own, read_link_references(outline), _most_links(outline))
    for section in outline.sections():
        if finder.is_full:
            break
        if not _may_link_somewhere(section):
            continue
        verdict = recommending.headings_recommend(section.path)
        finder.read(section, usual if verdict is None else _ALL if verdict else _NONE)
    return tuple(finder.found.values())


def _is_collection(outline: Outline) -> bool:
    """Whether most list items and rows begin with a link elsewhere, and there is little prose."""
    entries = [entry for block in outline.blocks for entry in _entries(block)]
    links = sum(any(map(_LEADING_LINK.match, entry)) for entry in entries)
    prose = sum(block.kind is BlockKind.PARAGRAPH for block in outline.blocks)
    return links >= max(_MIN_ENTRIES, _MIN_SHARE * len(entries), 2 * prose)


def _entries(block: Block) -> Iterator[tuple[str, ...]]:
    """What a page lists, each in its parts; its table of contents is not counted."""
    if block.kind is BlockKind.ITEM and "](#" not in block.text:
        yield (block.text,)
    elif block.kind is BlockKind.TABLE:
        yield from block.rows[1:]


@dataclass(slots=True)
class _Finder:
    """Gathers what is recommended, by its key."""

    own: OwnAddresses
    references: LinkReferences
    most: int
    found: dict[str, FoundResource] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)
    foreign_hosts: int = 0

    @property
    def is_full(self) -> bool:
        """Whether as many links were looked at as there may be."""
        return len(self.looked_at) >= self.most

    def read(self, section: Section, kinds: frozenset[BlockKind]) -> None:
        """Gather from the blocks of these kinds, and below a line like "Useful links:"."""
        title = shortened(plain_words(section.title), MAX_SECTION)
        for block in _recommending_blocks(section, kinds):
            if not _may_link(block):
                continue
            for passage in passages(block, self.references):
                if self.is_full:
                    return
                self._read_passage(passage, LinkWords(passage, section), title)

    def _read_passage(self, passage: Passage, words: LinkWords, section: str) -> None:
        for number, link in enumerate(passage.links):
            target = as_written(link.target)
            address = None if _is_picture(passage, number) else self._address(target)
            if address is None:
                continue
            text = words.of(number, address)
            key = str(address)
            if key in self.found or self.own.holds(key) or not is_recommendable(address):
                continue
            context = passage.around(number)
            if not _is_noise(text, context):
                line = passage.line_at(link.start)
                self.found[key] = FoundResource(target, key, text, context, section, line)

    def _address(self, target: str) -> WebAddress | None:
        """The address to look at; None if it was looked at before, or is none of the web's."""
        if target in self.looked_at or self.is_full:
            return None
        if target[:4].lower() != "http":
            return None
        self.looked_at.add(target)
        if not target.isascii() and not target.partition("://")[2].partition("/")[0].isascii():
            self.foreign_hosts += 1
            if self.foreign_hosts > _MAX_FOREIGN_HOSTS:
                return None
        return read_address(target)


def _is_picture(passage: Passage, number: int) -> bool:
    """Whether readers see a picture: a badge or a button, whatever it leads to."""
    link = passage.links[number]
    if link.is_image or link.text:
        return link.is_image
    before = passage.links[number - 1] if number else link
    if before.is_image and passage.text[before.end : link.start] == "](":
        return True
    return passage.text[link.end : link.end + 4].lower() == "<img"


def _is_noise(text: str, context: str) -> bool:
    return text.casefold() in _OWN_WORK or any(words in context for words in _TEMPLATES)


def _recommending_blocks(section: Section, kinds: frozenset[BlockKind]) -> Iterator[Block]:
    """The blocks of these kinds, and the lists that a line above them says are recommended."""
    if section.heading and BlockKind.HEADING in kinds:
        yield section.heading
    lists = BlockKind.ITEM in kinds
    for block in section.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            lists = _said_of_the_list_below(block, lists)
        if lists if block.kind in _LISTS else block.kind in kinds:
            yield block


def _most_links(outline: Outline) -> int:
    length = sum(len(block.text) + sum(map(_length, block.rows)) for block in outline.blocks)
    return min(MAX_RESOURCES, max(_ALWAYS, length // _MIN_ROOM))


def _length(row: tuple[str, ...]) -> int:
    return sum(map(len, row))


def _may_link_somewhere(section: Section) -> bool:
    return any(map(_may_link, section.blocks)) or "](" in section.title


def _may_link(block: Block) -> bool:
    return block.kind is BlockKind.TABLE or "]" in block.text or "://" in block.text


def _said_of_the_list_below(block: Block, otherwise: bool) -> bool:
    """Whether the list below a paragraph recommends: a line like "Useful links:" says so."""
    text = block.text.rstrip("*_ ")
    verdict = recommending.heading_recommends(text) if text.endswith(":") else None
    return otherwise if verdict is None else verdict
