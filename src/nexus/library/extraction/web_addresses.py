"""One spelling for every public web address, so that two of the same can be told.

The normal form is a key, not an address to visit: it is always ``https``, without ``www.`` and
without what only says where a reader came from. It follows RFC 3986, section 6
(https://www.rfc-editor.org/rfc/rfc3986#section-6), and goes beyond it where sites are known not
to care (6.2.4, "protocol-based", and what every crawler does on top).
"""

import ipaddress
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from nexus.library.extraction.known_sites import HOME_RULES, is_tracking
from nexus.library.extraction.vocabulary import word_set
from nexus.repositories.git.addresses import is_public
from nexus.repositories.git.hosts import in_brackets, read_host

#: Longer addresses are data in disguise, in characters.
MAX_LENGTH = 2_000
_MAX_HOST = 253
_MAX_PORT = 65_535

# RFC 3986, appendix B, for the two schemes that lead to pages.
_ADDRESS = re.compile(
    r"https?://(?P<authority>[^/?#\\@\s]+)(?P<path>(?:/[^?#]*)?)"
    r"(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]]+)(?::([0-9]{0,5}))?")
#: Below a root that has the same content as the page without it.
_ROUTE = re.compile(r"!?/+[^/]")
#: Nearly every host: nothing to convert in it, and no number in disguise.
_USUAL_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_USUAL_PART = re.compile(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/?]*+")
#: Escapes, and whatever has to become one. A per cent sign alone is neither.
_ODD = re.compile(r"%([0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]")
#: Written with or without an escape, these mean the same: the unreserved characters of RFC 3986,
#: and marks that no site gives a meaning of their own.
_SAME = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!'()*,:@")
_INDEXES = frozenset({"index.html", "index.htm", "index.php"})
_MOBILE = ("www.", "m.")
#: Names that lead nowhere, or to a reader's own machine: RFC 2606, RFC 6761, RFC 6762, RFC 7686,
#: RFC 8375, and what offices call their own.
_NOT_PUBLIC = word_set(
    """
    arpa corp example home internal intranet invalid lan local localdomain localhost onion
    private test
    """
)
_EXAMPLES = frozenset({"example.com", "example.net", "example.org"})
_DOMAIN = re.compile(r"[a-z](?:[a-z0-9-]*[a-z0-9])")


class WebAddress(NamedTuple):
    """A normalised address in its parts; ``str`` joins them.

    ``host`` has its port when it is not the usual one, ``path`` no slash at its end.
    """

    host: str
    path: str = ""
    query: str = ""
    fragment: str = ""

    def __str__(self) -> str:
        query = f"?{self.query}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"https://{self.host}{self.path}{query}{fragment}"


def normal_address(url: str) -> str | None:
    """The key under which ``url`` is the same as its other spellings.

    None for what is no address that everybody can visit: other schemes, hosts of a private
    network or of one label only, the example domains, addresses with credentials, and what is
    longer than ``MAX_LENGTH``. Whatever text is given, nothing is raised, and
    ``normal_address(key) == key``.
    """
    address = read_address(url)
    return str(address) if address else None


def read_address(url: str) -> WebAddress | None:
    """As ``normal_address``, in parts."""
    if len(url) > MAX_LENGTH:
        return None
    match = _ADDRESS.fullmatch(url.strip())
    if match is None or _CONTROL.search(match[0]):
        return None
    host = _public_host(match["authority"]) if len(match["authority"]) <= _MAX_HOST else None
    if host is None:
        return None
    try:
        path, query, fragment = map(_with_usual_escapes, match.group("path", "query", "fragment"))
    except UnicodeEncodeError:  # half a character: a lone surrogate
        return None
    address = _settled(host, _without_dots(path), query, _page_of(fragment))
    return address if len(str(address)) <= MAX_LENGTH else None


@lru_cache(maxsize=4_096)
def _public_host(authority: str) -> str | None:
    """Host and port as every reader of the web can reach them; the usual ports are left out."""
    if _USUAL_HOST.fullmatch(authority):
        return _desktop(authority) if _is_public(authority) else None
    match = _AUTHORITY.fullmatch(authority)
    host = read_host(match[1]) if match else None
    if match is None or host is None or not _is_public(host.rstrip(".")):
        return None
    host = in_brackets(_desktop(host.rstrip(".")))
    port = int(match[2] or 443)
    if port in (80, 443):
        return host
    return f"{host}:{port}" if 0 < port <= _MAX_PORT else None


def _is_public(host: str) -> bool:
    above, _, last = host.rpartition(".")
    if ":" in host or last.isdecimal():
        return is_public(ipaddress.ip_address(host))
    if not above or last in _NOT_PUBLIC or not _DOMAIN.fullmatch(last):
        return False
    return f"{above.rpartition('.')[2]}.{last}" not in _EXAMPLES


def _desktop(host: str) -> str:
    """The host without the labels that only say "web" or "telephone"."""
    while host.startswith(_MOBILE) and "." in host.partition(".")[2]:
        host = host.partition(".")[2]
    return host


def _with_usual_escapes(part: str | None) -> str:
    """RFC 3986, 6.2.2.1 and 6.2.2.2: capital escapes, and none where none is needed."""
    if not part or _USUAL_PART.fullmatch(part):
        return part or ""
    return _ODD.sub(_usual_escape, part)


def _usual_escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return quote(match[0], safe="")
    letter = chr(int(match[1], 16))
    return letter if letter in _SAME else match[0].upper()


def _without_dots(path: str) -> str:
    """RFC 3986, 6.2.2.3: ``.`` and ``..`` are walked, as in 5.2.4."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept)


def _page_of(fragment: str) -> str:
    """A fragment that is the page itself, as programs in the browser have it; others are places."""
    return fragment.rstrip("/") if _ROUTE.match(fragment) else ""


def _settled(host: str, path: str, query: str, fragment: str) -> WebAddress:
    """Shorten until nothing more can be: what a site's rule leaves may end in a slash again."""
    if query:
        parts = (part for part in query.split("&") if part and not is_tracking(part, host=host))
        query = "&".join(sorted(parts))
    address = WebAddress(host, _without_ending(path), query, fragment)
    while address.host in HOME_RULES and (home := _at_home(address)) != address:
        address = home
    return address


def _at_home(address: WebAddress) -> WebAddress:
    host, path, query = HOME_RULES[address.host](address.host, address.path, address.query)
    return WebAddress(host, _without_ending(_without_dots(path)), query, address.fragment)


def _without_ending(path: str) -> str:
    """The path without slashes and index pages at its end."""
    while True:
        path = path.rstrip("/")
        above, _, last = path.rpartition("/")
        if last.lower() not in _INDEXES:
            return path
        path = above
