"""Reading the index: always the newest commit of the current generation.

Writers may be in this process or in another; the reader notices by looking at two small
files, which costs microseconds, so it does so at every question.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import log2
from pathlib import Path
from typing import Any, NamedTuple, cast

import tantivy

from nexus.search.damage import IndexDamaged, damage_as_error
from nexus.search.keeping import Kept
from nexus.search.schema import CURSOR, LEFT_OUT, MARKER, register_tokenizers
from nexus.search.stemming import DEFAULT_LANGUAGE
from nexus.search.storage import Storage
from nexus.search.terms import Terms

#: The inode and time of change of the pointer and of the commit it leads to.
Stamp = tuple[int, int, int, int]

#: Past this many audiences it is not worth knowing whether a reader holds them all.
_MANY_AUDIENCES = 10_000

#: Questions whose counts are kept: some 10 KB each.
_COUNTS_KEPT = 300

#: Counts beside filters by facet: (value, documents), most first.
Counts = dict[str, list[tuple[str, int]]]


class Counted(NamedTuple):
    """How many documents answer a question, and how many of them have each value."""

    total: int
    by_value: Counts


@dataclass(frozen=True)
class Snapshot:
    """The index at one commit. It stays readable whatever happens to the files.

    ``generation`` is the directory it was read from. ``cursor`` is the number of the last
    event that changed it; None while a first build is under way. ``languages`` are those of its
    documents, ``audiences`` how many documents each audience has (None: too many to list),
    ``left_out`` how many things could not be read. ``entries`` is how many entries tantivy
    reckons with, replaced ones included that still take room (0: not known). ``counts`` are
    those counted already, by what was asked and by whom.
    """

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    generation: Path
    cursor: int | None
    languages: tuple[str, ...]
    audiences: Mapping[str, int] | None
    left_out: int
    entries: int
    counts: Kept[Counted] = field(default_factory=lambda: Kept(_COUNTS_KEPT))

    @property
    def documents(self) -> int:
        """How many documents there are, hidden ones included."""
        return self.searcher.num_docs - (self.cursor is not None) - self.left_out

    @cached_property
    def terms(self) -> Terms:
        """What is known of the terms of the fields with words."""
        return Terms(self.searcher)

    @cached_property
    def heaviest(self) -> float:
        """The greatest factor that any document has on its rank (``schema`` says how)."""
        asked = {"most": {"max": {"field": "weight"}}}
        most: float | None = self.searcher.aggregate(tantivy.Query.all_query(), asked)["most"][
            "value"
        ]
        return log2(2 + (most or 0.0))


@dataclass
class IndexReader:
    """The newest readable state of the index in ``storage``."""

    storage: Storage
    _index: tantivy.Index | None = None
    _generation: Path | None = None
    _snapshot: Snapshot | None = None
    _stamp: Stamp | None = None
    _loading: threading.Lock = field(default_factory=threading.Lock)
    _listeners: list[Callable[[], None]] = field(default_factory=list)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever other answers may be given than before.

        It runs in the thread that noticed, between two questions, so it must be quick.
        """
        self._listeners.append(listener)

    def snapshot(self) -> Snapshot | None:
        """The newest commit; the last one read when the files are gone; None before any."""
        stamp = self._look()
        if stamp is not None and stamp != self._stamp:
            with self._loading:
                before = self._snapshot
                self._load(stamp)
                after = self._snapshot
            if _answers_differ(before, after):
                for listener in self._listeners:
                    listener()
        return self._snapshot

    def refresh(self) -> Snapshot | None:
        """Like ``snapshot``, without trusting the clock of the file system."""
        self._stamp = None
        return self.snapshot()

    def _look(self) -> Stamp | None:
        try:
            pointer = (self.storage.directory / "current.json").stat()
            generation = self._generation or self.storage.current()
            if generation is None:
                return None
            return (pointer.st_ino, pointer.st_mtime_ns, *_commit_of(generation))
        except OSError:
            return None

    def _load(self, stamp: Stamp) -> None:
        current = self.storage.current()
        if current is None or stamp == self._stamp:
            return
        try:
            with damage_as_error():
                self._snapshot = self._read(current)
        except IndexDamaged:
            # Its writer will notice too; until then the last good state is served.
            self._index = None
        self._stamp = stamp

    def _read(self, generation: Path) -> Snapshot:
        if self._index is None or generation != self._generation:
            index = open_index(generation)
            self._index, self._generation = index, generation
        self._index.reload()
        return _snapshot(self._index, generation)


def _answers_differ(before: Snapshot | None, after: Snapshot | None) -> bool:
    """Whether more was done to the index than to put its files in order."""
    if before is None or after is None:
        return before is not after
    return (before.generation, before.cursor, before.documents) != (
        after.generation,
        after.cursor,
        after.documents,
    )


def open_index(generation: Path) -> tantivy.Index:
    """The tantivy index in ``generation``, ready to search or write."""
    index = tantivy.Index.open(str(generation))
    # "manual": no thread of its own that polls for commits.
    index.config_reader("manual")
    register_tokenizers(index)
    return index


def count_of(result: tantivy.SearchResult) -> int:
    """How many documents matched. (The attribute is missing from tantivy's type stubs.)"""
    return int(cast("Any", result).count or 0)


def _commit_of(generation: Path) -> tuple[int, int]:
    try:
        commit = (generation / "meta.json").stat()
    except OSError:
        return (0, 0)
    return (commit.st_ino, commit.st_mtime_ns)


def _snapshot(index: tantivy.Index, generation: Path) -> Snapshot:
    searcher = index.searcher()
    found = {language for language, _ in searcher.terms_with_prefix("language", "")}
    audiences = searcher.terms_with_prefix("audience", "", limit=_MANY_AUDIENCES)
    return Snapshot(
        searcher=searcher,
        schema=index.schema,
        generation=generation,
        cursor=_cursor(searcher, index.schema),
        languages=tuple(sorted(found | {DEFAULT_LANGUAGE})),
        audiences=dict(audiences) if len(audiences) < _MANY_AUDIENCES else None,
        left_out=count_of(searcher.search(_marked(index.schema, LEFT_OUT), limit=1)),
        entries=_entries(searcher, audiences),
    )


def _entries(searcher: tantivy.Searcher, audiences: list[tuple[str, int]]) -> int:
    """All entries: each has either an audience or a mark, and replaced ones are still counted."""
    if len(audiences) >= _MANY_AUDIENCES:
        return 0
    marked = searcher.terms_with_prefix(MARKER, "")
    return sum(count for _, count in (*audiences, *marked))


def _cursor(searcher: tantivy.Searcher, schema: tantivy.Schema) -> int | None:
    for _, address in searcher.search(_marked(schema, CURSOR), limit=1, count=False).hits:
        number = searcher.doc(address).get_first("cursor")
        return int(number) if number is not None else None
    return None


def _marked(schema: tantivy.Schema, value: str) -> tantivy.Query:
    return tantivy.Query.term_query(schema, MARKER, value, index_option="basic")
