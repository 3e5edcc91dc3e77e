"""Taking a port, and saying who has it when it is taken."""

import contextlib
import errno
import socket
from collections.abc import Iterator
from pathlib import Path

from nexus.kernel.errors import Conflict, Forbidden, Invalid, NexusError


def listen(host: str, port: int, *, backlog: int = 1024) -> socket.socket:
    """A socket that listens on ``host`` and ``port`` (0: any free one).

    Taken before anything heavy is imported, the address is ours from the first moment: early
    clients wait in the backlog instead of being refused.

    Raises :class:`NexusError` with a remedy when the address cannot be had.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise _unknown_host(host) from error
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(backlog)
    except OSError as error:
        listener.close()
        raise _explained(error, host, port) from error
    return listener


def url_of(listener: socket.socket) -> str:
    """The address at which a browser on this machine reaches ``listener``."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - all interfaces
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _explained(error: OSError, host: str, port: int) -> NexusError:
    match error.errno:
        case errno.EADDRINUSE:
            owner = owner_of(port)
            return Conflict(
                "port_in_use",
                f"Port {port} is in use" + (f" by {owner}." if owner else "."),
                remedy=f"Stop it, or choose another port: PORT={_free_port(host)}.",
            )
        case errno.EACCES:
            return Forbidden(
                "port_forbidden",
                f"This account may not use port {port}.",
                remedy=f"Choose a port above 1023: PORT={_free_port(host)}.",
            )
        case _:
            return _unknown_host(host)


def _unknown_host(host: str) -> NexusError:
    return Invalid(
        "host_unknown",
        f"This machine has no address “{host}”.",
        remedy="Use HOST=127.0.0.1 for this machine only, or HOST=0.0.0.0 for every network.",
    )


def _free_port(host: str) -> int:
    """A port that is free at this moment: 8123 if it is, else one that the system picks."""
    for port in (8123, 0):
        with contextlib.suppress(OSError), socket.create_server((host, port)) as probe:
            free: int = probe.getsockname()[1]
            return free
    return 8123


def owner_of(port: int) -> str:
    """The program that listens on ``port``, as “name (process 12)”; empty where it cannot be seen.

    Reads Linux's ``/proc``, see proc(5).
    """
    inodes = set(_listening_inodes(port))
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if inodes & set(_socket_inodes(process)):
                name = (process / "comm").read_text().strip()
                return f"{name} (process {process.name})"
    return ""


def _listening_inodes(port: int) -> Iterator[str]:
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text().splitlines()[1:] if table.exists() else []
        for fields in map(str.split, lines):
            local, state, inode = fields[1], fields[3], fields[9]
            if state == "0A" and int(local.rpartition(":")[2], 16) == port:
                yield inode


def _socket_inodes(process: Path) -> Iterator[str]:
    for descriptor in (process / "fd").iterdir():
        with contextlib.suppress(OSError):
            kind, _, inode = str(descriptor.readlink()).partition(":")
            if kind == "socket":
                yield inode.strip("[]")
