"""How to speak to an origin safely: the address that was checked, pinned for Git."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nexus.kernel.errors import Unavailable
from nexus.repositories.git.addresses import Lookup, checked_addresses
from nexus.repositories.git.hosts import in_brackets
from nexus.repositories.git.origins import Origin, OriginKind, Transport, parse_origin
from nexus.repositories.git.probing import ask
from nexus.repositories.git.program import git_version
from nexus.repositories.git.progress import Work
from nexus.repositories.git.ssh import ssh_environment
from nexus.repositories.git.troubles import RemoteTrouble, trouble

#: The first version that can pin addresses (``http.curloptResolve``).
_OLDEST_GIT = (2, 37)


@dataclass(frozen=True, slots=True)
class Contact:
    """What Git has to be told to speak to one origin.

    ``moved_to`` is the address that an http remote says it has moved to for good.
    """

    url: str
    protocol: str
    settings: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None


def make_contact(origin: Origin, work: Work, *, lookup: Lookup = socket.getaddrinfo) -> Contact:
    """Find out how to speak to an origin, and check that the hub may.

    Args:
        origin: a remote, or a repository on this machine.
        work: the limits, among them whether private addresses are allowed.
        lookup: asks the name server.

    Raises:
        RemoteTrouble: the remote cannot be spoken to, or leads into a private network.
        OriginRefused: a redirect leads to what the hub does not fetch from.
        Unavailable: a program that is needed is missing, or the hub's ssh key is no good.
    """
    if origin.kind is not OriginKind.REMOTE:
        return Contact(origin.location, "file")
    if git_version() < _OLDEST_GIT:
        raise trouble(Unavailable, "git-missing")
    work.tell("connecting")
    if origin.transport is Transport.SSH:
        return _ssh_contact(origin, work, lookup)
    return _http_contact(origin, work, lookup)


def _ssh_contact(origin: Origin, work: Work, lookup: Lookup) -> Contact:
    address, *_ = _addresses(origin, work, lookup)
    environment = ssh_environment(origin, address, work.limits)
    return Contact(origin.location, "ssh", environment=environment)


def _http_contact(origin: Origin, work: Work, lookup: Lookup) -> Contact:
    """Follow the redirects of a remote to where it really is."""
    asked, moved_for_good = origin, True
    for _ in range(work.limits.max_redirects + 1):
        work.check()
        addresses = _addresses(origin, work, lookup)
        hop = ask(origin, addresses, work.limits)
        if hop.location is None:
            elsewhere = moved_for_good and not _same(origin.location, asked.location)
            moved = origin.location if elsewhere else None
            return replace(_pinned(origin, addresses, work), moved_to=moved)
        moved_for_good = moved_for_good and hop.permanent
        origin = parse_origin(hop.location, allow_local=False, allow_http=work.limits.allow_http)
        if origin.transport is Transport.SSH:
            break
    raise trouble(RemoteTrouble, "remote-redirects")


def _same(one: str, other: str) -> bool:
    """Whether two addresses differ only by the ``.git`` that some hosts add."""
    return one.removesuffix(".git") == other.removesuffix(".git")


def _addresses(origin: Origin, work: Work, lookup: Lookup) -> tuple[str, ...]:
    allowed = work.limits.allow_private
    return checked_addresses(origin.host, origin.port, allow_private=allowed, lookup=lookup)


def _pinned(origin: Origin, addresses: tuple[str, ...], work: Work) -> Contact:
    pinned = ",".join(map(in_brackets, addresses))
    settings = (
        f"http.curloptResolve={in_brackets(origin.host)}:{origin.port}:{pinned}",
        "http.lowSpeedLimit=1",
        f"http.lowSpeedTime={max(1, round(work.limits.silence_seconds))}",
    )
    return Contact(origin.location, str(origin.transport), settings)
