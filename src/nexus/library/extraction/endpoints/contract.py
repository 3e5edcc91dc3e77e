"""The outline of a contract: what a list of endpoints says, written as an OpenAPI document."""

import re
from collections.abc import Iterable
from typing import Any

from nexus.library.extraction.endpoints.model import FoundEndpoint
from nexus.library.extraction.endpoints.paths import Parameter, neutral, parameters_of

#: Marks a document that was drawn up from a list of endpoints.
OUTLINE_MARK = "x-outline"
_DESCRIPTION = (
    "Drawn up from a list of endpoints. What they take and what they answer is not written there."
)
_RESPONSES = {"default": {"description": "Not described in the list of endpoints."}}
_SIGN_IN = "signIn"
#: The types that routes name, as JSON Schema knows them.
_SCHEMAS: dict[str, dict[str, str]] = {
    "int": {"type": "integer"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "float": {"type": "number"},
    "uuid": {"type": "string", "format": "uuid"},
    "date": {"type": "string", "format": "date"},
}
#: Braces that belong to no parameter, and what else no path can hold.
_BEFORE_WORDS = re.compile(r"\W+")
_STRAY = str.maketrans("", "", "{}<>[]\\`\"'^| ")


def contract_outline(endpoints: Iterable[FoundEndpoint], *, title: str) -> dict[str, Any]:
    """An OpenAPI 3.1 document of ``endpoints``, titled ``title``, ready to be written as JSON.

    It says no more than the list: paths with their parameters, summaries, sections as tags, who
    must sign in. ``x-outline`` marks it. See https://spec.openapis.org/oas/v3.1.1.
    """
    listed = list(endpoints)
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": title or "API", "version": "0", "description": _DESCRIPTION},
        OUTLINE_MARK: True,
        "paths": _paths(listed),
    }
    if tags := dict.fromkeys(filter(None, map(_tag, listed))):
        document["tags"] = [{"name": name} for name in tags]
    if any(each.needs_authentication for each in listed):
        scheme = {"type": "http", "scheme": "bearer"}
        document["components"] = {"securitySchemes": {_SIGN_IN: scheme}}
    return document


def _paths(endpoints: Iterable[FoundEndpoint]) -> dict[str, Any]:
    """Paths that differ only in the names of their parameters are one, as the standard asks."""
    templates: dict[str, str] = {}
    items: dict[str, dict[str, Any]] = {}
    for endpoint in endpoints:
        template, parameters = _template(endpoint.path)
        template = templates.setdefault(neutral(template), template)
        item = items.setdefault(template, {"parameters": parameters} if parameters else {})
        item.setdefault(endpoint.method.lower(), _operation(endpoint))
    return items


def _template(path: str) -> tuple[str, list[dict[str, Any]]]:
    """The path with its parameters in braces, and what is known of them."""
    written: list[str] = []
    parameters: dict[str, dict[str, Any]] = {}
    for piece in parameters_of(path):
        if isinstance(piece, Parameter):
            name = _free(piece.name, parameters)
            schema = dict(_SCHEMAS.get(piece.type, {"type": "string"}))
            parameters[name] = {"name": name, "in": "path", "required": True, "schema": schema}
            written.append(f"{{{name}}}")
        else:
            written.append(piece.translate(_STRAY))
    template = "".join(written)
    return template if template.startswith("/") else f"/{template}", list(parameters.values())


def _free(name: str, taken: dict[str, Any]) -> str:
    """``name``, or with a number when another parameter of the path has it."""
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name}{number}"
    return free


def _tag(endpoint: FoundEndpoint) -> str:
    """The section without the signs before its words."""
    words = endpoint.section
    match = _BEFORE_WORDS.match(words)
    return (words[match.end() :] if match else words).rstrip(" :")


def _operation(endpoint: FoundEndpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {"responses": _RESPONSES}
    if endpoint.summary:
        operation["summary"] = endpoint.summary
    if tag := _tag(endpoint):
        operation["tags"] = [tag]
    if endpoint.query:
        operation["parameters"] = [
            {"name": name, "in": "query", "schema": {"type": "string"}} for name in endpoint.query
        ]
    if endpoint.needs_authentication is not None:
        operation["security"] = [{_SIGN_IN: []}] if endpoint.needs_authentication else []
    return operation
