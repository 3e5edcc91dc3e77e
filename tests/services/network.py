"""Keeps the tests on this machine: whoever connects elsewhere is refused, and found out."""

import ipaddress
import sys
from typing import Any

_EVENTS = frozenset({"socket.connect", "socket.sendto"})
_strays: list[str] = []


class LeftTheMachine(OSError):
    """A test tried to reach another machine."""


def watch() -> None:
    """Refuse every connection of this process to another machine, from now on."""
    sys.addaudithook(_refuse)


def strays() -> list[str]:
    """The addresses that were refused since the last call."""
    found = _strays.copy()
    _strays.clear()
    return found


def is_here(address: object) -> bool:
    """Whether a socket's address is on this machine: a Unix socket, or loopback."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _EVENTS and not is_here(arguments[-1]):
        _strays.append(str(arguments[-1]))
        raise LeftTheMachine(f"Tests stay on this machine: {arguments[-1]} was refused.")
