"""Reading schemas: JSON Schema as each version of OpenAPI uses it."""

from dataclasses import replace

from nexus.library.reference.openapi.budget import Budget
from nexus.library.reference.openapi.model import (
    Discriminator,
    ExternalDocs,
    Property,
    Reference,
    Schema,
    Target,
)
from nexus.library.reference.openapi.references import References, report_missing
from nexus.library.reference.places import Pointer
from nexus.library.reference.tree import Node, literal

#: The keywords that restrict a value, in the order in which they are shown.
LIMITS = (
    "const",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minContains",
    "maxContains",
    "minProperties",
    "maxProperties",
    "contentEncoding",
    "contentMediaType",
)
#: Rules that cannot be said in a few words: that they exist is shown.
CONDITIONS = frozenset({"if", "dependentSchemas", "dependentRequired", "contains", "propertyNames"})
#: Keywords that hold other schemas, or say more than a word.
STRUCTURE = frozenset(
    {
        "properties",
        "patternProperties",
        "additionalProperties",
        "unevaluatedProperties",
        "items",
        "prefixItems",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "discriminator",
        "externalDocs",
    }
)
_RESTRICTING = CONDITIONS.union(LIMITS)
ANYTHING = Schema()
NOTHING = Schema(types=("nothing",))


class Schemas:
    """Reads the schemas of one document, and afterwards whatever they refer to."""

    def __init__(self, references: References, budget: Budget) -> None:
        self._references = references
        self._budget = budget
        self._wanted: dict[Pointer, tuple[Node, Reference]] = {}
        self.definitions: dict[Pointer, Schema] = {}

    def optional(self, node: Node) -> Schema | None:
        """The schema that ``node`` holds, if it holds anything."""
        return None if node.value is None else self.read(node)

    def read(self, node: Node) -> Schema:
        """The schema that ``node`` holds; one that allows anything when it cannot be read."""
        value = node.value
        if isinstance(value, bool):
            return ANYTHING if value else NOTHING
        if not isinstance(value, dict):
            node.misshapen("a schema")
            return ANYTHING
        if not self._budget.spend():
            return ANYTHING
        reference = self._reference(node)
        if reference and len(value) == 1:
            return Schema(reference=reference)
        return self._read(node, reference)

    def define(self, node: Node) -> Pointer:
        """Read a schema that has a name, and keep it under its place."""
        pointer = node.pointer
        if pointer not in self.definitions:
            self.definitions[pointer] = self.read(node)
        return pointer

    def settle(self) -> None:
        """Read everything that the schemas read so far refer to."""
        while self._wanted:
            pointer, (node, reference) = self._wanted.popitem()
            if pointer in self.definitions:
                continue
            found = self._references.find(reference)
            if found is None:
                report_missing(node, reference)
            else:
                self.definitions[pointer] = self.read(found)

    def _reference(self, node: Node) -> Reference | None:
        reference = self._references.read(node)
        if reference and reference.target is Target.HERE:
            self._wanted.setdefault(reference.pointer, (node, reference))
        return reference

    def _read(self, node: Node, reference: Reference | None) -> Schema:
        types = _types(node)
        schema = Schema(
            reference=reference,
            title=node.text("title"),
            description=node.text("description"),
            types=tuple(name for name in types if name != "null") or types,
            format=node.text("format"),
            nullable=_is_nullable(node, types),
            enum=tuple(literal(item.value) for item in node.at("enum").items()),
            limits=_limits(node),
            default=literal(node.peek("default")) if _holds(node, "default") else None,
            examples=_examples(node),
            read_only=node.flag("readOnly"),
            write_only=node.flag("writeOnly"),
            deprecated=node.flag("deprecated"),
        )
        return schema if _is_leaf(node) else self._with_structure(schema, node)

    def _with_structure(self, schema: Schema, node: Node) -> Schema:
        return replace(
            schema,
            properties=self._properties(node, "properties"),
            patterns=self._properties(node, "patternProperties"),
            extra=self._extra(node),
            closed=node.peek("additionalProperties") is False
            or node.peek("unevaluatedProperties") is False,
            items=self._items(node),
            # A list under `items` is how JSON Schema wrote prefixItems before 2020-12.
            leading=self._several(node, "prefixItems") + self._several(node, "items", list),
            all_of=self._several(node, "allOf"),
            any_of=self._several(node, "anyOf"),
            one_of=self._several(node, "oneOf"),
            none_of=self.optional(node.at("not")),
            discriminator=self._discriminator(node),
            docs=read_docs(node),
        )

    def _properties(self, node: Node, key: str) -> tuple[Property, ...]:
        if not node.has(key):
            return ()
        # Swagger 2 and JSON Schema 3 knew `required: true` on a property: that is no list.
        listed = isinstance(node.peek("required"), list)
        required = frozenset(node.texts("required") if listed else ())
        return tuple(
            Property(name, self.read(schema), required=name in required)
            for name, schema in node.at(key).entries()
        )

    def _several(self, node: Node, key: str, kind: type = object) -> tuple[Schema, ...]:
        if not node.has(key) or not isinstance(node.peek(key), kind):
            return ()
        return tuple(self.read(item) for item in node.at(key).items())

    def _items(self, node: Node) -> Schema | None:
        value = node.peek("items")
        return (
            None if value is None or isinstance(value, bool | list) else self.read(node.at("items"))
        )

    def _extra(self, node: Node) -> Schema | None:
        if node.peek("additionalProperties") is True:
            return ANYTHING
        extra = node.at("additionalProperties")
        return self.read(extra) if isinstance(extra.value, dict) else None

    def _discriminator(self, node: Node) -> Discriminator | None:
        value = node.peek("discriminator")
        if isinstance(value, str):  # Swagger 2
            return Discriminator(value)
        if not isinstance(value, dict):
            return None
        inner = node.at("discriminator")
        mapping = tuple(
            (name, self._references.by_name(target.value))
            for name, target in inner.at("mapping").entries()
            if isinstance(target.value, str)
        )
        return Discriminator(inner.text("propertyName"), mapping)


def read_docs(node: Node) -> ExternalDocs | None:
    """The link to further documentation that ``node`` may carry."""
    docs = node.at("externalDocs")
    return ExternalDocs(docs.text("url"), docs.text("description")) if docs.value else None


def _is_leaf(node: Node) -> bool:
    """Whether nothing about the schema takes more than a word: most schemas are such."""
    return node.keys.isdisjoint(STRUCTURE)


def _is_nullable(node: Node, types: tuple[str, ...]) -> bool:
    among = len(types) > 1 and "null" in types
    return among or node.flag("nullable") or node.flag("x-nullable")


def _holds(node: Node, key: str) -> bool:
    """Whether ``key`` is written, null included: null is a fine default."""
    return key in node.keys


def _types(node: Node) -> tuple[str, ...]:
    value = node.peek("type")
    if isinstance(value, list):
        return node.texts("type")
    return (node.text("type"),) if value is not None else ()


def _limits(node: Node) -> tuple[tuple[str, str], ...]:
    """The keywords that restrict a value; those that are switched off do not."""
    written = node.keys
    if written.isdisjoint(_RESTRICTING):
        return ()
    limits = [(key, literal(node.peek(key))) for key in LIMITS if key in written]
    limits = [limit for limit in limits if limit[1] not in ("null", "false") or limit[0] == "const"]
    return tuple(limits if written.isdisjoint(CONDITIONS) else [*limits, ("conditions", "")])


def _examples(node: Node) -> tuple[str, ...]:
    examples = [literal(node.peek("example"))] if _holds(node, "example") else []
    if isinstance(node.peek("examples"), list):
        examples += [literal(item.value) for item in node.at("examples").items()]
    return tuple(dict.fromkeys(examples))
