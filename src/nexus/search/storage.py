"""Where an index lies on disk: generations, and a pointer to the current one.

A rebuild fills a directory of its own and becomes current by replacing one small file,
so readers see the old index or the new one, never half of either::

    search/
      writer.lock            held (flock) by the one process that writes
      current.json           {"generation": "…", "schema": 1}
      generation-…/          a tantivy index
        followed             {"from": …, "to": …}: events since its commit that touch nothing in it
"""

import fcntl
import json
import os
import secrets
import shutil
import stat
import zlib
from pathlib import Path
from typing import IO

from nexus.search.schema import SCHEMA_VERSION

#: The end of every tantivy file: JSON, its length, a magic number (tantivy's footer.rs).
_FOOTER_MAGIC = 1337
_CHUNK = 1 << 20
_FOLLOWED = "followed"


class Storage:
    """The directory of one index."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._pointer = directory / "current.json"

    def current(self) -> Path | None:
        """The generation that is current and of this schema; None when there is none."""
        try:
            pointer = json.loads(self._pointer.read_bytes())
            generation, schema = str(pointer["generation"]), pointer["schema"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        path = self.directory / Path(generation).name
        return path if schema == SCHEMA_VERSION and path.is_dir() else None

    def new_generation(self) -> Path:
        """An empty directory for a rebuild."""
        path = self.directory / f"generation-{secrets.token_hex(8)}"
        path.mkdir(parents=True)
        return path

    def make_current(self, generation: Path) -> None:
        """Point readers at ``generation``, in one step."""
        pointer = json.dumps({"generation": generation.name, "schema": SCHEMA_VERSION})
        draft = self._pointer.with_suffix(".new")
        with draft.open("w") as file:
            file.write(pointer)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._pointer)

    def note_followed(self, generation: Path, *, since: int, until: int) -> None:
        """Note that no event from ``since``, the cursor of the commit, to ``until`` changes it.

        It may be lost: then the events are looked at again.
        """
        draft = generation / f"{_FOLLOWED}.new"
        draft.write_text(json.dumps({"from": since, "to": until}))
        draft.replace(generation / _FOLLOWED)

    def followed(self, generation: Path, *, since: int) -> int:
        """Up to which event nothing is missing in a generation whose commit has this cursor."""
        try:
            noted = json.loads((generation / _FOLLOWED).read_bytes())
            return max(since, int(noted["to"])) if noted["from"] == since else since
        except (OSError, ValueError, KeyError, TypeError):
            return since

    def remove_all_but(self, *kept: Path | None) -> None:
        """Delete the other generations. Processes that still read one keep its pages."""
        for path in self.directory.glob("generation-*"):
            if path not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def size(self) -> int:
        """Bytes on disk."""
        return sum(_size(path) for path in self.directory.rglob("*"))


class WriterLock:
    """The right to write, held by at most one holder on this machine.

    The system gives it back when a process dies, however it dies.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / "writer.lock"
        self._file: IO[str] | None = None

    @property
    def is_held(self) -> bool:
        """Whether this holder has it."""
        return self._file is not None

    def acquire(self) -> bool:
        """Take the lock if it is free; True when it is held afterwards."""
        if self._file is not None and self._is_ours():
            return True
        self.release()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _is_ours(self) -> bool:
        """Whether the locked file is still the one at its path: the directory may be gone."""
        try:
            return self._file is not None and os.path.samestat(
                os.fstat(self._file.fileno()), self._path.stat()
            )
        except OSError:
            return False


def is_intact(generation: Path) -> bool:
    """Whether every file of ``generation`` has the checksum that tantivy wrote into it.

    Files of no committed segment are left-overs of a process that died: tantivy ignores
    and removes them.
    """
    try:
        meta = json.loads((generation / "meta.json").read_bytes())
        segments = {segment["segment_id"].replace("-", "") for segment in meta["segments"]}
        files = [path for path in generation.iterdir() if path.name.split(".")[0] in segments]
        return all(_checksum_holds(path) for path in files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _checksum_holds(path: Path) -> bool:
    with path.open("rb") as file:
        end = file.seek(-8, os.SEEK_END)
        length, magic = (int.from_bytes(file.read(4), "little") for _ in range(2))
        if magic != _FOOTER_MAGIC or length > end:
            return False
        body = file.seek(end - length)
        expected: int = json.loads(file.read(length))["crc"]
        file.seek(0)
        return _crc(file, body) == expected


def _crc(file: IO[bytes], length: int) -> int:
    found = 0
    while length > 0 and (chunk := file.read(min(length, _CHUNK))):
        found = zlib.crc32(chunk, found)
        length -= len(chunk)
    return found


def _size(path: Path) -> int:
    try:
        facts = path.lstat()
    except FileNotFoundError:  # merged away just now
        return 0
    return facts.st_size if stat.S_ISREG(facts.st_mode) else 0
