"""Only hosts that the whole internet can reach are talked to."""

import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.repositories.git.addresses import checked_addresses, is_public
from nexus.repositories.git.troubles import RemoteTrouble


def answering(*addresses: str) -> Any:
    """A name server that gives these answers."""

    def lookup(host: str, port: int, **_: object) -> list[Any]:
        return [(socket.AF_INET, 1, 6, "", (address, port)) for address in addresses]

    return lookup


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.2.3",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:53aa:64c:0:fbff:fffe::",
        "fe80::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "5f00::1",
    ],
)
def test_private_addresses_are_refused(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    with pytest.raises(RemoteTrouble) as refusal:
        checked_addresses("host.example", 443, lookup=answering(address))
    assert refusal.value.code == "remote-private-address"


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "140.82.121.4", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_public_addresses_are_given_back(address: str) -> None:
    assert checked_addresses("host.example", 443, lookup=answering(address)) == (address,)


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_like_itself(address: ipaddress.IPv4Address) -> None:
    for prefix in ("::ffff:", "64:ff9b::"):
        assert is_public(ipaddress.ip_address(f"{prefix}{address}")) == is_public(address)


def test_one_private_address_spoils_all() -> None:
    with pytest.raises(RemoteTrouble):
        checked_addresses("host.example", 443, lookup=answering("8.8.8.8", "10.0.0.1"))


def test_an_answer_that_is_no_address_is_refused() -> None:
    with pytest.raises(RemoteTrouble):
        checked_addresses("host.example", 443, lookup=answering("nonsense"))


def test_a_host_with_several_addresses_keeps_their_order() -> None:
    lookup = answering("8.8.8.8", "8.8.4.4", "8.8.8.8")

    assert checked_addresses("host.example", 443, lookup=lookup) == ("8.8.8.8", "8.8.4.4")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "::1"])
def test_the_real_resolver_does_not_lead_inside(host: str) -> None:
    with pytest.raises(RemoteTrouble) as refusal:
        checked_addresses(host, 443)
    assert refusal.value.code in ("remote-private-address", "remote-host-unknown")


def test_private_addresses_can_be_allowed() -> None:
    assert checked_addresses("127.0.0.1", 443, allow_private=True) == ("127.0.0.1",)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 70 + ".example", "."])
def test_a_host_that_nobody_knows(host: str) -> None:
    with pytest.raises(RemoteTrouble) as refusal:
        checked_addresses(host, 443, allow_private=True)
    assert refusal.value.code == "remote-host-unknown"


def test_a_name_server_without_an_answer() -> None:
    with pytest.raises(RemoteTrouble) as refusal:
        checked_addresses("host.example", 443, lookup=answering())
    assert refusal.value.code == "remote-host-unknown"
