"""Keeps the tests on this machine: whoever connects elsewhere is refused, and found out."""

import functools
import ipaddress
import socket
from collections.abc import Callable
from typing import Any

#: The methods that name another socket, and which of their arguments does.
_ADDRESSES = {"connect": 0, "connect_ex": 0, "sendto": -1, "sendmsg": 3}
_strays: list[str] = []


class LeftTheMachine(OSError):
    """A test tried to reach another machine."""


def watch() -> None:
    """Refuse every connection of this process to another machine, from now on.

    By the methods of Python's sockets and not by an audit hook, which would be the more thorough:
    before Python 3.12 no trace function can be installed while another thread is inside a hook
    written in Python, so under coverage every so often a thread died as it started.
    """
    for name, place in _ADDRESSES.items():
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name), place))


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


def _guarded(method: Callable[..., Any], place: int) -> Callable[..., Any]:
    @functools.wraps(method)
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        for address in arguments[place:][:1]:
            _refuse_elsewhere(address)
        return method(self, *arguments)

    return guarded


def _refuse_elsewhere(address: object) -> None:
    if not is_here(address):
        _strays.append(str(address))
        raise LeftTheMachine(f"Tests stay on this machine: {address} was refused.")
