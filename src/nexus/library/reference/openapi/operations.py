"""Reading paths, and the operations on them."""

from collections.abc import Iterator

from nexus.library.reference.openapi.header import read_security, read_servers
from nexus.library.reference.openapi.model import (
    Callback,
    Elsewhere,
    Operation,
    Requirement,
)
from nexus.library.reference.openapi.parts import Parts
from nexus.library.reference.openapi.schemas import read_docs
from nexus.library.reference.places import Pointer
from nexus.library.reference.tree import Node

SWAGGER_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
METHODS = (*SWAGGER_METHODS, "trace")
#: OpenAPI 3.2 added one, and a place for all others.
METHODS_3_2 = (*METHODS, "query")
_OTHER_KEYS = frozenset({"$ref", "summary", "description", "servers", "parameters"})
#: Callbacks may have callbacks of their own; a reader gets lost sooner than that.
MAX_CALLBACK_DEPTH = 2


class Operations:
    """Reads the operations of one document."""

    def __init__(self, parts: Parts, methods: tuple[str, ...], default: tuple[Requirement, ...]):
        self._parts = parts
        self._methods = methods
        self._default = default
        self._identifiers: dict[str, Pointer] = {}
        self.elsewhere: list[Elsewhere] = []

    def on_paths(self, node: Node) -> Iterator[Operation]:
        """The operations below ``paths`` or ``webhooks``."""
        for path, item in node.entries():
            if not path.startswith("x-"):
                for operation, place in self._on_path(path, item):
                    self._check_identifier(operation, place)
                    yield operation

    def _check_identifier(self, operation: Operation, place: Node) -> None:
        name = operation.identifier
        if not name:
            return
        if name in self._identifiers:
            message = (
                f"{name} is also the operationId of {_method_and_path(self._identifiers[name])}."
            )
            place.at("operationId").report("contract-duplicate-operation", message)
        self._identifiers.setdefault(name, place.pointer)

    def _on_path(self, path: str, item: Node, depth: int = 0) -> Iterator[tuple[Operation, Node]]:
        found, unread = self._parts.references.follow(item)
        if unread:
            self.elsewhere.append(Elsewhere(path, unread))
        for method, node in self._methods_of(found):
            if self._parts.budget.spend():
                yield self._operation(method, path, found, node, depth), node

    def _methods_of(self, item: Node) -> Iterator[tuple[str, Node]]:
        for key, node in item.entries():
            method = key.lower()
            if method in self._methods:
                if method != key:
                    node.report("contract-method", f"{key} is written {method}.")
                yield method, node
            elif key == "additionalOperations" and "query" in self._methods:
                yield from node.entries()
            elif key not in _OTHER_KEYS and not key.startswith("x-"):
                node.report("contract-method", f"{key} is not a method.")

    def _operation(self, method: str, path: str, item: Node, node: Node, depth: int) -> Operation:
        parameters, body = self._parts.request(item, node)
        return Operation(
            method,
            path,
            identifier=node.text("operationId"),
            summary=node.text("summary") or item.text("summary"),
            description=node.text("description") or item.text("description"),
            tags=node.texts("tags"),
            parameters=parameters,
            body=body,
            responses=tuple(self._parts.responses(node.at("responses"))),
            security=self._security(node),
            servers=tuple(read_servers(node.at("servers")))
            or tuple(read_servers(item.at("servers"))),
            callbacks=tuple(self._callbacks(node.at("callbacks"), depth)),
            deprecated=node.flag("deprecated"),
            docs=read_docs(node),
        )

    def _security(self, node: Node) -> tuple[Requirement, ...]:
        return read_security(node.at("security")) if node.has("security") else self._default

    def _callbacks(self, node: Node, depth: int) -> Iterator[Callback]:
        if depth >= MAX_CALLBACK_DEPTH:
            return
        for name, item in node.entries():
            found, _ = self._parts.references.follow(item)
            operations = [
                operation
                for expression, path_item in found.entries()
                if not expression.startswith(("x-", "$"))
                for operation, _ in self._on_path(expression, path_item, depth + 1)
            ]
            yield Callback(name, tuple(operations))


def _method_and_path(pointer: Pointer) -> str:
    *_, path, method = ("", *pointer)
    return f"{method.upper()} {path}"
