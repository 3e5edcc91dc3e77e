"""Reading a GraphQL schema written in the schema definition language.

Source: https://spec.graphql.org/September2025/#sec-Type-System. The syntax tree is read, not
the schema that could be built of it: a schema in several files, or one with a mistake in its
meaning, still says most of what a reader wants to know.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from graphql import GraphQLSyntaxError, Source, parse, print_ast
from graphql.language import ast

from nexus.library.reference.findings import Findings
from nexus.library.reference.graphql_rules import check
from nexus.library.reference.tree import MAX_LITERAL, clean

#: GitHub's public schema, one of the largest, has some 200,000.
MAX_TOKENS = 300_000


class DefinitionKind(StrEnum):
    """What a definition defines."""

    OBJECT = "type"
    INTERFACE = "interface"
    UNION = "union"
    INPUT = "input"
    ENUM = "enum"
    SCALAR = "scalar"
    DIRECTIVE = "directive"


@dataclass(frozen=True, slots=True)
class Field:
    """A field, an argument, or a value of an enum (which has no ``type``).

    ``type`` is written as in the schema: ``[Pet!]!``. ``deprecated`` is the reason, and None
    when the field is not deprecated. ``directives`` are the others that stand on it.
    """

    name: str
    type: str = ""
    description: str = ""
    arguments: "tuple[Field, ...]" = ()
    default: str = ""
    deprecated: str | None = None
    directives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A type or a directive.

    ``members`` are the types of a union, the interfaces that a type implements, or the
    locations of a directive.
    """

    kind: DefinitionKind
    name: str
    description: str = ""
    fields: tuple[Field, ...] = ()
    members: tuple[str, ...] = ()
    directives: tuple[str, ...] = ()
    specified_by: str = ""
    repeatable: bool = False
    extension: bool = False


@dataclass(frozen=True, slots=True)
class SdlContract:
    """A whole schema. ``roots`` are the operations with the types that hold their fields."""

    description: str = ""
    roots: tuple[tuple[str, str], ...] = ()
    definitions: tuple[Definition, ...] = ()

    def find(self, name: str) -> Definition | None:
        """The type of that name."""
        kinds = (each for each in self.definitions if each.kind is not DefinitionKind.DIRECTIVE)
        return next((each for each in kinds if each.name == name), None)

    def root_fields(self, operation: str) -> tuple[Field, ...]:
        """What clients can ask for with ``query``, ``mutation`` or ``subscription``."""
        found = self.find(dict(self.roots).get(operation, ""))
        return found.fields if found else ()


_KINDS = {
    "object_type": DefinitionKind.OBJECT,
    "interface_type": DefinitionKind.INTERFACE,
    "union_type": DefinitionKind.UNION,
    "input_object_type": DefinitionKind.INPUT,
    "enum_type": DefinitionKind.ENUM,
    "scalar_type": DefinitionKind.SCALAR,
    "directive": DefinitionKind.DIRECTIVE,
}
_USUAL_ROOTS = (("query", "Query"), ("mutation", "Mutation"), ("subscription", "Subscription"))


def read_sdl(text: str, findings: Findings) -> SdlContract | None:
    """What the schema says; None, with the reason noted, when it cannot be read."""
    try:
        document = parse(Source(clean(text.removeprefix("\ufeff"))), max_tokens=MAX_TOKENS)
    except GraphQLSyntaxError as error:
        refused = "Parsing aborted" in error.message  # too many tokens, or too deep
        line = error.locations[0].line if error.locations else 0
        findings.add("graphql-refused" if refused else "graphql-syntax", error.message, line=line)
        return None
    check(document, findings)
    definitions = _merged(_definitions(document))
    return SdlContract(_description(document), tuple(_roots(document, definitions)), definitions)


def _description(document: ast.DocumentNode) -> str:
    schemas = [each for each in document.definitions if isinstance(each, ast.SchemaDefinitionNode)]
    return _said(schemas[0]) if schemas else ""


def _roots(
    document: ast.DocumentNode, definitions: Iterable[Definition]
) -> Iterator[tuple[str, str]]:
    """The operations that the schema names; else the types that have the usual names."""
    named = [
        (operation.operation.value, operation.type.name.value)
        for each in document.definitions
        if isinstance(each, ast.SchemaDefinitionNode | ast.SchemaExtensionNode)
        for operation in each.operation_types
    ]
    written = {each.name for each in definitions if each.kind is DefinitionKind.OBJECT}
    usual = [root for root in _USUAL_ROOTS if root[1] in written]
    yield from dict(named or usual).items()


def _definitions(document: ast.DocumentNode) -> Iterator[Definition]:
    for node in document.definitions:
        name, _, role = node.kind.rpartition("_")
        if name in _KINDS:
            yield _definition(node, _KINDS[name], extension=role == "extension")


def _definition(node: ast.Node, kind: DefinitionKind, *, extension: bool) -> Definition:
    parts = _list(node, "values") or _list(node, "fields") or _list(node, "arguments")
    members = _list(node, "interfaces") or _list(node, "types") or _list(node, "locations")
    return Definition(
        kind,
        _name(node),
        _said(node),
        fields=tuple(_field(part) for part in parts),
        members=tuple(_name(member) for member in members),
        directives=_directives(node),
        specified_by=_reason(node, "specifiedBy", "url") or "",
        repeatable=getattr(node, "repeatable", False),
        extension=extension,
    )


def _merged(definitions: Iterable[Definition]) -> tuple[Definition, ...]:
    """The definitions with what extensions in the same document add to them."""
    found: dict[tuple[str, DefinitionKind], Definition] = {}
    for each in definitions:
        key = (each.name, each.kind)
        base = found.get(key)
        found[key] = each if base is None else _extended(base, each)
    return tuple(found.values())


def _extended(base: Definition, more: Definition) -> Definition:
    return replace(
        base,
        description=base.description or more.description,
        fields=base.fields + more.fields,
        members=base.members + more.members,
        directives=base.directives + more.directives,
        extension=base.extension and more.extension,
    )


def _field(node: ast.Node) -> Field:
    default = getattr(node, "default_value", None)
    return Field(
        _name(node),
        _type(getattr(node, "type", None)),
        _said(node),
        arguments=tuple(_field(argument) for argument in _list(node, "arguments")),
        default=_written(default) if default else "",
        deprecated=_reason(node, "deprecated", "reason"),
        directives=_directives(node),
    )


def _list(node: ast.Node, key: str) -> Sequence[ast.Node]:
    return getattr(node, key, None) or ()


def _name(node: ast.Node) -> str:
    """The name of a definition, or a name itself."""
    name = getattr(node, "name", node)
    return str(getattr(name, "value", ""))


def _said(node: ast.Node) -> str:
    description = getattr(node, "description", None)
    return str(description.value) if description else ""


def _type(node: ast.Node | None) -> str:
    if isinstance(node, ast.NonNullTypeNode):
        return f"{_type(node.type)}!"
    if isinstance(node, ast.ListTypeNode):
        return f"[{_type(node.type)}]"
    return _name(node) if node else ""


def _directives(node: ast.Node) -> tuple[str, ...]:
    shown_otherwise = ("deprecated", "specifiedBy")
    written = [each for each in _list(node, "directives") if _name(each) not in shown_otherwise]
    return tuple(_written(each) for each in written)


def _reason(node: ast.Node, directive: str, argument: str) -> str | None:
    """What a directive on ``node`` says; empty when it says nothing, None when there is none."""
    for each in _list(node, "directives"):
        if _name(each) == directive:
            values = [
                _argument_value(part)
                for part in _list(each, "arguments")
                if _name(part) == argument
            ]
            return values[0] if values else ""
    return None


def _argument_value(argument: ast.Node) -> str:
    return str(getattr(getattr(argument, "value", None), "value", ""))


def _written(node: ast.Node) -> str:
    text = print_ast(node)
    return text if len(text) <= MAX_LITERAL else f"{text[:MAX_LITERAL]}…"
