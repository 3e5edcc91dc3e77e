"""What a secret looks like, for whoever takes in files before they are read as entries."""

from collections.abc import Iterator

from nexus.library.extraction.decoding import decode
from nexus.library.extraction.secrets import find_secrets
from nexus.library.secret_files import is_secret
from nexus.repositories.inspectors import Spotted


def inspect(path: str, data: bytes) -> Iterator[Spotted]:
    """The secrets of one file: by its name, or in its text."""
    if is_secret(path):
        yield Spotted(0, "its name says that it holds a secret")
        return
    decoded = decode(data, path=path)
    if not decoded.is_binary:
        yield from (Spotted(one.line, one.what) for one in find_secrets(decoded.text))
