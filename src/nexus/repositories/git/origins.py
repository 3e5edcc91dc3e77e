"""Where a repository comes from: reading what a person typed.

Nothing is asked of the network here. An ``Origin`` that came out of ``parse_origin`` names
only transports that the hub supports, has no password in it, and cannot be mistaken for an
option by any program.
"""

import os
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

from nexus.repositories.git.hosts import in_brackets, read_host
from nexus.repositories.git.names import (
    ARCHIVE_SUFFIXES,
    BUNDLE_SUFFIX,
    owner_and_name,
    owner_and_name_of_file,
    slug_of,
)
from nexus.repositories.git.troubles import OriginRefused, trouble

__all__ = ["Origin", "OriginKind", "Transport", "parse_origin", "slug_of"]

_MAX_LENGTH = 2000
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_HELPER = re.compile(r"[A-Za-z0-9+.-]*::")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SCP = re.compile(
    r"(?:(?P<user>[A-Za-z0-9_][A-Za-z0-9._-]*)@)?(?P<host>\[[^\]/]+\]|[^:/@\[\]]+):(?P<path>.+)"
)
_BARE_HOST = re.compile(r"[^/@:\s]+\.[^/@:\s]+/[^/]")
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_LOCAL_START = ("/", "./", "../", "~")
#: After the colon of the short form of ssh these would make it something else.
_ODD_STARTS = ("-", ":", "//")
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"

#: On these hosts a repository is always ``/owner/name``; anything after it is a page.
_TWO_PART_HOSTS = frozenset({"github.com", "www.github.com", "codeberg.org", "bitbucket.org"})


class OriginKind(StrEnum):
    """What kind of thing a repository comes from."""

    REMOTE = "remote"
    REPOSITORY = "repository"
    FOLDER = "folder"
    ARCHIVE = "archive"


class Transport(StrEnum):
    """How a remote is spoken to."""

    HTTPS = "https"
    HTTP = "http"
    SSH = "ssh"


_PORTS = {Transport.HTTPS: 443, Transport.HTTP: 80, Transport.SSH: 22}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a repository comes from.

    ``location`` is an address that Git understands, or an absolute path on this machine;
    ``parse_origin(origin.location)`` gives the same origin again. ``host`` (without
    brackets) and ``port`` are set for remotes.
    """

    kind: OriginKind
    location: str
    suggested_name: str
    suggested_owner: str = ""
    transport: Transport | None = None
    host: str = ""
    port: int = 0

    @property
    def display(self) -> str:
        """The origin as its owner may see it; there is never a password in it."""
        return self.location

    @property
    def public_display(self) -> str:
        """The origin as anybody may see it: where it lies on this machine is left out."""
        return self.location if self.kind is OriginKind.REMOTE else Path(self.location).name

    @property
    def path(self) -> Path:
        """Where a local origin lies."""
        return Path(self.location)


def parse_origin(text: str, *, allow_local: bool = True, allow_http: bool = False) -> Origin:
    """Read an address or a path.

    Understood: ``https://host/path``, ``ssh://user@host/path``, ``user@host:path``,
    ``host.tld/owner/name`` (taken as https), and what lies on this machine: a Git
    repository, a bundle, a folder, a .zip, .tar.gz, .tgz or .tar file.

    Args:
        text: what a person typed.
        allow_local: whether paths on this machine are accepted. Without it the disk is
            never looked at, so the answer does not tell what exists there.
        allow_http: whether unencrypted http is accepted.

    Raises:
        OriginRefused: codes ``origin-…``; nothing else is ever raised.
    """
    text = _clean(text)
    if _HELPER.match(text):
        raise _refused("origin-transport", "It names a transport helper.")
    if scheme := _SCHEME.match(text):
        return _parse_url(text, scheme[1].lower(), allow_http=allow_http)
    if text.startswith(_LOCAL_START) or text in (".", "..") or (allow_local and _exists(text)):
        return _parse_local(text, allow_local=allow_local)
    if (scp := _SCP.fullmatch(text)) and (scp["user"] or "." in scp["host"] or "[" in text):
        return _parse_scp(scp)
    if _BARE_HOST.match(text):
        return _parse_url(f"https://{text}", "https", allow_http=False)
    raise _refused("origin-missing" if allow_local else "origin-unreadable")


def _refused(code: str, detail: str = "") -> OriginRefused:
    return trouble(OriginRefused, code, detail)


def _clean(text: str) -> str:
    text = text.strip()
    if not text:
        raise _refused("origin-empty")
    if len(text) > _MAX_LENGTH or text.startswith("-") or _CONTROL.search(text):
        raise _refused("origin-unreadable")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _refused("origin-unreadable") from None
    return text


def _parse_url(text: str, scheme: str, *, allow_http: bool) -> Origin:
    if scheme == "http" and not allow_http:
        raise _refused("origin-transport", "It is not encrypted.")
    if scheme not in set(Transport):
        raise _refused("origin-transport", f"“{scheme[:20]}” is not supported.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _refused("origin-unreadable") from None
    if parts.password is not None:
        raise _refused("origin-credentials")
    return _remote(Transport(scheme), parts, port)


def _remote(transport: Transport, parts: SplitResult, port: int | None) -> Origin:
    host = read_host(_written_host(parts.netloc))
    path = _checked_path(parts.path, host)
    if host is None or port == 0:
        raise _refused("origin-unreadable")
    user = _ssh_user(parts) if transport is Transport.SSH else ""
    shown_port = f":{port}" if port and port != _PORTS[transport] else ""
    owner, name = owner_and_name(path)
    return Origin(
        kind=OriginKind.REMOTE,
        location=f"{transport}://{user}{in_brackets(host)}{shown_port}{path}",
        suggested_name=name,
        suggested_owner=owner,
        transport=transport,
        host=host,
        port=port or _PORTS[transport],
    )


def _written_host(netloc: str) -> str:
    """The host as it was written: ``SplitResult.hostname`` drops brackets and repairs."""
    host = netloc.rpartition("@")[2]
    return host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]


def _ssh_user(parts: SplitResult) -> str:
    if not parts.username:
        return ""
    if not _USER.fullmatch(parts.username):
        raise _refused("origin-unreadable")
    return f"{parts.username}@"


def _checked_path(path: str, host: str | None) -> str:
    """``path`` of a URL, percent-encoded, without a trailing slash."""
    segments = [segment for segment in path.split("/") if segment]
    decoded = [unquote(segment, errors="surrogateescape") for segment in segments]
    doubled = path.startswith("//")  # https://https://user:password@host
    if (
        doubled
        or not segments
        or any(name in (".", "..") or _CONTROL.search(name) for name in decoded)
    ):
        raise _refused("origin-unreadable")
    if host in _TWO_PART_HOSTS:
        segments = [*segments[:1], *(name.removesuffix(".git") for name in segments[1:2])]
    elif "-" in segments:  # GitLab parts its pages from the repository so
        segments = segments[: segments.index("-")]
    if not segments:
        raise _refused("origin-unreadable")
    return "/" + quote("/".join(segments), safe=_SAFE_IN_PATH)


def _parse_scp(match: re.Match[str]) -> Origin:
    """``user@host:path``, the short form of ssh."""
    host, path = read_host(match["host"]), match["path"]
    names = [name for name in path.split("/") if name]
    if host is None or path.startswith(_ODD_STARTS) or not names or ".." in names:
        raise _refused("origin-unreadable")
    user = f"{match['user']}@" if match["user"] else ""
    owner, name = owner_and_name(quote(path))
    return Origin(
        kind=OriginKind.REMOTE,
        location=f"{user}{in_brackets(host)}:{path}",
        suggested_name=name,
        suggested_owner=owner,
        transport=Transport.SSH,
        host=host,
        port=_PORTS[Transport.SSH],
    )


def _exists(text: str) -> bool:
    return os.path.lexists(text)


def _parse_local(text: str, *, allow_local: bool) -> Origin:
    if not allow_local:
        raise _refused("origin-local")
    try:
        path = Path(os.path.abspath(os.path.expanduser(text)))  # noqa: PTH100, PTH111 - no RuntimeError
        kind = _kind_of(path)
    except OSError:
        raise _refused("import-unreadable") from None
    if kind is None:
        raise _refused("origin-kind" if _exists(str(path)) else "origin-missing")
    owner, name = owner_and_name_of_file(path.name)
    return Origin(kind, str(path), suggested_name=name, suggested_owner=owner)


def _kind_of(path: Path) -> OriginKind | None:
    if path.is_dir():
        return OriginKind.REPOSITORY if is_repository(path) else OriginKind.FOLDER
    if not path.is_file():
        return None
    name = path.name.lower()
    if name.endswith(ARCHIVE_SUFFIXES):
        return OriginKind.ARCHIVE
    return OriginKind.REPOSITORY if name.endswith(BUNDLE_SUFFIX) else None


def is_repository(folder: Path) -> bool:
    """Whether a folder is a Git repository: bare, with a work tree, or a linked work tree."""
    inside = folder / ".git"
    return inside.is_file() or _is_bare(inside) or _is_bare(folder)


def _is_bare(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and all(
        (folder / name).is_dir() for name in ("objects", "refs")
    )
