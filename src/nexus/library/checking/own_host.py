"""Addresses of the web that lead back into the repository itself."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urlsplit

from nexus.library.extraction.known_sites import CODE_HOSTS

#: How Git writes addresses that are not the web's.
_GIT_ADDRESS = re.compile(r"(?:ssh://)?[^@/\s]{1,100}@([\w.-]{1,253})[:/](\S{1,1000})")
#: What stands between a repository and a branch, on each of the sites.
_ROOMS = frozenset({"blob", "tree", "raw", "src", "blame", "edit"})
_BRANCHES = frozenset({"main", "master", "HEAD"})
_RAW_HOST = "raw.githubusercontent.com"


@dataclass(frozen=True, slots=True)
class OwnHost:
    """Where a repository is on the web: its site, its owner and name, its default branch."""

    host: str = ""
    name: str = ""
    branch: str = ""

    @classmethod
    def of(cls, origin: str, branch: str = "") -> Self:
        """Read from the origin; one that is on no known site leads nowhere."""
        match = _GIT_ADDRESS.fullmatch(origin)
        parts = urlsplit(f"https://{match[1]}/{match[2]}" if match else origin)
        name = parts.path.strip("/").removesuffix(".git").lower()
        host = (parts.hostname or "").lower()
        return cls(host, name, branch) if host in CODE_HOSTS and name.count("/") == 1 else cls()

    def path_of(self, address: str) -> str | None:
        """The path in the repository's default branch that ``address`` names; None for others."""
        if not self.host or not address.lower().startswith(("https://", "http://")):
            return None
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").lower().removeprefix("www.")
        except ValueError:
            return None
        names = unquote(parts.path).strip("/").split("/")
        if "/".join(names[:2]).lower() != self.name:
            return None
        inside = names[2:]
        if host == self.host and len(inside) > 1 and (inside[0] in _ROOMS or inside[0] == "-"):
            inside = inside[2:] if inside[0] == "-" else inside[1:]
        elif not (host == _RAW_HOST and self.host == "github.com"):
            return None
        is_default = bool(inside) and inside[0] in _BRANCHES | {self.branch}
        return "/".join(inside[1:]) if is_default else None
