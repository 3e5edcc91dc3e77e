"""Addresses on the web: whose they are, and whether one can go there."""

import re
from dataclasses import dataclass, replace
from functools import cache

from nexus.library.extraction.known_sites import APP_HOSTS, CODE_HOSTS
from nexus.library.extraction.web_addresses import read_address
from nexus.library.facts.wordlists import listed

#: Longer addresses are not shown.
MAX_ADDRESS = 500

_PATH = re.compile(r"https?://[^/?#\s]+(/[^?#\s]*)?", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"\A(?:ssh|git)://")
_CREDENTIALS = re.compile(r"(\A[a-z]{1,5}://)[^@/\s]{1,200}@")
_SCP = re.compile(r"(?:[\w.-]{1,64}@)?([\w.-]{1,255}):(?!//)([^\s]{1,300})")
#: A part of an address that its reader was meant to replace.
_PLACEHOLDER = re.compile(
    r"[<>{}\[\]*$]|\.\.\.|%3c|xxx|://example\b|\bexample\.(?:com|org|net)\b|\bplaceholder\b|/owner/"
    r"|\byour(?:[-_]|\b|app|site|domain|name|user|username|project)|\busername\b"
    r"|/(?:votre|ton)[-_]?(?:utilisateur|pseudo|compte|nom|depot|dépôt|projet|repo|identifiant)"
    r"|/(?:nom[-_](?:d[-_]?)?utilisateur|nom[-_]du[-_](?:repo|projet|depot|dépôt))\b"
    r"|//my[-_]?(?:app|site|domain|api|project)\.",
    re.IGNORECASE,
)
#: Badges and services whose addresses hold ``owner/repository`` after these parts.
_HOLDING = (
    ("img.shields.io", "github"),
    ("shields.io", "github"),
    ("codecov.io", "gh"),
    ("codecov.io", "github"),
    ("app.codecov.io", "gh"),
    ("coveralls.io", "github"),
    ("coveralls.io", "repos/github"),
    ("travis-ci.org", ""),
    ("travis-ci.com", ""),
    ("api.travis-ci.com", ""),
    ("circleci.com", "gh"),
    ("raw.githubusercontent.com", ""),
    ("badgen.net", "github"),
    ("goreportcard.com", "report/github.com"),
    ("stackblitz.com", "github"),
    ("codespaces.new", ""),
    ("deepsource.io", "gh"),
)
#: What shields.io puts between ``github`` and the owner, in as many parts.
_METRICS = {"actions": 3, "workflow": 2, "v": 2, "commit-activity": 2, "languages": 2}


@dataclass(frozen=True, slots=True)
class Web:
    """A public http(s) address taken apart.

    ``address`` is as it was written, ``key`` is what all ways of writing it have in common.
    ``owner`` and ``repository`` are empty where it names none.
    """

    address: str
    host: str
    path: str
    key: str
    owner: str = ""
    repository: str = ""

    @property
    def is_code_host(self) -> bool:
        """Whether it leads to a place for repositories."""
        return self.host in CODE_HOSTS

    @property
    def runs_apps(self) -> bool:
        """Whether it is below a domain where people put what they built."""
        return self.host.endswith(APP_HOSTS)


@cache
def _below(name: str) -> tuple[str, ...]:
    """What hosts end in that are below a domain of the list ``name``."""
    return tuple(f".{domain}" for domain in listed(name))


def never_runs_projects(host: str) -> bool:
    """Whether nobody's project runs on a host of this name: ``youtube.com``."""
    return f".{host}".endswith(_below("other_hosts"))


def web_address(target: str) -> Web | None:
    """Take an http(s) address apart.

    None when it is none, when only its author can go there (``localhost``), and when it has
    words in it that were to be replaced (``your-app.onrender.com``).
    """
    if len(target) > MAX_ADDRESS or _PLACEHOLDER.search(target):
        return None
    normal, match = read_address(target), _PATH.match(target)
    if normal is None or match is None:
        return None
    path = match[1] or ""
    owner, repository = _owned(normal.host, [part for part in path.split("/") if part])
    return Web(target, normal.host, path, str(normal).casefold(), owner, repository)


def origin_of(remote: str) -> Web | None:
    """The web address of a Git remote: ``git@github.com:ada/notes.git`` in any of its forms.

    None for a folder, and for a machine that is not public.
    """
    remote = _CREDENTIALS.sub(r"\1", remote.strip())
    if match := _SCP.fullmatch(remote):
        remote = f"https://{match[1]}/{match[2]}"
    found = web_address(
        _OTHER_SCHEME.sub("https://", remote).removesuffix("/").removesuffix(".git")
    )
    parts = [part for part in found.path.split("/") if part] if found else []
    if found is None or len(parts) < 2:
        return None
    return replace(found, owner=parts[0], repository=parts[-1])


def _owned(host: str, parts: list[str]) -> tuple[str, str]:
    """(owner, repository) that an address names, as far as it names them."""
    if host in CODE_HOSTS and parts:
        return parts[0], parts[1].removesuffix(".git") if len(parts) > 1 else ""
    if host.endswith((".github.io", ".gitlab.io")):
        owner = host.partition(".")[0]
        return owner, parts[0] if parts else host
    for known, start in _HOLDING:
        before = start.split("/") if start else []
        if host == known and parts[: len(before)] == before:
            return _after_metric(host, parts[len(before) :])
    return "", ""


def _after_metric(host: str, parts: list[str]) -> tuple[str, str]:
    if host.endswith(("shields.io", "badgen.net")) and parts:
        parts = parts[_METRICS.get(parts[0], 1) :]
    if len(parts) < 2:
        return "", ""
    return parts[0], parts[1].removesuffix(".svg").removesuffix(".git")
