"""Ready-made HTML set aside while the rest of a document is still a tree.

Code, mathematics, pictures and marked addresses are written as text once and for all. In the
tree a short mark stands for each; after the tree has been written out, the marks are filled in.
"""

import re

# Noncharacters: Unicode reserves them for use inside a program, so no author needs them.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_MARKS = str.maketrans("", "", _OPEN + _CLOSE)


def without_marks(text: str) -> str:
    """``text`` from outside, made unable to hold a mark."""
    return text.translate(_MARKS) if _OPEN in text or _CLOSE in text else text


class Slots:
    """The pieces of HTML of one document."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def put(self, html: str) -> str:
        """Set ``html`` aside; the mark that stands for it."""
        self._pieces.append(html)
        return f"{_OPEN}{len(self._pieces) - 1}{_CLOSE}"

    def fill(self, text: str) -> str:
        """``text`` with each mark replaced by what it stands for."""
        return _MARK.sub(lambda mark: self._pieces[int(mark[1])], text)
