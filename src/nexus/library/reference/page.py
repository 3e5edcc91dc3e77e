"""The readable reference as a page: what its parts are called, and how it stays bounded.

The page begins below the entry's own title: its headings are h2 (parts), h3 (operations,
schemas), h4 and h5. It needs no script. The classes, for whoever dresses it:

==============================  ==========================================================
``.reference``                  the whole; ``data-format`` is ``openapi`` or ``graphql``
``.reference-summary``          the document's own line about itself
``.reference-facts``            a ``dl`` with one ``div`` a fact: version, counts, contact
``.reference-part``             a ``section``: servers, signing in, one tag, schemas
``.servers`` ``.variables``     a list of addresses; below one, what may vary in it
``.schemes`` ``.flow``          a list of ways to sign in; below one, where to get a token
``.elsewhere``                  a list of paths that are written in other files
``.operations`` ``.schemas``    a list (``div``) of operations, of schemas
``.operation``                  a ``details`` with an id; ``data-deprecated`` when deprecated
``.operation-title``            its h3: ``.method`` and ``.path`` (parameters in ``var``)
``.method``                     a word; ``data-method`` is ``get``, ``post``, ``query``, …
``.operation-summary``          one line beside the title
``.operation-body``             everything that unfolds
``.operation-id``               one line each in it, as are ``.operation-servers`` ``.docs``
``.operation-brief``            a row without details, on pages that would grow too long
``.security``                   what one needs to sign in with
``.table``                      scrolls sideways; holds ``table.parameters``
``.media``                      one body; ``.media-types`` names its media types,
                                ``.encodings`` lists how its fields are written
``.response``                   ``data-class`` is ``2`` for 2xx; ``.status`` is the code,
                                ``.onward`` lists what can follow
``.schema``                     a ``details`` with an id and a ``.schema-name`` (h3), or the
                                ``div`` around a body; ``.schema-head`` says its kind
``.properties`` ``.property``   nested lists; ``.property-head`` ``.property-name``
``.type`` ``.type-link``        the kind of a value; a link to a schema
``.mark``                       a word; ``data-mark`` is ``required``, ``deprecated``, …
``.limits``                     one line of restrictions; ``.separator`` between them
``.choices`` ``.choice``        alternatives; ``.choices-head`` says how many may be taken
``.includes``                   names a schema all of whose properties belong here too
``.fold``                       a ``details`` inside a body: another schema, laid in place
``.example``                    a ``details`` around ``figure.code`` with highlighted code;
                                ``.example-link`` leads to one that is elsewhere
``.label``                      a few words above a list, less than a heading
``.prose``                      a description, laid out as Markdown is everywhere
``.note``                       says what was left out, and where it is
``.raw-link``                   a link to the raw file
==============================  ==========================================================
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from nexus.library.discretion import has_email, without_emails
from nexus.library.reference.markup import NOTHING, Html, joined, markup, quoted, unlinked
from nexus.library.reference.naming import Ids
from nexus.library.reference.openapi.model import ExternalDocs
from nexus.library.reference.prose import Prose
from nexus.library.rendering.page import Heading, Place

#: Once a page is longer, what follows is named without its details, in characters of HTML.
MAX_HTML = 1_500_000
#: A single operation or schema that is longer is named only, in characters of HTML.
MAX_PART = 200_000
#: Operations and schemas that are named at all.
MAX_NAMED = 2_000

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class View(Protocol[T_contra]):
    """Shows one kind of thing of which a contract may hold very many."""

    def note(self, thing: T_contra) -> str:
        """Give the thing its id, and tell the table of contents and the search of it."""

    def full(self, thing: T_contra, anchor: str) -> Html:
        """The thing with everything about it."""

    def brief(self, thing: T_contra, anchor: str) -> Html:
        """The thing in one row."""


@dataclass
class Page:
    """A reference while it is being made: its headings, and the words to find it by."""

    place: Place
    prose: Prose
    ids: Ids = field(default_factory=Ids)
    headings: list[Heading] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    shortened: bool = False
    _length: int = 0
    _named: int = 0

    def heading(self, level: int, text: str, anchor: str) -> None:
        """Note a heading for the table of contents."""
        words = without_emails(" ".join(text.split()))
        self.headings.append(Heading(level, words, anchor))

    def title(self, text: str, kind: str) -> Html:
        """A heading of a part of the page, noted for the table of contents."""
        anchor = self.ids.give("reference" if kind == text else kind, text.lower())
        self.heading(2, text, anchor)
        return markup('<h2 id="{}">{}</h2>', quoted(anchor), text)

    def say(self, *words: str) -> None:
        """Let the page be found by these words."""
        self.words += [word for word in words if word]

    def bounded(self, things: Sequence[T], view: View[T]) -> Html:
        """The things one after the other: in full while there is room, then in brief.

        Whatever is left out, a note says so and leads to the raw file.
        """
        named = things[: max(0, MAX_NAMED - self._named)]
        self._named += len(named)
        rows = [self._row(thing, view) for thing in named]
        if more := len(things) - len(named):
            self.shortened = True
            rows.append(
                markup('<p class="note">{} more are in {}.</p>', f"{more:,}", self.raw_link)
            )
        return joined(rows)

    def _row(self, thing: T, view: View[T]) -> Html:
        anchor = view.note(thing)
        html = view.full(thing, anchor) if self._length < MAX_HTML else NOTHING
        if not html or len(html) > MAX_PART:
            self.shortened = True
            html = view.brief(thing, anchor)
        self._length += len(html)
        return html

    @property
    def text(self) -> str:
        """What search indexes: each thing once."""
        return without_emails("\n".join(dict.fromkeys(self.words)))

    @property
    def raw_link(self) -> Html:
        """A link to the file as it was written."""
        address = quoted(self.place.raw(self.place.path))
        return markup('<a class="raw-link" href="{}">the raw file</a>', address)


def web_link(address: str, words: str = "") -> Html:
    """A link to an address of the web; mere words when it is not one."""
    words = words or address
    if not _WEB.fullmatch(address):
        return markup("{}", words)
    if has_email(address):
        return markup('<a class="email" href="{}">{}</a>', quoted(address), "link")
    return markup('<a href="{}" rel="nofollow noopener">{}</a>', quoted(address), unlinked(words))


def docs_link(docs: ExternalDocs | None) -> Html:
    """A link to further documentation."""
    if not docs:
        return NOTHING
    return markup('<p class="docs">More: {}</p>', web_link(docs.url, docs.description))


def part(title: Html, *pieces: Html) -> Html:
    """A part of the page below its heading."""
    return markup('<section class="reference-part">{}{}</section>', title, joined(pieces))
