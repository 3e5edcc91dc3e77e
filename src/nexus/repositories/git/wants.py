"""What a client of protocol version 2 asks for, held against what is served.

In version 2 a client may want any object that a store has, not only what the references lead to
(gitprotocol-v2(5)): Git leaves it to the server what lies in the store. A store keeps tips that
its origin gave up, for instance those with a secret in them, and pages name their commits. So
where there are such tips, the wishes are looked through. Older versions check that themselves.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from nexus.repositories.git.reachable import is_reached, served_tips
from nexus.repositories.git.stores import KEPT, read_refs

_WANT = re.compile(rb"want ([0-9a-fA-F]{40,64})")
_PREFIX = 4
#: Lengths that stand for a mark between the lines.
_MARKS = (0, 1, 2)


class RequestDamaged(Exception):
    """A request does not follow the format, so nobody knows what Git would make of it."""


def wants_hidden(store: Path, request: IO[bytes]) -> bool:
    """Whether a request asks for something that no served reference leads to.

    ``request`` is read from its beginning and put back there.

    Raises:
        RequestDamaged: it cannot be told what is asked for.
    """
    if not read_refs(store, KEPT):
        return False
    tips = served_tips(store)
    length = max(map(len, tips), default=40)
    request.seek(0)
    wanted = {oid.decode().lower()[:length] for oid in _wanted(request)}
    request.seek(0)
    return not is_reached(store, wanted - tips, tips)


def _wanted(request: IO[bytes]) -> Iterator[bytes]:
    return (found[1] for line in _lines(request) if (found := _WANT.match(line)))


def _lines(request: IO[bytes]) -> Iterator[bytes]:
    """The lines of a request, in the format of gitprotocol-common(5)."""
    while prefix := request.read(_PREFIX):
        length = int(prefix, 16) if re.fullmatch(rb"[0-9a-fA-F]{4}", prefix) else -1
        if length in _MARKS:
            continue
        line = request.read(length - _PREFIX) if length >= _PREFIX else b""
        if length < _PREFIX or len(line) != length - _PREFIX:
            raise RequestDamaged
        yield line
