"""The rules of GraphQL whose breaking an owner wants to hear about.

These are names that are unknown or stand twice. What only a whole schema can tell is not
asked of a part of one.
"""

from collections.abc import Iterator, Sequence, Set

from graphql.language import ast

from nexus.library.reference.findings import Findings

BUILT_IN = frozenset({"Int", "Float", "String", "Boolean", "ID"})


def check(document: ast.DocumentNode, findings: Findings) -> None:
    """Note every broken rule with its line."""
    _check_twice(document.definitions, findings, "")
    known = BUILT_IN | {_name(each) for each in document.definitions}
    whole = not any(each.kind.endswith("_extension") for each in document.definitions)
    for definition in document.definitions:
        for key in ("fields", "values"):
            _check_twice(getattr(definition, key, None) or (), findings, f" in {_name(definition)}")
        if whole:
            _check_known(definition, known, findings)


def _check_twice(nodes: Sequence[ast.Node], findings: Findings, where: str) -> None:
    seen: set[tuple[str, bool]] = set()
    for node in nodes:
        # A directive may have the name of a type; an extension has that of what it extends.
        key = (_name(node), isinstance(node, ast.DirectiveDefinitionNode))
        if key in seen and not node.kind.endswith("_extension"):
            findings.add("graphql-rule", f"{key[0]} stands twice{where}.", line=_line(node))
        if key[0]:
            seen.add(key)


def _check_known(definition: ast.Node, known: Set[str], findings: Findings) -> None:
    for node in _named_types(definition):
        name = _name(node)
        if name not in known:
            findings.add("graphql-rule", f"There is no type {name}.", line=_line(node))


def _named_types(definition: ast.Node) -> Iterator[ast.Node]:
    """The types that a definition names: of its fields, of their arguments, its members."""
    for key in ("interfaces", "types", "operation_types"):
        for member in getattr(definition, key, None) or ():
            yield getattr(member, "type", member)
    for key in ("fields", "arguments"):
        for field in getattr(definition, key, None) or ():
            yield _innermost(field.type)
            yield from _named_types(field)


def _innermost(node: ast.Node) -> ast.Node:
    while isinstance(node, ast.NonNullTypeNode | ast.ListTypeNode):
        node = node.type
    return node


def _name(node: ast.Node) -> str:
    return str(getattr(getattr(node, "name", None), "value", ""))


def _line(node: ast.Node) -> int:
    return node.loc.start_token.line if node.loc else 0
