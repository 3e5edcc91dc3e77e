"""Looking whether a page on the web still answers: one polite question, no body read.

Redirects are followed here, hop by hop. Each host is looked up once and must be public, and the
connection goes to exactly the addresses that were checked, as for Git remotes.
"""

import contextlib
import http.client
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urljoin, urlsplit

from nexus.repositories.git.addresses import checked_addresses
from nexus.repositories.git.pinned import Patience, PinnedConnection, hurried
from nexus.repositories.git.troubles import RemoteTrouble

MAX_HOPS = 6
PATIENCE = Patience(connecting=8.0, silence=12.0)
AGENT = "Mozilla/5.0 (compatible; Nexus link check; one question a month)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
#: Answers of servers that do not take this kind of question, or not from programs.
_ASK_OTHERWISE = frozenset({400, 403, 404, 405, 406, 500, 501, 503})
_CLOSED = frozenset({401, 402, 403, 406, 407, 429, 451, 999})
_GONE = frozenset({404, 410})
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"


class Health(StrEnum):
    """What a look found. The values are those of ``Resource.State``."""

    ALIVE = "alive"
    MOVED = "moved"
    GONE = "gone"
    SILENT = "silent"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Look:
    """The outcome: ``status`` is the last answer's (0 for none), ``moved_to`` a new address."""

    health: Health
    status: int = 0
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str = ""


def look(address: str, *, allow_private: bool = False) -> Look:
    """Ask for the page at ``address``, an http or https address; never raises.

    ``allow_private`` lets it lie in a private network, for tests.
    """
    at, for_good, status = address, True, 0
    try:
        for _ in range(MAX_HOPS):
            answer = _ask(at, allow_private=allow_private)
            if answer.status not in _REDIRECTS or not answer.location:
                return _judged(answer.status, at if at != address and for_good else "")
            for_good, status = for_good and answer.status in _FOR_GOOD, answer.status
            at = urljoin(at, answer.location)
    except (OSError, http.client.HTTPException, RemoteTrouble, ValueError):
        return Look(Health.SILENT)
    return Look(Health.SILENT, status)


def _judged(status: int, moved_to: str) -> Look:
    if 200 <= status < 300:
        health = Health.MOVED if moved_to else Health.ALIVE
        return Look(health, status, moved_to[:2000])
    if status in _GONE:
        return Look(Health.GONE, status)
    return Look(Health.CLOSED if status in _CLOSED else Health.SILENT, status)


def _ask(address: str, *, allow_private: bool) -> _Answer:
    """HEAD first; a server that does not like it is asked with GET, whose body is not read."""
    answer = _question("HEAD", address, allow_private=allow_private)
    if answer.status in _ASK_OTHERWISE:
        return _question("GET", address, allow_private=allow_private)
    return answer


def _question(method: str, address: str, *, allow_private: bool) -> _Answer:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ValueError(f"not an address of the web: {address[:100]}")
    is_secure = parts.scheme == "https"
    host = (
        parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    )
    port = parts.port or (443 if is_secure else 80)
    connection = PinnedConnection(
        host,
        port,
        is_secure=is_secure,
        addresses=checked_addresses(host, port, allow_private=allow_private),
        patience=PATIENCE,
    )
    target = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    with contextlib.closing(connection), hurried(connection, PATIENCE.silence):
        headers = {"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5"}
        connection.request(method, target, headers=headers)
        answer = connection.getresponse()
        return _Answer(answer.status, answer.getheader("Location") or "")
