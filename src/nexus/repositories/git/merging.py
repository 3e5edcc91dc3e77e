"""Three-way merges of texts, by Git itself: ``git merge-file``."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from nexus.repositories.git.program import Command, stream
from nexus.repositories.git.troubles import GitProgramError

#: Git ends with the number of places that clash, 127 for more; with more than that on an error.
_MOST_CLASHES = 127
_MARKS = ("<<<<<<<", "=======", ">>>>>>>")


@dataclass(frozen=True, slots=True)
class Names:
    """How the marks around a clash call the two sides."""

    ours: str
    theirs: str

    def marks(self) -> tuple[str, str]:
        """The lines that begin and end each clash."""
        return f"{_MARKS[0]} {self.ours}", f"{_MARKS[2]} {self.theirs}"


@dataclass(frozen=True, slots=True)
class Merged:
    """Two changes of one text in one; where they clash, both sides stand between marks."""

    text: str
    is_clean: bool


def merge(*, base: str, ours: str, theirs: str, names: Names) -> Merged:
    """What ``base`` is with the changes of both ``ours`` and ``theirs``.

    Raises ``GitProgramError`` for what is no text (it holds a zero byte).
    """
    sides = {"ours": ours, "base": base, "theirs": theirs}
    with tempfile.TemporaryDirectory(prefix="nexus-merge-") as folder:
        files = [Path(folder, name) for name in sides]
        for file, text in zip(files, sides.values(), strict=True):
            file.write_bytes(text.encode())
        labels = [part for name in (names.ours, "before", names.theirs) for part in ("-L", name)]
        return _run(Command(arguments=["merge-file", "-p", "-q", *labels, *files]))


def _run(command: Command) -> Merged:
    pieces: list[bytes] = []
    is_clean = True
    try:
        pieces.extend(stream(command))
    except GitProgramError as error:
        if not 0 < error.returncode <= _MOST_CLASHES:
            raise
        is_clean = False
    return Merged(b"".join(pieces).decode(), is_clean)


def has_marks(text: str, names: Names) -> bool:
    """Whether a clash is left in a text."""
    first, last = names.marks()
    return any(line in (first, last) for line in text.split("\n"))
