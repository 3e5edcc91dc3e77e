"""Reading methods and paths, in the many ways in which frameworks write parameters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
#: The longest path, in characters.
MAX_PATH = 200
_MAX_QUERY = 12

#: Where an address stands before its path: a host, or a variable for one.
_HOST = (
    r"(?:https?://[^\s/`|<>\"'()]{1,100}|\{\{[^{}\s]{1,40}\}\}|\$\{[^{}\s]{1,40}\}|\$\w{1,40}"
    r"|\{\w{0,20}(?:url|URL|base|BASE|host|HOST)\w{0,20}\})?"
)
_SEGMENTS = r"/(?:[\w\-.~%$,;=:@{}\[\]+!&*/]|<[^<>\s]{1,60}>){0,200}"
#: A path and what is behind its question mark.
PATH = rf"{_HOST}(?P<path>{_SEGMENTS})(?P<query>\?[^\s`|)\"']{{0,200}})?"
METHOD = rf"(?:{'|'.join(METHODS)})"

_AT_START = re.compile(rf"\W{{0,3}}?{PATH}")
#: A path without its first slash, as Django's routes are written.
_WITHOUT_SLASH = re.compile(r"(?P<path>[\w{<:][\w\-{}<>:.]{0,60}/[\w\-{}<>:./]{0,140})$")
_QUERY_NAME = re.compile(r"[?&]([\w.\-]{1,40})(?:\[\])?=")
_SLASHES = re.compile(r"/{2,}")
_NUMBER = re.compile(
    r"(?:\d{1,20}|[0-9a-fA-F]{24}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
)
_TRAILING = ".,;:*!&="
_WORD = re.compile(r"[^\W\d_]+")
_AND = frozenset({"AND", "OR", "ET", "OU"})


@dataclass(frozen=True, slots=True)
class Address:
    """A path and the names behind its question mark."""

    path: str
    query: tuple[str, ...] = ()


def methods_of(text: str) -> tuple[str, ...]:
    """The methods that ``text`` names, when it names nothing else: ``GET / POST``."""
    words = [word.upper() for word in _WORD.findall(text[:60])]
    named = [word for word in words if word not in _AND]
    if not 0 < len(named) <= len(METHODS) or any(word not in METHODS for word in named):
        return ()
    return tuple(dict.fromkeys(named))


def address_of(text: str, *, may_lack_slash: bool = False) -> Address | None:
    """The path at the beginning of ``text``.

    ``may_lack_slash``: the text is known to be a path, as a cell below "Endpoint" is.
    """
    bare = text[:600].replace("`", " ").replace("**", "").replace("\\", "").strip(" \t[(\"'")
    match = _AT_START.match(bare)
    if match is None and may_lack_slash:
        match = _WITHOUT_SLASH.match(bare)
        return Address(tidy(f"/{match['path']}")) if match else None
    return address_in(match) if match else None


def address_in(match: re.Match[str]) -> Address:
    """The address that a pattern with ``PATH`` in it has found."""
    names = _QUERY_NAME.findall(match["query"] or "")
    return Address(tidy(match["path"]), tuple(dict.fromkeys(names))[:_MAX_QUERY])


def tidy(path: str) -> str:
    """A path without the punctuation behind it, and with ``{id}`` for numbers made up for show."""
    path = _SLASHES.sub("/", path[:MAX_PATH]).rstrip(_TRAILING) or "/"
    for opening, closing in ("[]", "{}"):
        if path.endswith(closing) and path.count(closing) > path.count(opening):
            path = path[:-1] or "/"
    return "/".join("{id}" if _NUMBER.fullmatch(part) else part for part in path.split("/"))


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in a path: its name, and its type where the path says one."""

    name: str
    type: str = ""


#: ``{id}``, ``{{id}}``, ``${id}``, ``{id:int}``; ``<int:id>``; ``:id``; ``[id]``; ``*``.
_PARAMETER = re.compile(
    r"\$?\{{1,2}(?P<braces>[^{}]{1,60})\}{1,2}|<(?P<angles>[^<>]{1,60})>"
    r"|\[\[?(?:\.\.\.)?(?P<brackets>[^\[\]]{1,60})\]\]?|(?<=/):(?P<colon>\w{1,60})|(?<=/)\*{1,2}(?=/|$)"
)
_NOT_NAME = re.compile(r"[^\w-]+")


def parameters_of(path: str) -> Iterator[str | Parameter]:
    """The path in pieces: text as it is, and parameters."""
    read = 0
    for match in _PARAMETER.finditer(path):
        yield path[read : match.start()]
        yield _parameter(match)
        read = match.end()
    yield path[read:]


def _parameter(match: re.Match[str]) -> Parameter:
    if angles := match["angles"]:  # Django and Flask: <int:id>
        kind, _, name = angles.rpartition(":")
    else:  # FastAPI and others: {id:int}
        inside = match["braces"] or match["brackets"] or match["colon"] or ""
        name, _, kind = inside.partition(":")
    return Parameter(_NOT_NAME.sub("_", name.strip()).strip("_") or "value", kind.strip().lower())


def neutral(path: str) -> str:
    """The path with every parameter alike and no slash at its end: the same endpoint, same text."""
    pieces = (piece if isinstance(piece, str) else "{}" for piece in parameters_of(path))
    return "".join(pieces).rstrip("/")
