"""Writing the index: changes and the cursor in one commit, or a whole new generation."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import tantivy

from nexus.search.damage import IndexDamaged, damage_as_error
from nexus.search.documents import Change, LeftOut
from nexus.search.laying_out import LaidOut, left_out
from nexus.search.laying_out_many import Layers
from nexus.search.omissions import Omissions
from nexus.search.reader import open_index
from nexus.search.schema import (
    CURSOR,
    MARKER,
    Laid,
    build_schema,
    cursor_entry,
    entry_of,
    key_term,
    left_out_entry,
    register_tokenizers,
)
from nexus.search.storage import Storage, is_intact

#: Bytes that tantivy may fill before it writes a segment: some 60,000 short documents. It takes
#: them as it fills them, and each segment costs every question.
_HEAP = 128_000_000

#: A first build shows what it has so far after so many documents, and again when there are
#: so many times more. Every showing ends a segment.
_FIRST_SHOWN, _NEXT_SHOWN = 1_000, 8


class IndexWriter:
    """The one writer of the index in ``storage``. The caller holds the writer's lock.

    Many documents are laid out by so many ``workers``, until ``dismiss`` is called.
    """

    def __init__(self, storage: Storage, *, workers: int = 0) -> None:
        self._storage = storage
        self._layers = Layers(workers)
        self._writer: tantivy.IndexWriter | None = None
        self._generation: Path | None = None

    def is_usable(self) -> bool:
        """Whether the current generation can be written on; its files are checked once."""
        current = self._storage.current()
        if current is None or not (current / "meta.json").exists():
            return False
        if current == self._generation:
            return True
        self.close()
        if not is_intact(current):
            return False
        self._generation = current
        return True

    def apply(self, changes: Iterable[Change], *, cursor: int) -> None:
        """Commit ``changes`` and ``cursor`` together; after any error nothing of it remains.

        Raises IndexDamaged when the files cannot be written on.
        """
        writer, omissions = self._open(), Omissions()
        try:
            for change in self._layers.lay_out(changes):
                _put(writer, change, omissions)
            _commit(writer, cursor)
        except BaseException:
            self._undo()
            raise
        omissions.say()

    def rebuild(self, documents: Iterable[Change], *, cursor: int) -> None:
        """Build a new generation of ``documents`` and make it current.

        The old one is served meanwhile; when none can be read, the new one is served while
        it grows. A rebuild that does not end leaves no cursor behind, and is begun anew.
        """
        serve_at_once = not self.is_usable()
        self.close()
        generation = self._storage.new_generation()
        if serve_at_once:
            _create(generation)
            self._storage.make_current(generation)
        # What an earlier rebuild that failed or was killed has left behind goes first.
        self._storage.remove_all_but(generation, self._storage.current())
        with damage_as_error():
            self._writer = _create(generation).writer(_HEAP, 1)
        laid_out = self._layers.lay_out(documents)
        _fill(self._writer, laid_out, cursor=cursor, shown=serve_at_once)
        self._storage.make_current(generation)
        self._storage.remove_all_but(generation)
        self._generation = generation

    def close(self) -> None:
        """Let go of the files; what is not committed is dropped, and so are running merges."""
        self._undo()
        writer, self._writer, self._generation = self._writer, None, None
        if writer is not None:
            # Without this tantivy's lock lives as long as any reference to the writer,
            # and tracebacks hold such references.
            with suppress(IndexDamaged), damage_as_error():
                writer.wait_merging_threads()

    def dismiss(self) -> None:
        """End the processes that helped; they are started again when there is much to do."""
        self._layers.close()

    def _undo(self) -> None:
        if self._writer is not None:
            with suppress(IndexDamaged), damage_as_error():
                self._writer.rollback()

    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            if self._generation is None:
                raise IndexDamaged("there is no generation to write on")
            with damage_as_error():
                self._writer = open_index(self._generation).writer(_HEAP, 1)
        return self._writer


def _fill(
    writer: tantivy.IndexWriter, documents: Iterable[LaidOut], *, cursor: int, shown: bool
) -> None:
    """Commit ``documents``; with ``shown`` also what there is of them so far, now and then.

    Merges go on while the next changes are written: whoever waits for them here makes every
    change wait that comes after a first build.
    """
    next_shown, omissions = _FIRST_SHOWN, Omissions()
    for number, document in enumerate(documents, start=1):
        _put(writer, document, omissions)
        if shown and number == next_shown:
            _show(writer)
            next_shown *= _NEXT_SHOWN
    _commit(writer, cursor)
    omissions.say()


def _create(generation: Path) -> tantivy.Index:
    index = tantivy.Index(build_schema(), str(generation))
    register_tokenizers(index)
    return index


def _put(writer: tantivy.IndexWriter, change: LaidOut, omissions: Omissions) -> None:
    """Replace or remove one document. One that the index does not take never stops the rest."""
    entry: tantivy.Document | None = None
    if isinstance(change, Laid):
        try:
            entry = entry_of(change)
        except Exception as error:  # noqa: BLE001 - see above
            change = left_out(change.key, error)
    if isinstance(change, LeftOut):
        omissions.note(change)
        entry = left_out_entry(change.key)
    with damage_as_error():
        writer.delete_documents_by_term("key", key_term(change.key))
        if entry is not None:
            writer.add_document(entry)


def _show(writer: tantivy.IndexWriter) -> None:
    with damage_as_error():
        writer.commit()


def _commit(writer: tantivy.IndexWriter, cursor: int) -> None:
    with damage_as_error():
        writer.delete_documents_by_term(MARKER, CURSOR)
        writer.add_document(cursor_entry(cursor))
        writer.commit()
