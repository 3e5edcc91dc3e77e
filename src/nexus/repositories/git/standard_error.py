"""What Git says on standard error: progress for people who wait, and reasons for failures."""

import re

from nexus.repositories.git.progress import Work, parse_progress

_KEPT = 64 * 1024
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\u00a1-\uffff]")


class StandardError:
    """What Git says on standard error: progress, and the reason why it failed."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._kept = bytearray()
        self._line = b""

    def hear(self, data: bytes) -> None:
        """Take in some bytes. The end is kept; lines of progress are passed on."""
        self._kept += data
        del self._kept[:-_KEPT]
        *lines, rest = re.split(rb"[\r\n]", self._line + data)
        self._line = rest[-_KEPT:]
        for line in lines:
            progress = parse_progress(line.decode("utf-8", "replace"))
            if progress:
                self._work.on_progress(progress)

    def text(self) -> str:
        """The lines kept, without progress, and without what could play tricks on a terminal."""
        lines = re.split(r"[\r\n]+", self._kept.decode("utf-8", "replace"))
        told = (line for line in lines if line.strip() and not parse_progress(line))
        return "\n".join(_UNPRINTABLE.sub(" ", line).rstrip() for line in told)
