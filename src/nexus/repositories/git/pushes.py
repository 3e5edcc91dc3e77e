"""The two halves of Git's push protocol: what a client asks for, and what it is told.

Follows ``gitprotocol-pack(5)``, "Pushing data to a server", and ``gitprotocol-common(5)``.
There is no version 2 of it. What a client may use is what the advertisement offers, so push
certificates and push options never come.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

_PREFIX = 4
_LENGTH = re.compile(rb"[0-9a-fA-F]{4}")
#: The largest line that the protocol allows, its length included.
_LONGEST = 65_520
_COMMAND = re.compile(rb"([0-9a-f]{40}) ([0-9a-f]{40}) (refs/[^\x00\n]{1,1000})")
_SHALLOW = re.compile(rb"shallow [0-9a-f]{40}\n?")
_NOTHING = "0" * 40
_MOST_LINES = 1_000
_FLUSH = b"0000"
_DATA, _WORDS = b"\x01", b"\x02"


class PushDamaged(Exception):
    """A request does not follow the protocol."""


@dataclass(frozen=True, slots=True)
class Update:
    """One reference that shall change: an empty ``old`` makes it, an empty ``new`` removes it."""

    ref: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Push:
    """What a client asks for: references to move, after the pack that follows is taken in."""

    updates: tuple[Update, ...]
    capabilities: frozenset[str]

    @property
    def brings_pack(self) -> bool:
        """Whether a pack follows: not if references are only removed."""
        return any(update.new for update in self.updates)


def read_push(request: IO[bytes]) -> Push:
    """Read the commands; ``request`` then stands where its pack begins.

    Raises ``PushDamaged`` if it does not follow the protocol.
    """
    updates: list[Update] = []
    capabilities: frozenset[str] = frozenset()
    for number, line in enumerate(_lines(request)):
        if number >= _MOST_LINES:
            raise PushDamaged
        if _SHALLOW.fullmatch(line):
            continue  # what is behind it is here, or the check of connections finds it missing
        command, _, offered = line.partition(b"\0")
        if not updates:
            capabilities = frozenset(offered.decode("ascii", "replace").split())
        updates.append(_update(command))
    if len({update.ref for update in updates}) != len(updates):
        raise PushDamaged
    return Push(tuple(updates), capabilities)


def _update(command: bytes) -> Update:
    found = _COMMAND.fullmatch(command.rstrip(b"\n"))
    if found is None:
        raise PushDamaged
    try:
        ref = found[3].decode()
    except UnicodeDecodeError:
        raise PushDamaged from None
    old, new = found[1].decode(), found[2].decode()
    return Update(ref, "" if old == _NOTHING else old, "" if new == _NOTHING else new)


def _lines(request: IO[bytes]) -> Iterator[bytes]:
    """The lines up to the mark that ends them."""
    while (prefix := request.read(_PREFIX)) != _FLUSH:
        length = int(prefix, 16) if _LENGTH.fullmatch(prefix) else 0
        if not _PREFIX < length <= _LONGEST:
            raise PushDamaged
        line = request.read(length - _PREFIX)
        if len(line) != length - _PREFIX:
            raise PushDamaged
        yield line


def report(push: Push, *, refused: Mapping[str, str], words: Iterable[str]) -> bytes:
    """What the client is told: the fate of each reference, and lines for the person.

    ``refused`` says why, in a few words, for each reference that stays as it was; ``words`` are
    printed after ``remote:``.
    """
    fates = [b"unpack ok\n"]
    for update in push.updates:
        why = refused.get(update.ref)
        fates.append(f"ng {update.ref} {why}\n".encode() if why else f"ok {update.ref}\n".encode())
    told = b"".join(map(_packet, fates)) + _FLUSH
    if push.capabilities.isdisjoint({"report-status", "report-status-v2"}):
        told = b""
    if "side-band-64k" not in push.capabilities:
        return told
    lines = "".join(f"{line}\n" for line in words).encode()
    return b"".join([*_banded(_WORDS, lines), *_banded(_DATA, told), _FLUSH])


def _packet(data: bytes) -> bytes:
    return b"%04x%s" % (len(data) + _PREFIX, data)


def _banded(band: bytes, data: bytes) -> Iterator[bytes]:
    size = _LONGEST - _PREFIX - len(band)
    for start in range(0, len(data), size):
        yield _packet(band + data[start : start + size])
