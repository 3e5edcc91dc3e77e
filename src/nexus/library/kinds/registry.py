"""Every kind of entry.

To add a kind: write its module, add it here, give it a hue and an icon in the front end,
and describe it in ``hub/documentation/reference/kinds.md`` (a test asks for that).
"""

from nexus.library.extraction.outline import Outline
from nexus.library.kinds.base import Kind, Part, Reading, Source
from nexus.library.kinds.challenge import Challenge
from nexus.library.kinds.contract import Contract
from nexus.library.kinds.document import Document
from nexus.library.kinds.parts import each_named_once
from nexus.library.kinds.project import Project
from nexus.library.kinds.resource import Resource
from nexus.library.kinds.snippet import Snippet
from nexus.library.kinds.writing import is_writing

#: In the order in which people read of them.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (Project(), Challenge(), Document(), Snippet(), Resource(), Contract())
}
#: The order in which they look at a file: by content first, by folder next, the general last.
_CLAIMING = ("contract", "project", "challenge", "snippet", "resource", "document")


def read_entry(source: Source) -> Reading | None:
    """Read a file as the first kind that claims it; None when it is no entry.

    A kind named in the front matter of a piece of writing wins over every other sign, unless
    the text turns out to be nothing of the kind: then it is read as if nothing had been said.
    """
    said = KINDS.get(source.said("kind"))
    if said is not None and is_writing(source):
        reading = said.read(source)
        if reading is not None:
            return reading
    for kind in map(KINDS.__getitem__, _CLAIMING):
        if kind.claims(source):
            reading = kind.read(source)
            if reading is not None:
                return reading
    return None


def read_parts(source: Source, outline: Outline) -> tuple[Part, ...]:
    """The entries that stand inside a piece of writing, by kind and in their order."""
    return each_named_once(part for kind in KINDS.values() for part in kind.parts(source, outline))
