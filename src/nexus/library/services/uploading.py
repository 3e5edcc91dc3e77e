"""Files from a page: checked like a push, and published as one commit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nexus.kernel.errors import Conflict, Invalid
from nexus.library.discretion import discreet_path
from nexus.library.secret_files import is_secret
from nexus.library.services.writing import publish_files
from nexus.repositories.git.limits import MIB

if TYPE_CHECKING:
    from nexus.people.models import Person
    from nexus.repositories.models import Repository

MOST_FILES = 50
MOST_BYTES = 25 * MIB


def upload_files(
    *,
    by: Person,
    repository: Repository,
    folder: str,
    files: Iterable[tuple[str, bytes]],
    message: str = "",
    replaces: bool = False,
) -> list[str]:
    """Publish ``files``, each a name and its bytes, in ``folder``; returns their paths.

    A file of the same name is left alone unless ``replaces`` says otherwise. All of them are
    taken or none.

    Raises ``Invalid`` for names and sizes that are not taken, ``Conflict`` when a file is there,
    and what ``publish_files`` raises.
    """
    placed = _placed(folder, files)
    if sum(map(len, placed.values())) > MOST_BYTES:
        raise Invalid(
            "upload-too-large",
            f"Together they are larger than {MOST_BYTES // MIB} MB.",
            remedy="Upload them in parts, or push them with Git.",
        )
    try:
        publish_files(
            by=by,
            repository=repository,
            files=placed,
            message=" ".join(message.split()) or _message(list(placed)),
            expected={} if replaces else dict.fromkeys(placed, ""),
        )
    except Conflict as error:
        raise _there_already() if error.code == "file-changed" else error from None
    return list(placed)


def _there_already() -> Conflict:
    return Conflict(
        "file-there",
        "There is a file of one of these names already.",
        remedy="Give yours another name, or say that it replaces the other.",
    )


def _placed(folder: str, files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """The files by their paths; browsers on some systems send a whole path as the name."""
    place = "/".join(part for part in _normal(folder).split("/") if part)
    placed: dict[str, bytes] = {}
    for given, data in files:
        name = _normal(given).replace("\\", "/").rpartition("/")[2]
        path = f"{place}/{name}" if place else name
        if is_secret(path):
            raise Invalid(
                "upload-secret",
                f"“{name}” is the name of a file that holds a secret, so it is not published.",
                remedy="Leave it out; show an example with the values taken out instead.",
            )
        if path in placed:
            raise Invalid("upload-twice", f"There are two files called “{name}”.")
        placed[path] = data
    if not 1 <= len(placed) <= MOST_FILES:
        raise Invalid("upload-number", f"Choose 1 to {MOST_FILES} files.")
    return placed


def _normal(text: str) -> str:
    """A name that looks the same is the same."""
    return unicodedata.normalize("NFC", text.strip())


def _message(paths: list[str]) -> str:
    return f"Add {discreet_path(paths[0])}" if len(paths) == 1 else f"Add {len(paths)} files"
