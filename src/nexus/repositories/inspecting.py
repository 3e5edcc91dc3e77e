"""What a push brought that whoever pushed should know at once: secrets, with file and line.

The commits are taken all the same (decision 0021): what was pushed is known by then, and what
helps is to make it worthless.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from nexus.repositories.git.limits import MIB
from nexus.repositories.git.reading import Reader
from nexus.repositories.git.troubles import GitProgramError, StoreMissing
from nexus.repositories.inspectors import Spotted, spotted_in

#: More than that nobody pushes by hand; the report of the repository has all.
MOST_FILES = 300
MOST_FILE_BYTES = MIB
MOST_BYTES = 5 * MIB
#: So many places are named; who has more than these looks into the report.
MOST_TOLD = 5
_LONGEST_PATH = 44


def warnings_of(store: Path, *, old: str, new: str, address: str) -> tuple[str, ...]:
    """Lines for the terminal about secrets in the files that changed from ``old`` to ``new``.

    ``address`` is that of the repository's pages. Nothing when there are none.
    """
    try:
        with Reader(store) as reader:
            found = list(islice(_secrets(reader, old, new), MOST_TOLD + 1))
    except (StoreMissing, GitProgramError):
        return ()  # the run that publishes it says what is wrong
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
        "2. Take it out of the file and of the history, then git push --force. How, and if it is",
        "   none:",
        f"  {address}-/report",
        "",
    )


def _secrets(reader: Reader, old: str, new: str) -> Iterator[tuple[str, Spotted]]:
    """The secrets of the files that changed, as far as they can be looked through at once."""
    left = MOST_BYTES
    changed = (change for change in reader.changes(old or None, new) if change.oid)
    for change in islice(changed, MOST_FILES):
        limit = min(MOST_FILE_BYTES, left)
        data = reader.read(change.oid, limit=limit) if change.oid and limit > 0 else None
        left -= len(data or b"")
        yield from ((change.path, one) for one in spotted_in(change.path, data or b""))


def _place(path: str, one: Spotted) -> str:
    """Where it is, short enough for a line: the end of a long path says more."""
    short = path if len(path) <= _LONGEST_PATH else f"…{path[-_LONGEST_PATH:]}"
    return f"{short}, line {one.line}: {one.what}" if one.line else f"{short}: {one.what}"
