"""What a push brought that whoever pushed should know at once: secrets, and where they are.

The commits are taken all the same (decision 0021): what was pushed is known by then, and what
helps is to make it worthless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from nexus.repositories.git.commits import read_commit, said_in
from nexus.repositories.git.limits import MIB
from nexus.repositories.git.pushes import Update
from nexus.repositories.git.reachable import commits_of
from nexus.repositories.git.reading import Change, Reader
from nexus.repositories.git.troubles import GitProgramError, StoreMissing
from nexus.repositories.inspectors import Spotted, spotted_in

#: More than that nobody pushes by hand; the report of the repository has all.
MOST_FILES = 300
MOST_COMMITS = 300
MOST_FILE_BYTES = MIB
MOST_BYTES = 5 * MIB
#: So many places are named; who has more than these looks into the report.
MOST_TOLD = 5
_LONGEST_PATH = 44


def warnings_of(store: Path, update: Update, *, address: str) -> tuple[str, ...]:
    """Lines for the terminal about secrets in what moved a branch or a tag: files and messages.

    ``address`` is that of the repository's pages. Nothing when there are none.
    """
    with Reader(store) as reader:
        looks = (_in_name(update), _in_messages(reader, store, update), _in_files(reader, update))
        found = list(islice(chain.from_iterable(looks), MOST_TOLD + 1))
    if not found:
        return ()
    places = [f"  {_place(path, one)}" for path, one in found[:MOST_TOLD]]
    more = ["  and more"] if len(found) > MOST_TOLD else []
    return (
        "",
        "There seems to be a secret in what you pushed:",
        *places,
        *more,
        "Its pages show a mask instead, and only you can clone until it is out of the history.",
        "1. Make it worthless: change the password, revoke the token, make a new key.",
        "2. Take it out, also of the history, then git push --force. How, and if it is none:",
        f"  {address}-/report",
        "",
    )


def _in_files(reader: Reader, update: Update) -> Iterator[tuple[str, Spotted]]:
    """The secrets of the files that changed, as far as they can be looked through at once."""
    left = MOST_BYTES
    changed = (change for change in _changes(reader, update) if change.oid)
    for change in islice(changed, MOST_FILES):
        limit = min(MOST_FILE_BYTES, left)
        data = reader.read(change.oid, limit=limit) if change.oid and limit > 0 else None
        left -= len(data or b"")
        yield from ((change.path, one) for one in spotted_in(change.path, data or b""))


def _changes(reader: Reader, update: Update) -> list[Change]:
    """What changed in the files; nothing where an annotated tag is made: its commits have them."""
    try:
        return reader.changes(update.old or None, update.new)
    except (StoreMissing, GitProgramError):
        return []  # the run that publishes it says what is wrong


def _in_messages(reader: Reader, store: Path, update: Update) -> Iterator[tuple[str, Spotted]]:
    """The same of what the commits say, and the tag."""
    left = MOST_BYTES
    for oid in dict.fromkeys([update.new, *_commits(reader, store, update)]):
        raw = reader.said(oid, limit=min(MOST_FILE_BYTES, left)) or b""
        left -= len(raw)
        said, short = said_in(raw), oid[:12]
        yield from ((f"message of {short}", one) for one in _in_text(said.message))
        yield from ((f"a name in {short}", Spotted(0, one.what)) for one in _in_text(said.names))


def _commits(reader: Reader, store: Path, update: Update) -> list[str]:
    """The newest of the commits that came; the usual single one without a run of Git."""
    raw = reader.said(update.new, limit=MOST_FILE_BYTES)
    if raw and read_commit(update.new, raw).parents == (update.old,):
        return []
    return commits_of(store, update.new, but=update.old, at_most=MOST_COMMITS)


def _in_name(update: Update) -> Iterator[tuple[str, Spotted]]:
    yield from (("the name", Spotted(0, one.what)) for one in _in_text(update.ref))


def _in_text(text: str) -> Iterable[Spotted]:
    return spotted_in("", text.encode(errors="replace"))


def _place(path: str, one: Spotted) -> str:
    """Where it is, short enough for a line: the end of a long path says more."""
    short = path if len(path) <= _LONGEST_PATH else f"…{path[-_LONGEST_PATH:]}"
    return f"{short}, line {one.line}: {one.what}" if one.line else f"{short}: {one.what}"
