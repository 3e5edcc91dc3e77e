"""What a manifest says, whatever its format."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from nexus.library.extraction.yaml_guard import YamlRefused, safe_yaml

#: So many packages of one manifest are read.
MAX_PACKAGES = 2_000
#: Longer names are no names.
MAX_NAME = 200
#: A manifest written as YAML holds no more values than this.
_MAX_NODES = 20_000
#: A TOML key of more parts is an attack: reading it takes time with the square of its length.
_MAX_TOML_LINE = 4_000


@dataclass(frozen=True, slots=True)
class Package:
    """Something a project is built with.

    ``ecosystem`` is a type of https://github.com/package-url/purl-spec; ``line`` counts from 1,
    0 means that the format does not tell.
    """

    ecosystem: str
    name: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class ManifestReading:
    """What one manifest says. ``includes`` are paths of further ones, relative to its folder."""

    packages: tuple[Package, ...] = ()
    name: str = ""
    description: str = ""
    homepage: str = ""
    licence: str = ""
    includes: tuple[str, ...] = ()


class ManifestReader(Protocol):
    """Reads the text of a manifest; never raises."""

    def __call__(self, text: str, /) -> ManifestReading:
        """What the manifest ``text`` says."""
        ...


def packages_named(ecosystem: str, names: Iterable[object]) -> tuple[Package, ...]:
    """Packages of one ecosystem, each once, without what is no name."""
    kept = dict.fromkeys(
        name for name in names if isinstance(name, str) and 0 < len(name) <= MAX_NAME
    )
    return tuple(Package(ecosystem, name) for name in list(kept)[:MAX_PACKAGES])


def toml_of(text: str) -> Mapping[str, Any]:
    """The table of a TOML text; empty when it is none, or one made to be slow."""
    if any(len(line) > _MAX_TOML_LINE for line in text.splitlines()):
        return {}
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}


def json_of(text: str) -> Mapping[str, Any]:
    """The object of a JSON text; empty when it is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def yaml_of(text: str) -> Mapping[str, Any]:
    """The mapping of a YAML text; empty when it is none."""
    try:
        value = safe_yaml(text, max_nodes=_MAX_NODES)
    except YamlRefused:
        return {}
    return mapping(value)


def mapping(value: object) -> Mapping[str, Any]:
    """``value`` if it is a mapping, with those of its keys that are text; else an empty one."""
    if not isinstance(value, dict):
        return {}
    return {key: item for key, item in value.items() if isinstance(key, str)}


def sequence(value: object) -> list[Any]:
    """``value`` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def at(value: object, *keys: str) -> object:
    """What stands in nested mappings below ``keys``; None when there is nothing."""
    for key in keys:
        value = mapping(value).get(key)
    return value


def text_at(value: object, *keys: str) -> str:
    """The short text below ``keys``; empty when there is none."""
    found = at(value, *keys)
    return " ".join(found.split())[:1_000] if isinstance(found, str) else ""


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers, without the blanks around them."""
    for number, line in enumerate(text.splitlines(), start=1):
        if stripped := line.strip():
            yield number, stripped
