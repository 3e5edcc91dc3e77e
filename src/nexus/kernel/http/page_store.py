"""Where rendered pages wait to be served again: bounded, least recently used first out."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace

from nexus.kernel.http.answers import (
    BROTLI,
    GZIP,
    IDENTITY,
    Answer,
    Finishing,
    encoded,
    is_compressible,
    is_known,
    name_of,
    not_modified,
    preferred_encoding,
    tag_in,
    with_headers,
)
from nexus.kernel.http.asgi import header


@dataclass(frozen=True, slots=True)
class Page:
    """A public page in the encodings that were asked for, and the 304 for each that there may be.

    All headers are prepared. ``generation`` is the one that held *before* the page was rendered.
    """

    generation: int
    name: bytes
    whole: dict[bytes, Answer]
    known: dict[bytes, Answer]
    how: Finishing

    def has(self, *, if_none_match: bytes | None, accept_encoding: bytes) -> bool:
        """Whether the answer for a client needs no more than to be sent."""
        encoding = self._encoding(accept_encoding)
        return encoding in self.whole or is_known(if_none_match, self.name)

    def answer(self, *, if_none_match: bytes | None, accept_encoding: bytes) -> Answer:
        """The answer for one client, for whom the page is ready."""
        encoding = self._encoding(accept_encoding)
        answers = self.known if is_known(if_none_match, self.name) else self.whole
        return answers[encoding]

    def ready_for(self, *, if_none_match: bytes | None, accept_encoding: bytes) -> "Page":
        """The page with the answer for a client in it; compressing a long one takes a while."""
        if self.has(if_none_match=if_none_match, accept_encoding=accept_encoding):
            return self
        encoding = self._encoding(accept_encoding)
        made = encoded(self.whole[IDENTITY], encoding, self.how)
        return replace(self, whole={**self.whole, encoding: made})

    def _encoding(self, accept: bytes) -> bytes:
        """The best that a client takes and that helps this page."""
        encoding = preferred_encoding(accept)
        return encoding if encoding in self.known else IDENTITY

    @property
    def size(self) -> int:
        """Bytes of memory, near enough."""
        return 2048 + sum(len(answer.body) for answer in self.whole.values())


def make_page(answer: Answer, *, generation: int, how: Finishing) -> Page:
    """Prepare ``answer``, a whole unencoded one, for every client to come."""
    name = header(answer.headers, b"etag") or name_of(answer.body)
    length = str(len(answer.body)).encode()
    named = with_headers(answer, {b"etag": name, b"content-length": length})
    encodings = (IDENTITY, BROTLI, GZIP) if is_compressible(answer, how) else (IDENTITY,)
    plain = encoded(named, IDENTITY, how) if len(encodings) > 1 else named
    known = {encoding: not_modified(named, tag_in(name, encoding)) for encoding in encodings}
    return Page(generation=generation, name=name, whole={IDENTITY: plain}, known=known, how=how)


class PageStore:
    """Pages by key, at most ``size`` bytes of them, and keys known not to be storable.

    Pages with a query have a quarter of the room to themselves: whoever asks for
    ``?x=1``, ``?x=2`` … throws out only such pages. Used by one thread.
    """

    _MOST_REFUSED = 4096

    def __init__(self, size: int) -> None:
        self._plain = _Shelf(size - size // 4)
        self._queried = _Shelf(size // 4)
        self._refused: OrderedDict[Hashable, int] = OrderedDict()

    @property
    def largest(self) -> int:
        """The largest page worth storing."""
        return self._queried.room // 4

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._plain.used + self._queried.used

    def get(self, key: Hashable, *, queried: bool, generation: int) -> Page | None:
        """The page under ``key`` if it is of ``generation``; one that is not is forgotten."""
        shelf = self._queried if queried else self._plain
        page = shelf.get(key)
        if page is not None and page.generation != generation:
            shelf.drop(key)
            return None
        return page

    def put(self, key: Hashable, page: Page, *, queried: bool) -> None:
        """Keep ``page``, and lose what was not asked for the longest time if room is short."""
        (self._queried if queried else self._plain).put(key, page)

    def exchange(self, key: Hashable, page: Page, ready: Page, *, queried: bool) -> None:
        """Keep ``ready`` in the place of ``page``, if that is still kept."""
        shelf = self._queried if queried else self._plain
        if shelf.get(key) is page:
            shelf.put(key, ready)

    def refuse(self, key: Hashable, *, generation: int) -> None:
        """Remember that what is under ``key`` cannot be stored in this generation."""
        self._refused[key] = generation
        if len(self._refused) > self._MOST_REFUSED:
            self._refused.popitem(last=False)

    def is_refused(self, key: Hashable, *, generation: int) -> bool:
        """Whether waiting for somebody else's rendering of ``key`` would be in vain."""
        return self._refused.get(key) == generation


class _Shelf:
    """Pages in the order in which they were last asked for."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.used = 0
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()

    def get(self, key: Hashable) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            self._pages.move_to_end(key)
        return page

    def drop(self, key: Hashable) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.used -= page.size

    def put(self, key: Hashable, page: Page) -> None:
        self.drop(key)
        self._pages[key] = page
        self.used += page.size
        while self.used > self.room:
            _, oldest = self._pages.popitem(last=False)
            self.used -= oldest.size
