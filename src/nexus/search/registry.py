"""How the rest of the hub meets search: sources of documents, and the log of events.

``search`` knows no domain. An app that has something to find registers a ``Source``;
the event log is handed in as anything that fits ``EventLog``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from nexus.search.documents import Change, Removal


class LoggedEvent(NamedTuple):
    """One event of the log. Numbers rise in commit order; gaps are allowed."""

    number: int
    type: str
    payload: Mapping[str, Any]


class EventLog(Protocol):
    """The hub's log of events, as far as search needs it."""

    def last_number(self) -> int:
        """The number of the newest event; 0 when there is none."""
        ...

    def after(self, number: int, limit: int) -> Sequence[tuple[int, str, Mapping[str, Any]]]:
        """At most ``limit`` events with a greater number, in order."""
        ...


class Touched(NamedTuple):
    """A document that may have changed: the name of its source, and its key."""

    source: str
    key: str


class Source(Protocol):
    """What of one app can be found."""

    name: str

    def affected(self, event: LoggedEvent) -> Iterable[str]:
        """The keys of the documents that ``event`` may have changed.

        They may be very many, as when a person gets another handle: search takes them up
        in slices, and what events of few keys have changed meanwhile goes before them.
        """
        ...

    def documents(self, keys: Collection[str]) -> Iterable[Change]:
        """The present state of ``keys``. A key that is not answered is removed.

        What cannot be read is answered by ``LeftOut``; an error makes search ask again later,
        and all that comes after it waits.
        """
        ...

    def all_documents(self) -> Iterator[Change]:
        """Every document of this source, streamed: this is what a rebuild reads.

        As with ``documents``, what cannot be read must not raise.
        """
        ...


class SourceRegistry:
    """The sources of the hub, by name."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}

    def register(self, source: Source) -> None:
        """Add ``source``; a second one of the same name is a programming error."""
        if source.name in self._sources:
            raise ValueError(f"a search source called {source.name!r} is already registered")
        self._sources[source.name] = source

    def touched_by(self, event: LoggedEvent) -> Iterator[Touched]:
        """What ``event`` may have changed, of every source."""
        for name, source in self._sources.items():
            for key in source.affected(event):
                yield Touched(name, key)

    def documents(self, touched: Iterable[Touched]) -> Iterator[Change]:
        """The present state of what was touched, each key once."""
        keys: dict[str, set[str]] = {}
        for source, key in touched:
            keys.setdefault(source, set()).add(key)
        for source, asked in keys.items():
            yield from _answered(self._sources[source], asked)

    def all_documents(self) -> Iterator[Change]:
        """Every document of every source."""
        for source in self._sources.values():
            yield from source.all_documents()


def _answered(source: Source, keys: set[str]) -> Iterator[Change]:
    silent = set(keys)
    for answer in source.documents(keys):
        silent.discard(answer.key)
        yield answer
    for key in silent:
        yield Removal(key)


#: The hub's sources; every app registers its own when it is ready.
registry = SourceRegistry()
