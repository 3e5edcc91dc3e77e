"""Host names as they stand in an address, before anything is asked of a name server."""

import ipaddress
import re

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
#: A last label like this makes a browser and curl read the whole as an IPv4 number.
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_MAX_HOST = 253


def read_host(text: str) -> str | None:
    """``text`` as a plain host: a lower-case ASCII name, or an IP address in its usual form.

    None if it is neither. Numbers in disguise (``2130706433``, ``0x7f.1``, ``127.1``) are
    refused, since programs do not agree on what they mean. An IPv6 address comes without
    its brackets.
    """
    if text.startswith("[") and text.endswith("]"):
        return _read_ipv6(text[1:-1])
    try:
        name = text.encode("idna").decode().lower()
    except UnicodeError:
        return None
    if len(name) > _MAX_HOST or not _NAME.fullmatch(name):
        return None
    if _NUMBER.fullmatch(name.rstrip(".").rpartition(".")[2]):
        return _read_ipv4(name)
    return name


def _read_ipv6(text: str) -> str | None:
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        return None
    return None if address.scope_id else str(address)


def _read_ipv4(text: str) -> str | None:
    try:
        return str(ipaddress.IPv4Address(text))
    except ValueError:
        return None


def in_brackets(host: str) -> str:
    """``host`` as it stands in a URL: an IPv6 address goes in brackets."""
    return f"[{host}]" if ":" in host else host
