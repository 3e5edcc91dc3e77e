"""A hub small enough for tests: a dictionary of documents, and a log that says what changed."""

import itertools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nexus.search.documents import Change, LeftOut, Removal, SearchDocument
from nexus.search.engine import SearchEngine
from nexus.search.registry import LoggedEvent, SourceRegistry
from nexus.search.results import SearchRequest, SearchResults

EVERYONE = frozenset({"public"})
MOMENT = datetime(2026, 5, 1, 12, tzinfo=UTC)

_numbers = itertools.count(1)


def document(key: str = "", **values: Any) -> SearchDocument:
    """A document with ordinary values for all that is not given."""
    key = key or f"entry:{next(_numbers)}"
    given = {"kind": "document", "title": key, "address": f"/{key}", "audience": "public"}
    return SearchDocument(key=key, **{**given, "updated_at": MOMENT, **values})


@dataclass
class SmallHub:
    """The source of truth, its event log and its one source of search documents."""

    name: str = "small"
    truth: dict[str, SearchDocument] = field(default_factory=dict)
    events: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    broken: bool = False
    lost: set[str] = field(default_factory=set)

    def put(self, *documents: SearchDocument) -> None:
        for each in documents:
            self.truth[each.key] = each
        self._log([each.key for each in documents])

    def remove(self, *keys: str) -> None:
        for key in keys:
            self.truth.pop(key, None)
        self._log(list(keys))

    def _log(self, keys: list[str]) -> None:
        self.events.append((self.last_number() + 1, "changed", {"keys": keys}))

    # The event log.

    def last_number(self) -> int:
        return self.events[-1][0] if self.events else 0

    def after(self, number: int, limit: int) -> list[tuple[int, str, dict[str, Any]]]:
        return [event for event in self.events if event[0] > number][:limit]

    # The source.

    def affected(self, event: LoggedEvent) -> Iterable[str]:
        return list(event.payload["keys"])

    def documents(self, keys: Collection[str]) -> Iterable[Change]:
        if self.broken:
            raise RuntimeError("the database does not answer")
        return [self._present(key) for key in keys]

    def all_documents(self) -> Iterator[Change]:
        if self.broken:
            raise RuntimeError("the database does not answer")
        yield from map(self._present, list(self.truth))

    def _present(self, key: str) -> Change:
        if key in self.lost:
            return LeftOut(key, "its shelf is locked")
        return self.truth.get(key) or Removal(key)

    def engine(self, directory: Path, **values: Any) -> SearchEngine:
        sources = SourceRegistry()
        sources.register(self)
        return SearchEngine(directory, log=self, sources=sources, **values)


def ask(engine: SearchEngine, words: str = "", **values: Any) -> SearchResults:
    """Search as someone who sees what is public."""
    return engine.search(SearchRequest(words=words, **{"audiences": EVERYONE, **values}))


def keys(results: SearchResults) -> list[str]:
    """The keys of the hits, best first."""
    return [hit.key for hit in results.hits]
