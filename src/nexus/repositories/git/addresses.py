"""No request to private networks: whom the hub may talk to.

A host name is looked up once, every address that it has must be one that the whole
internet can reach, and the caller connects to exactly the addresses that were checked. So
a name that answers differently the second time (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

from nexus.repositories.git.troubles import RemoteTrouble, trouble

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
#: As ``socket.getaddrinfo(host, port, type=…)``.
Lookup = Callable[..., list[Any]]

#: Networks that ``ipaddress`` calls global in some of the versions of Python in use, and
#: that lead elsewhere: the IANA special-purpose registries, and addresses that carry
#: another one inside (6to4, Teredo, IPv4-compatible, local NAT64).
_NEVER: tuple[Network, ...] = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether an address belongs to a host that the whole internet can reach."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in network for network in _NEVER if network.version == address.version)


def checked_addresses(
    host: str, port: int, *, allow_private: bool = False, lookup: Lookup = socket.getaddrinfo
) -> tuple[str, ...]:
    """The addresses of ``host``, all of them checked; at least one.

    Args:
        host: a name or an IP address (IPv6 without brackets).
        port: the port that will be spoken to.
        allow_private: accept loopback and private networks, for development and tests.
        lookup: asks the name server.

    Raises:
        RemoteTrouble: ``remote-host-unknown``, or ``remote-private-address`` if only one
            of the addresses is not public: who answers so is not to be trusted.
    """
    try:
        answers = lookup(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise trouble(RemoteTrouble, "remote-host-unknown") from None
    found = dict.fromkeys(str(answer[4][0]) for answer in answers)
    if not found:
        raise trouble(RemoteTrouble, "remote-host-unknown")
    if not allow_private and not all(map(_is_public_text, found)):
        raise trouble(RemoteTrouble, "remote-private-address")
    return tuple(found)


def _is_public_text(text: str) -> bool:
    try:
        return is_public(ipaddress.ip_address(text))
    except ValueError:
        return False
