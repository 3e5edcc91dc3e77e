"""Reads of text files as they are to be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus.kernel.errors import NotFound
from nexus.library.composing import MAX_TEXT
from nexus.library.extraction.decoding import decode
from nexus.repositories.git.reading import Reader
from nexus.repositories.limits import store_of

if TYPE_CHECKING:
    from nexus.repositories.models import Repository


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file of a commit: its Git object, its text with line feeds, and how lines end."""

    path: str
    commit: str
    oid: str
    text: str
    line_end: str = "\n"

    def written(self, text: str) -> bytes:
        """The bytes of another text for the same file: its lines end as they did."""
        return text.replace("\n", self.line_end).encode()


def newest_commit(repository: Repository) -> str:
    """The newest commit of the branch that is shown; empty when there is none."""
    with Reader(store_of(repository.pk)) as reader:
        return reader.head() or ""


def text_file(repository: Repository, path: str, commit: str) -> TextFile | None:
    """The text file at ``path`` in a commit; None when there is none, or it is too large."""
    if not commit or not _is_storable(path):
        return None
    with Reader(store_of(repository.pk)) as reader:
        file = reader.entry_at(commit, path)
        if file is None or file.kind != "file":
            return None
        data = reader.read(file.oid, limit=MAX_TEXT)
    return _read(data, path=path, commit=commit, oid=file.oid)


def text_of(repository: Repository, oid: str, path: str) -> str | None:
    """The text of a Git object; None when it is none, or there is no such object."""
    with Reader(store_of(repository.pk)) as reader:
        data = reader.read(oid, limit=MAX_TEXT)
    file = _read(data, path=path, commit="", oid=oid)
    return None if file is None else file.text


def needed(file: TextFile | None) -> TextFile:
    """The file; raises ``NotFound`` when there is none."""
    if file is None:
        raise NotFound("path-unknown", "There is no text file of this name to change.")
    return file


def _read(data: bytes | None, *, path: str, commit: str, oid: str) -> TextFile | None:
    if data is None or (decoded := decode(data, path=path)).is_binary:
        return None
    ends = data.count(b"\n")
    is_crlf = ends > 0 and data.count(b"\r\n") == ends
    return TextFile(path, commit, oid, decoded.text, "\r\n" if is_crlf else "\n")


def _is_storable(path: str) -> bool:
    """Git takes names that are no text; no form and no database does."""
    return path.encode("utf-8", "ignore").decode() == path
