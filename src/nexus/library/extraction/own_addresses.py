"""Which addresses belong to a repository itself, in all the places where it is seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from nexus.library.extraction.known_sites import CODE_HOSTS, is_own_app
from nexus.library.extraction.web_addresses import WebAddress, read_address

#: How Git writes addresses that are not the web's: ``git@host:path`` and ``ssh://host/path``.
_GIT_ADDRESS = re.compile(
    r"(?:(?:ssh|git|git\+ssh)://)?(?:[^@/\s:]{1,100}@)?([\w.-]{1,253})[:/](\S{1,1000})"
)
_CREDENTIALS = re.compile(r"(https?://)[^/@\s]{1,500}@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """The addresses of a repository, its pages and its running program.

    ``keys`` are in normal form, in small letters; whatever lies below one belongs to it too.
    """

    keys: frozenset[str] = frozenset()
    below: tuple[str, ...] = ()

    @classmethod
    def of(cls, *addresses: str) -> Self:
        """Made of the addresses as they are known: of the web, or as Git writes them.

        What can be read as neither is left out.
        """
        found = (read_address(_of_the_web(address)) for address in addresses)
        keys = {str(own).lower() for address in found if address for own in _with_others(address)}
        below = (f"{key}{mark}" for key in sorted(keys) for mark in "/?#")
        return cls(frozenset(keys), tuple(below))

    def holds(self, key: str) -> bool:
        """Whether the address with the normal form ``key`` is one of them or lies below one."""
        key = key.lower()
        return key in self.keys or key.startswith(self.below)


def _of_the_web(address: str) -> str:
    if address[:4].lower() == "http":
        return _CREDENTIALS.sub(r"\1", address, count=1)
    match = _GIT_ADDRESS.fullmatch(address)
    return f"https://{match[1]}/{match[2]}" if match else ""


def _with_others(address: WebAddress) -> Iterator[WebAddress]:
    """The address, and where the same project is seen besides."""
    yield address
    if is_own_app(address.host):
        yield WebAddress(address.host)
    segments = address.path.split("/")[1:]
    if address.host in CODE_HOSTS and len(segments) > 1:
        owner, name = segments[:2]
        yield WebAddress(address.host, f"/{owner}/{name}")
        if address.host == "github.com":
            yield WebAddress(f"{owner}.github.io", f"/{name}".removesuffix(f"/{owner}.github.io"))
            yield WebAddress("raw.githubusercontent.com", f"/{owner}/{name}")
