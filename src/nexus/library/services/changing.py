"""Changing a text that somebody else may change at the same time: both changes are kept.

Whoever changes a file says from which object of Git they began. If the file is another by then,
Git merges the two changes. Where they clash, nothing is written: ``Clash`` brings both sides, to
be joined by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus.kernel.errors import Conflict, Invalid
from nexus.library.discretion import discreet_path
from nexus.library.selectors.texts import TextFile, newest_commit, text_file, text_of
from nexus.library.services.writing import publish_files
from nexus.repositories.git.merging import Names, has_marks, merge

if TYPE_CHECKING:
    from nexus.people.models import Person
    from nexus.repositories.git.committing import Author
    from nexus.repositories.models import Repository

#: How the marks around a clash call what is in the repository, and what was sent.
NAMES = Names(ours="as it is now", theirs="as it is wanted")
#: The file may change again while two changes are joined.
_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A text for the file at ``path``, written from the object ``made_from`` (empty: no file)."""

    path: str
    text: str
    made_from: str


@dataclass(frozen=True, slots=True)
class Joined:
    """An edit and the file as it is now in one: ``file`` is None where there is none any more.

    ``text`` has both sides between marks where they clash.
    """

    file: TextFile | None
    text: str
    is_clean: bool


class Clash(Conflict):
    """The file was changed in the same places; ``joined`` has both sides."""

    def __init__(self, joined: Joined) -> None:
        is_gone = joined.file is None
        super().__init__(
            "file-gone" if is_gone else "file-clashes",
            "The file was removed in the meantime."
            if is_gone
            else "Somebody else changed the same lines in the meantime.",
            remedy="Save it to put it there again, or leave it."
            if is_gone
            else "Both are below, between marks. Make one text of them, and save that.",
        )
        self.joined = joined


def tidy(text: str) -> str:
    """What a browser sends as it is kept: with line feeds, and one at the end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"


def join(repository: Repository, edit: Edit) -> Joined:
    """What the file of the newest commit would be with an edit; changes nothing."""
    return join_with(text_file(repository, edit.path, newest_commit(repository)), repository, edit)


def join_with(now: TextFile | None, repository: Repository, edit: Edit) -> Joined:
    """What a file that is ``now`` so would be with an edit."""
    if (now.oid if now else "") == edit.made_from:
        return Joined(now, edit.text, is_clean=True)
    if now is None:
        return Joined(None, edit.text, is_clean=False)
    base = text_of(repository, edit.made_from, edit.path) if edit.made_from else ""
    merged = merge(base=base or "", ours=now.text, theirs=edit.text, names=NAMES)
    return Joined(now, merged.text, merged.is_clean)


def change_text(
    *,
    by: Person,
    repository: Repository,
    edit: Edit,
    message: str = "",
    author: Author | None = None,
    moving: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> str:
    """Commit an edit together with what others changed meanwhile; returns the commit's id.

    Raises ``Clash`` when the same lines were changed or the file is gone, ``Invalid`` when a clash
    is left in the text, and what ``publish_files`` raises. Then nothing is changed.
    """
    refuse_marks(edit.text)
    for _ in range(_TRIES):
        joined = join(repository, edit)
        if not joined.is_clean:
            raise Clash(joined)
        try:
            return publish_files(
                by=by,
                repository=repository,
                files={edit.path: _bytes(joined)},
                message=" ".join(message.split()) or f"Change {discreet_path(edit.path)}",
                expected={edit.path: joined.file.oid if joined.file else ""},
                author=author,
                moving=moving,
            )
        except Conflict as error:
            if error.code != "file-changed":
                raise
    raise Conflict("file-busy", "The file changes all the time.", remedy="Try again in a moment.")


def refuse_marks(text: str) -> None:
    """Raise ``Invalid`` when a clash is left in a text."""
    if has_marks(text, NAMES):
        raise Invalid(
            "clash-left",
            "There are still marks of a clash in the text.",
            remedy="Choose between the two sides, and take out the lines with <<<<<<< and >>>>>>>.",
        )


def _bytes(joined: Joined) -> bytes:
    return joined.file.written(joined.text) if joined.file else joined.text.encode()
