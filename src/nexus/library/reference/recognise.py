"""Recognising an API contract by its content, whatever the file is called.

A repository may hold thousands of YAML and JSON files that are something else, so this is
a look at the root keys, not a parse: the few files that pass are read in full afterwards.
"""

import json
import posixpath
import re
from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """The languages in which contracts are written."""

    OPENAPI = "OpenAPI"
    SWAGGER = "Swagger"
    GRAPHQL = "GraphQL"


@dataclass(frozen=True, slots=True)
class Format:
    """A contract's language and its version, ``3.1`` or ``2.0``; GraphQL has none."""

    family: Family
    version: str = ""

    def __str__(self) -> str:
        return f"{self.family} {self.version}".strip()


GRAPHQL_ENDINGS = frozenset({".graphql", ".graphqls", ".gql"})
#: Endings under which data is kept in JSON or YAML.
DATA_ENDINGS = frozenset({".json", ".yaml", ".yml", ".openapi", ".swagger", ".oas"})
#: Endings of files that are mostly prose: here the root key must come first.
LOOSE_ENDINGS = frozenset({".txt", ""})

_FAMILIES = {"openapi": Family.OPENAPI, "swagger": Family.SWAGGER}
_NAME = r"""(?P<quote>["']?)(?P<name>openapi|swagger)(?P=quote)"""
_VERSION = r"""["']?(?P<version>\d{1,3}\.\d{1,3})[\w.+-]*["']?"""
_BLOCK_ROOT = re.compile(
    rf"^(?P<indent> *){_NAME}[ \t]*:[ \t]+{_VERSION}[ \t\r]*(?:#.*)?$", re.MULTILINE
)
_BRACE_ROOT = re.compile(rf"\s*\{{\s*{_NAME}\s*:\s*{_VERSION}\s*[,}}]")
_JSON_MEMBER = re.compile(r'"(?:openapi|swagger)"\s*:\s*"\d')
#: What else stands at the root of such a document, even of a broken one.
_ROOM = r"info|paths|components|webhooks|definitions|servers|host|tags"
_BLOCK_SIBLING = re.compile(rf"""^ *["']?(?:{_ROOM})["']?[ \t]*:""", re.MULTILINE)
_BRACE_SIBLING = re.compile(rf"""["']?\b(?:{_ROOM})["']?\s*:""")
_SEPARATOR = re.compile(r"^(?:---|\.\.\.)(?:\s|$)", re.MULTILINE)
_LEADING = re.compile(r"(?:[ \t]*(?:#.*|---.*|%.*)?\r?\n)*")
_TEMPLATE = re.compile(r"^\{\{", re.MULTILINE)


def recognise(path: str, text: str) -> Format | None:
    """What contract ``text`` is, or None when it is none.

    Args:
        path: The file's path; only its ending is looked at.
        text: The file's content, decoded.
    """
    ending = posixpath.splitext(path)[1].lower()
    if ending in GRAPHQL_ENDINGS:
        return Format(Family.GRAPHQL) if _is_schema(text) else None
    if ending not in DATA_ENDINGS and ending not in LOOSE_ENDINGS:
        return None
    if "openapi" not in text and "swagger" not in text:
        return None
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] == "{":
        return _recognise_braces(text)
    return _recognise_blocks(text, first=ending in LOOSE_ENDINGS)


def _recognise_blocks(text: str, *, first: bool) -> Format | None:
    """YAML as people write it. ``first``: nothing but comments may stand before the key."""
    start, indent = _beginning(text)
    found = next((hit for hit in _BLOCK_ROOT.finditer(text) if hit["indent"] == indent), None)
    if not found or (first and found.start() != start) or _TEMPLATE.search(text):
        return None
    # Only the first document of a stream counts.
    if _SEPARATOR.search(text, start, found.start()) or not _BLOCK_SIBLING.search(text):
        return None
    return _format(found["name"], found["version"])


def _beginning(text: str) -> tuple[int, str]:
    """Where the root mapping begins, after comments, and how far it is indented."""
    leading = _LEADING.match(text)
    start = leading.end() if leading else 0
    indent = re.compile(" *").match(text, start)
    return start, indent[0] if indent else ""


def _recognise_braces(text: str) -> Format | None:
    """JSON, and YAML written with braces."""
    found = _BRACE_ROOT.match(text)
    if found:
        return _format(found["name"], found["version"]) if _BRACE_SIBLING.search(text) else None
    # The key is further down: at the root, or in a lock file's list of packages.
    return _recognise_json(text) if _JSON_MEMBER.search(text) else None


def _recognise_json(text: str) -> Format | None:
    try:
        root = json.loads(text)
    except (ValueError, RecursionError):
        return None
    for name in _FAMILIES:
        version = re.match(_VERSION, str(root.get(name, "")))
        if version and any(room in root for room in _ROOM.split("|")):
            return _format(name, version["version"])
    return None


def _format(name: str, version: str) -> Format | None:
    # Swagger 1 is another language altogether: one file for each resource.
    return Format(_FAMILIES[name], version) if int(version.partition(".")[0]) > 1 else None


_GRAPHQL_TOKEN = re.compile(
    r'"""(?:\\"""|(?!""").)*(?:"""|\Z)|"(?:\\.|[^"\\\n])*"|#[^\n]*|[{}()\[\]]|[A-Za-z_]\w*',
    re.DOTALL,
)
_DEFINITIONS = frozenset(
    {"schema", "type", "interface", "union", "enum", "input", "scalar", "directive", "extend"}
)


def _is_schema(text: str) -> bool:
    """Whether the first definition is one of a schema: operations are for clients."""
    for token in _GRAPHQL_TOKEN.finditer(text):
        word = token[0]
        if word[0] not in '"#':
            return word in _DEFINITIONS
    return False
