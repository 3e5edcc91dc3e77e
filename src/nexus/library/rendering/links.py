"""Where the links and pictures of a document lead.

A target that an author wrote is one of: a part of this page (``#setup``), a place in the
repository (``../docs/setup.md?plain=1#install``), or an address elsewhere. Places in the
repository are rewritten to where they live in the hub; a target that leaves the repository,
or has a scheme that GitHub would not follow, leads nowhere.

Ids in a document carry a prefix (see ``sanitising``), and so do the fragments that point at
them: ``#setup`` becomes ``#user-content-setup``, which works without a script. Fragments
that name lines (``#L12``) point at code pages, whose ids have no prefix.
"""

import re
from enum import Enum, auto
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_to_bytes

from nexus.library.rendering.page import Place
from nexus.library.rendering.sanitising import ID_PREFIX, LINK_SCHEMES

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# Browsers drop these from an address before they read its scheme.
_IGNORED = re.compile(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]")
_PARTS = re.compile(r"(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?", re.DOTALL)
_LINES = re.compile(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?")
_URL_SAFE = "%!$&'()*+,;=:@/?~-._[]"
_UNSAFE_CHARS = re.compile(r"[\x00-\x20\"<>\\^`{|}\x7f]")


class Kind(Enum):
    """What a target turned out to be."""

    HERE = auto()
    REPOSITORY = auto()
    ELSEWHERE = auto()
    OUTSIDE = auto()
    UNSAFE = auto()
    NOTHING = auto()


class Destination(NamedTuple):
    """Where a target leads. ``href`` is empty for ``OUTSIDE``, ``UNSAFE`` and ``NOTHING``.

    ``path`` is the repository path of a ``REPOSITORY`` destination.
    """

    kind: Kind
    href: str = ""
    path: str = ""


def link_destination(target: str, place: Place) -> Destination:
    """Where the link ``target``, written in the file at ``place``, leads."""
    target = _tidied(target)
    if not target:
        return Destination(Kind.NOTHING)
    if target.startswith("#"):
        return Destination(Kind.HERE, fragment_href(target[1:]))
    return _elsewhere(target, LINK_SCHEMES) or _inside(target, place, page=True)


def picture_destination(target: str, place: Place) -> Destination:
    """Where the bytes of the picture ``target`` lie; data URLs are not handled here."""
    target = _tidied(target)
    if not target or target.startswith("#"):
        return Destination(Kind.NOTHING)
    return _elsewhere(target, frozenset({"http", "https"})) or _inside(target, place, page=False)


def fragment_href(fragment: str) -> str:
    """The fragment that reaches the part an author called ``fragment``."""
    name = unquote(fragment)
    if _LINES.fullmatch(name) or not name:
        return f"#{fragment}"
    prefix = "" if name.startswith(ID_PREFIX) else ID_PREFIX
    return f"#{prefix}{quote(name, safe=_URL_SAFE.replace('%', ''))}"


def _tidied(target: str) -> str:
    is_tidy = target.isprintable() and not target.startswith(" ") and not target.endswith(" ")
    return target if is_tidy else _IGNORED.sub("", target)


def _elsewhere(target: str, schemes: frozenset[str]) -> Destination | None:
    if target.startswith("//"):
        return Destination(Kind.ELSEWHERE, "https:" + _safe_chars(target))
    match = _SCHEME.match(target)
    if match is None:
        return None
    if match[1].lower() not in schemes:
        return Destination(Kind.UNSAFE)
    return Destination(Kind.ELSEWHERE, _safe_chars(target))


def _inside(target: str, place: Place, *, page: bool) -> Destination:
    parts = _PARTS.fullmatch(target)
    assert parts is not None, "the pattern matches any text"  # noqa: S101
    written = parts["path"]
    path = place.resolve(_decoded(written)) if written else place.path
    if path is None:
        return Destination(Kind.OUTSIDE)
    href = (place.page(path) if page else place.raw(path)) + _safe_chars(parts["query"] or "")
    fragment = (parts["fragment"] or "")[1:]
    if fragment:
        href += fragment_href(fragment) if page else f"#{_safe_chars(fragment)}"
    return Destination(Kind.REPOSITORY, href, path)


def _decoded(path: str) -> str:
    """The path that ``path`` encodes; names that are not UTF-8 are taken as written."""
    try:
        return unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        return path


def _safe_chars(url: str) -> str:
    return _UNSAFE_CHARS.sub(lambda char: quote(char[0], safe=""), url)
