"""What the doors of Git's smart HTTP protocol share: answers, refusals, bodies of requests."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO

from nexus.repositories.git.limits import KIB

_CHUNK = 64 * KIB
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
NEVER_CACHED = {
    "Expires": "Fri, 01 Jan 1980 00:00:00 GMT",
    "Pragma": "no-cache",
    "Cache-Control": "no-cache, max-age=0, must-revalidate",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. Whoever does not read ``chunks`` to their end closes it."""

    status: HTTPStatus
    headers: Mapping[str, str]
    chunks: Iterable[bytes] = field(default=())

    def close(self) -> None:
        """End the run of Git behind ``chunks``, if there is one."""
        close = getattr(self.chunks, "close", None)
        if close is not None:
            close()


class RefusalError(Exception):
    """A request is answered with a sentence. Git shows it to the person who waits."""

    def __init__(self, status: HTTPStatus, words: str, **headers: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.headers = headers

    def answer(self) -> Answer:
        """The refusal as plain text."""
        given = {"Content-Type": "text/plain; charset=utf-8", **NEVER_CACHED, **self.headers}
        return Answer(self.status, given, (self.words.encode() + b"\n",))


def refusal(words: str, status: HTTPStatus = HTTPStatus.FORBIDDEN, **headers: str) -> Answer:
    """The answer to a client that gets nothing: Git prints ``words`` line by line, and ends."""
    return RefusalError(status, words, **headers).answer()


def spool(pieces: Iterable[bytes], file: IO[bytes], most: int) -> None:
    """Write a request to a file and go back to its beginning; refuse more than ``most`` bytes."""
    left = most
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            large = "The request is too large."
            raise RefusalError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, large)
        file.write(piece)
    file.seek(0)


def plain(body: IO[bytes], encoding: str) -> Iterator[bytes]:
    """The body in small pieces, decompressed."""
    if encoding == "identity":
        while chunk := body.read(_CHUNK):
            yield chunk
        return
    if encoding not in ("gzip", "x-gzip"):
        raise RefusalError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Use gzip, or no compression.")
    unpack = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        while packed := body.read(_CHUNK):
            while packed and not unpack.eof:
                yield unpack.decompress(packed, _CHUNK)
                packed = unpack.unconsumed_tail
    except zlib.error:
        raise RefusalError(HTTPStatus.BAD_REQUEST, "The request is damaged.") from None
    if not unpack.eof:
        raise RefusalError(HTTPStatus.BAD_REQUEST, "The request is cut off.")
