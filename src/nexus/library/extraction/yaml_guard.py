"""Reading YAML that somebody else wrote, without trusting it.

PyYAML's safe loader builds no foreign objects, but it still follows whoever wrote
the text into very deep nesting (a crash in C), alias bombs (a few lines that stand
for billions of values) and structures that contain themselves. This loader refuses
all three before it builds anything.

Plain values follow the core schema of YAML 1.2, which OpenAPI asks for too: ``no``
is a word and ``12:30`` is not a number. Dates become ISO 8601 strings, so whatever
is returned can be written as JSON.
"""

import math
import re
from collections.abc import Iterator
from typing import Any, ClassVar

import yaml

from nexus.kernel.errors import Invalid

MAX_NODES = 100_000
MAX_DEPTH = 100

_OPENING = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSING = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


class YamlRefused(Invalid):
    """The text is not YAML, or is YAML that the hub will not build.

    ``line`` is where it was noticed, counted from 1; 0 if it is not known.
    """

    def __init__(self, code: str, title: str, *, remedy: str, line: int = 0) -> None:
        super().__init__(code, title, remedy=remedy)
        self.line = line


def safe_yaml(text: str, *, max_nodes: int = MAX_NODES, max_depth: int = MAX_DEPTH) -> object:
    """The value of the single YAML document in ``text``; None when it is empty.

    ``max_nodes`` bounds the scalars, lists and mappings once every alias has been
    replaced by what it stands for; ``max_depth`` bounds how deep they lie.
    The caller bounds the length of ``text``.

    Raises ``YamlRefused`` with the code ``yaml-invalid``, ``yaml-too-large``,
    ``yaml-too-deep`` or ``yaml-recursive``.
    """
    try:
        return _load(text, max_nodes=max_nodes, max_depth=max_depth)
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise _invalid(error) from error


def _load(text: str, *, max_nodes: int, max_depth: int) -> object:
    # Composing recurses in C, one frame a level: the events must be counted first.
    _check_events(text, max_nodes=max_nodes, max_depth=max_depth)
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _Measure(max_nodes).of(node)
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _check_events(text: str, *, max_nodes: int, max_depth: int) -> None:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader), start=1):
        if isinstance(event, _OPENING):
            depth += 1
        elif isinstance(event, _CLOSING):
            depth -= 1
        if depth > max_depth:
            raise _too_deep(_line(event))
        # Two events, a start and an end, is the most that one node can be.
        if count > 2 * max_nodes:
            raise _too_large()


def _line(thing: yaml.Event | yaml.Node) -> int:
    return thing.start_mark.line + 1 if thing.start_mark else 0


class _Measure:
    """Counts the nodes below a node as if every alias were written out."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._sizes: dict[int, int] = {}
        self._open: set[int] = set()

    def of(self, node: yaml.Node) -> int:
        """The number of nodes that ``node`` stands for, itself included."""
        key = id(node)
        if key in self._open:
            raise _recursive(_line(node))
        if key not in self._sizes:
            self._open.add(key)
            self._sizes[key] = self._count(node)
            self._open.discard(key)
        return self._sizes[key]

    def _count(self, node: yaml.Node) -> int:
        total = 1
        for child in _children(node):
            total += self.of(child)
            if total > self._limit:
                raise _too_large()
        return total


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value


class _Loader(yaml.CSafeLoader):
    """The safe loader, with the plain values of YAML 1.2 and nothing JSON cannot hold."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    yaml_constructors: ClassVar[dict[Any, Any]] = {}


_TAG = "tag:yaml.org,2002:"
#: Longer digits than this are an attack or an identifier, never a count.
_PLAIN_VALUES = (
    ("null", r"~|null|Null|NULL|", [*"~nN", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,99})|0x[0-9a-fA-F]{1,64}", [*"-+0123456789"]),
    (
        "float",
        r"[-+]?(?:\.[0-9]{1,99}|[0-9]{1,99}\.[0-9]{0,99}|[0-9]{1,99}(?=[eE]))(?:[eE][-+]?[0-9]{1,3})?",
        [*"-+0123456789."],
    ),
    (
        "timestamp",
        r"\d{4}-\d\d-\d\d(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?"
        r"(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)?",
        [*"0123456789"],
    ),
    ("merge", r"<<", ["<"]),
)
for _name, _pattern, _starts in _PLAIN_VALUES:
    _Loader.add_implicit_resolver(f"{_TAG}{_name}", re.compile(f"(?:{_pattern})\\Z"), _starts)


def _construct_bool(loader: _Loader, node: yaml.ScalarNode) -> bool:
    return str(loader.construct_scalar(node)).lower() == "true"


def _construct_number(loader: _Loader, node: yaml.ScalarNode) -> object:
    text = str(loader.construct_scalar(node))
    try:
        number = int(text, 0) if node.tag.endswith("int") else float(text)
    except ValueError:  # `!!int word`: an explicit tag on something that is no number
        return text
    return number if math.isfinite(number) else text


def _construct_date(loader: _Loader, node: yaml.ScalarNode) -> str:
    text = str(loader.construct_scalar(node))
    try:
        moment = loader.construct_yaml_timestamp(node)
    except (ValueError, AttributeError):  # 2024-13-45, or `!!timestamp` on a word
        return text
    return str(moment.isoformat())


_SAFE = yaml.constructor.SafeConstructor.yaml_constructors
_Loader.yaml_constructors.update(
    {f"{_TAG}{name}": _SAFE[f"{_TAG}{name}"] for name in ("null", "str", "seq", "map")}
)
_Loader.yaml_constructors.update(
    {
        f"{_TAG}bool": _construct_bool,
        f"{_TAG}int": _construct_number,
        f"{_TAG}float": _construct_number,
        f"{_TAG}timestamp": _construct_date,
        None: _SAFE[None],  # every other tag is an error
    }
)


def _invalid(error: Exception) -> YamlRefused:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "it cannot be read"
    line = mark.line + 1 if mark else 0
    where = f"at line {line}" if line else "in it"
    return YamlRefused(
        "yaml-invalid",
        f"This is not YAML: {what}.",
        remedy=f"Check the indentation, the colons and the quotes {where}.",
        line=line,
    )


def _too_deep(line: int) -> YamlRefused:
    return YamlRefused(
        "yaml-too-deep",
        "The YAML is nested too deeply to be read.",
        remedy="Write it with fewer levels.",
        line=line,
    )


def _too_large() -> YamlRefused:
    return YamlRefused(
        "yaml-too-large",
        "The YAML holds too many values, or its aliases stand for too many.",
        remedy="Split it into smaller files, and write aliases out where they multiply.",
    )


def _recursive(line: int) -> YamlRefused:
    return YamlRefused(
        "yaml-recursive",
        "A YAML alias stands for something that contains the alias itself.",
        remedy="Write the value out instead of referring back to it.",
        line=line,
    )
