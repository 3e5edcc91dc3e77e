"""A document as a tree of plain JSON values that can be asked for what it should hold.

Nothing that an author writes makes it raise: what is not there or has another form reads as
empty, and the latter is noted with its place.
"""

import json
import re
from collections.abc import Iterator, Set

from nexus.library.reference.findings import Findings
from nexus.library.reference.places import Pointer

#: A plain JSON value: the keys of its mappings are strings.
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

#: Deeper values are left out: no contract needs them, and they exhaust the stack.
MAX_DEPTH = 100
#: Longer values are cut where they are shown within a line, in characters.
MAX_LITERAL = 300

# Strings that would look like no text, a number, a truth value or null without their quotes.
_AMBIGUOUS = re.compile(r"\s*|\s.*|.*\s|-?[\d.]+(?:[eE][-+]?\d+)?|true|false|null", re.DOTALL)

# Neither databases nor browsers take NUL, unpaired surrogates and the like.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """``text`` without the characters that cannot be stored or shown."""
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def scalar_text(value: object) -> str:
    """A number, truth value, null or string as it is written in JSON, without quotes."""
    if isinstance(value, str):
        return value
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def plain(value: object, findings: Findings, *, at: Pointer = ()) -> Json:
    """What a JSON or YAML parser gave, as a tree of plain values with strings as keys."""
    if isinstance(value, str):
        return clean(value)
    if not isinstance(value, dict | list):
        return value if isinstance(value, bool | int | float) else None
    if len(at) >= MAX_DEPTH:
        findings.add("contract-refused", f"What lies below level {MAX_DEPTH} was left out.", at=at)
        return None
    if isinstance(value, list):
        return [plain(item, findings, at=(*at, str(i))) for i, item in enumerate(value)]
    return _plain_mapping(value, findings, at)


def _plain_mapping(value: dict[object, object], findings: Findings, at: Pointer) -> Json:
    tree: dict[str, Json] = {}
    for key, item in value.items():
        # YAML allows 404 and true as keys.
        name = clean("null" if key is None else scalar_text(key))
        if name in tree:
            findings.add("contract-duplicate-key", f"{name} stands here again.", at=(*at, name))
        tree[name] = plain(item, findings, at=(*at, name))
    return tree


class Node:
    """A value, and the way from the root to it."""

    __slots__ = ("_key", "_parent", "findings", "value")

    def __init__(
        self, value: Json, findings: Findings, *, parent: "Node | None" = None, key: str = ""
    ) -> None:
        self.value = value
        self.findings = findings
        self._parent = parent
        self._key = key

    @property
    def pointer(self) -> Pointer:
        """The keys from the root of the document to this value."""
        keys: list[str] = []
        node: Node | None = self
        while node is not None and node._parent is not None:
            keys.append(node._key)
            node = node._parent
        return tuple(reversed(keys))

    def report(self, code: str, message: str) -> None:
        """Note a problem at this place."""
        self.findings.add(code, message, at=self.pointer)

    @property
    def keys(self) -> Set[str]:
        """The names that are written in a mapping; none for anything else."""
        return self.value.keys() if isinstance(self.value, dict) else frozenset()

    def has(self, key: str) -> bool:
        """Whether there is something under ``key``; null counts as nothing."""
        return self.peek(key) is not None

    def peek(self, key: str) -> Json:
        """The plain value under ``key``; None where there is none."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def at(self, key: str) -> "Node":
        """The value under ``key``, which may be nothing."""
        return Node(self.peek(key), self.findings, parent=self, key=key)

    def entries(self) -> "Iterator[tuple[str, Node]]":
        """The names and values of a mapping."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(value, self.findings, parent=self, key=key)
        elif self.value is not None:
            self.misshapen("a mapping of names to values")

    def items(self) -> "Iterator[Node]":
        """The items of a list."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Node(value, self.findings, parent=self, key=str(index))
        elif self.value is not None:
            self.misshapen("a list")

    def text(self, key: str) -> str:
        """The text under ``key``; empty where there is none."""
        value = self.peek(key)
        if value is None or isinstance(value, str):
            return value or ""
        if isinstance(value, dict | list):
            self.at(key).misshapen("a text")
            return ""
        return scalar_text(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of the list under ``key``."""
        items = self.at(key).items()
        return tuple(
            scalar_text(item.value)
            for item in items
            if item.value is not None and not isinstance(item.value, dict | list)
        )

    def flag(self, key: str) -> bool:
        """Whether the value under ``key`` is true."""
        return self.peek(key) is True

    def misshapen(self, expected: str) -> None:
        """Note that the value has another form than it should have."""
        self.report("contract-shape", f"{self._key or 'The document'} should be {expected}.")


def literal(value: Json) -> str:
    """A value as text: a string without quotes, unless it would be taken for something else."""
    if isinstance(value, str) and not _AMBIGUOUS.fullmatch(value):
        text = value
    else:
        text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MAX_LITERAL else f"{text[:MAX_LITERAL]}…"
