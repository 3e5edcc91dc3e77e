"""Writing a commit into a store of the hub's own: what somebody wrote on a page."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pygit2
from pygit2.enums import FileMode, RepositoryOpenFlag

from nexus.kernel.errors import Conflict, Invalid
from nexus.repositories.git.limits import MIB
from nexus.repositories.git.own_names import is_gits_own
from nexus.repositories.git.paths import raw_names
from nexus.repositories.git.stores import BRANCHES, head_branch, locked
from nexus.repositories.git.troubles import StoreBusy

MAX_FILE_BYTES = 5 * MIB
_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Author:
    """Who a commit is by, as Git writes it."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a commit shall change: files by their path; None removes one.

    ``expected`` tells for some of them the object that whoever wrote this had before them
    (empty: there was no such file). It is how nothing of somebody else's is overwritten.
    ``committer`` is who puts it there, if not the author.

    ``before`` is called before anything is written, while nobody else writes to the store; when it
    raises, nothing is.

    ``moving`` is entered with the commit's id right before the branch names it, and left right
    after; when it raises, the branch stays. Nobody else writes to the store meanwhile.
    """

    files: Mapping[str, bytes | None]
    message: str
    author: Author
    expected: Mapping[str, str]
    committer: Author | None = None
    before: Callable[[], None] = lambda: None
    moving: Callable[[str], AbstractContextManager[object]] = nullcontext


def commit(store: Path, change: Change) -> str:
    """Put a commit on the default branch of ``store``; returns its id.

    A change that changes nothing makes no commit and returns the one that is there.

    Raises:
        Conflict: a file is not what ``change.expected`` says (``file-changed``).
        Invalid: a path cannot be one (``path-unsafe``), or a file is too large.
        StoreBusy: somebody else has been writing for too long.
    """
    _check(change.files)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with locked(store):
                change.before()
                return _commit(store, change)
        except StoreBusy:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _check(files: Mapping[str, bytes | None]) -> None:
    for path, data in files.items():
        names = raw_names(path)
        if not names or any(map(is_gits_own, names)):
            raise Invalid(
                "path-unsafe",
                f"A file cannot be called “{path}”.",
                remedy="Use letters, digits, dashes and dots, and a slash between folders.",
            )
        if data is not None and len(data) > MAX_FILE_BYTES:
            raise Invalid(
                "file-too-large",
                f"“{path}” is larger than {MAX_FILE_BYTES // MIB} MB.",
                remedy="Make it smaller, or keep it elsewhere and link to it.",
            )


def _commit(store: Path, change: Change) -> str:
    flags = RepositoryOpenFlag.BARE | RepositoryOpenFlag.NO_SEARCH
    repository = pygit2.Repository(str(store), flags)
    reference = BRANCHES + head_branch(store)
    parent = repository.references.get(reference)
    before = repository[parent.target] if parent is not None else None
    index = pygit2.Index()
    if before is not None:
        index.read_tree(before.peel(pygit2.Tree))
    _check_expected(index, change)
    _apply(repository, index, change.files)
    tree = index.write_tree(repository)
    if before is not None and before.peel(pygit2.Tree).id == tree:
        with change.moving(str(before.id)):
            return str(before.id)
    parents = [before.id] if before is not None else []
    author, committer = map(_signature, (change.author, change.committer or change.author))
    made = repository.create_commit(None, author, committer, change.message, tree, parents)
    with change.moving(str(made)):
        repository.references.create(reference, made, force=True)
    return str(made)


def _signature(who: Author) -> pygit2.Signature:
    return pygit2.Signature(who.name or "Somebody", who.email)


def _check_expected(index: pygit2.Index, change: Change) -> None:
    for path, oid in change.expected.items():
        if _object_at(index, path) != oid:
            raise Conflict(
                "file-changed",
                f"“{path}” was changed by somebody else in the meantime.",
                remedy="Look at what it is now, and put your change into that.",
            )


def _object_at(index: pygit2.Index, path: str) -> str:
    try:
        return str(index[path].id)
    except KeyError:
        return ""


def _apply(
    repository: pygit2.Repository, index: pygit2.Index, files: Mapping[str, bytes | None]
) -> None:
    for path, data in files.items():
        if data is None and _object_at(index, path):
            index.remove(path)
    for path, data in files.items():
        if data is not None:
            _check_free(index, path)
            blob = repository.create_blob(data)
            index.add(pygit2.IndexEntry(path, blob, _mode_at(index, path)))


def _mode_at(index: pygit2.Index, path: str) -> FileMode:
    """A program stays one when its text is changed."""
    is_program = path in index and index[path].mode == FileMode.BLOB_EXECUTABLE
    return FileMode.BLOB_EXECUTABLE if is_program else FileMode.BLOB


def _check_free(index: pygit2.Index, path: str) -> None:
    """A file in a folder's place would take all that lies in it; the reverse likewise."""
    parts = path.split("/")
    above = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
    inside = any(entry.path.startswith(f"{path}/") for entry in index)
    if inside or any(_object_at(index, folder) for folder in above):
        raise Conflict(
            "path-taken",
            f"“{path}” cannot be a file: there is a file or a folder in its way.",
            remedy="Choose another name.",
        )
