"""Preparing the files of one commit, read from its store. Pure: no database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from nexus.library import triage
from nexus.library.addresses import place_of
from nexus.library.extraction.own_addresses import OwnAddresses
from nexus.library.kinds.base import ImageSize
from nexus.library.preparing import Prepared, prepare
from nexus.repositories.git.reading import Reader, TreeFile

_IMAGE_HEAD_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Work:
    """Which commit is read, in which store, and for which repository of the hub.

    ``own`` are the addresses of the repository itself.
    """

    store: Path
    commit: str
    cohort: str
    repository: str
    own: OwnAddresses


#: From a file to what it became; None if the store lacks it.
PrepareFile = Callable[[TreeFile], Prepared | None]


@contextmanager
def preparing(work: Work) -> Iterator[PrepareFile]:
    """What prepares the files of ``work``, with a reader of its own."""
    with Reader(work.store) as reader:
        yield preparer(work, reader)


def preparer(work: Work, reader: Reader) -> PrepareFile:
    """What prepares the files of ``work``, read with ``reader``."""
    sizes, limits = image_sizes(reader, work.commit), triage.Limits()

    def prepare_file(file: TreeFile) -> Prepared | None:
        data = reader.read(file.oid, limit=triage.limit_of(file.path, limits))
        if data is None:
            return None
        place = place_of(work.cohort, work.repository, file.path)
        return prepare(data, blob=file.oid, place=place, image_size=sizes, own=work.own)

    return prepare_file


def image_sizes(reader: Reader, sha: str) -> ImageSize:
    """How to find (width, height) of a picture in the commit; None when it cannot be told."""
    known: dict[str, tuple[int, int] | None] = {}

    def size(path: str) -> tuple[int, int] | None:
        if path not in known:
            known[path] = _image_size(reader, sha, path)
        return known[path]

    return size


def _image_size(reader: Reader, sha: str, path: str) -> tuple[int, int] | None:
    file = reader.entry_at(sha, path)
    data = reader.read(file.oid, limit=_IMAGE_HEAD_BYTES) if file and file.kind == "file" else None
    if not data:
        return None
    import imagesize  # with all that asks other machines for pictures: few files show one

    try:
        width, height = imagesize.get(BytesIO(data))
    except Exception:  # noqa: BLE001 - a picture can hold anything, and its size is a mere courtesy
        return None
    return (int(width), int(height)) if width > 0 and height > 0 else None
