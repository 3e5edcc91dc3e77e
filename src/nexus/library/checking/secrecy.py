"""Whether a file that is named like a secret holds one after all."""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from nexus.library.extraction.decoding import decode

#: Larger files are taken by their name.
MAX_BYTES = 64_000
#: So many files are looked into; the others are taken by their names.
MAX_FILES = 100

_SETTING = re.compile(r"^[ \t]*(?:export[ \t]+)?[\w.-]{1,100}[ \t]*[=:][ \t]*(.*)$")
_EMPTY = frozenset({"", '""', "''"})
_OF_NPM = re.compile(r"_auth|_password|token|certfile|keyfile", re.IGNORECASE)
_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----")
_PUBLIC = frozenset({"CERTIFICATE", "PUBLIC KEY", "RSA PUBLIC KEY", "DH PARAMETERS"})


class ReadBytes(Protocol):
    """Gives the bytes of the file at a path; None if there are more than ``limit``."""

    def __call__(self, path: str, limit: int, /) -> bytes | None:
        """Read one file."""


def holding_secrets(paths: Iterable[str], read: ReadBytes) -> Iterator[str]:
    """Those of the paths, all named like secrets, whose files are not plainly harmless."""
    for number, path in enumerate(sorted(paths)):
        data = read(path, MAX_BYTES) if number < MAX_FILES else None
        if data is None or not is_harmless(path, data):
            yield path


def is_harmless(path: str, data: bytes) -> bool:
    """Whether a file named like a secret plainly holds none.

    Empty files and settings without values, ``.npmrc`` without a token, and keys that are public
    are harmless. Whatever is not surely so is not.
    """
    decoded = decode(data, path=path)
    if decoded.is_binary:
        return False
    name = path.rpartition("/")[2].lower()
    if name == ".npmrc":
        return not _OF_NPM.search(decoded.text)
    if name.endswith((".pem", ".key")):
        marks = _PEM.findall(decoded.text)
        return bool(marks) and _PUBLIC.issuperset(marks)
    return all(_says_nothing(line) for line in decoded.text.split("\n"))


def _says_nothing(line: str) -> bool:
    """Whether a line is empty, a comment, or a setting without a value."""
    bare = line.strip()
    if not bare or bare.startswith("#"):
        return True
    setting = _SETTING.match(line)
    return setting is not None and setting[1].strip() in _EMPTY
