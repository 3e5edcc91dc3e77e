"""As much of JSON Schema as the hub's own contracts use, to hold answers to them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
_KNOWN = {"$ref", "type", "properties", "required", "additionalProperties", "items", "maxItems"}
_KNOWN |= {"enum", "const", "minimum", "pattern", "description", "examples"}


def faults(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> list[str]:
    """What of ``value`` is not as ``schema`` says; ``root`` is where references lead.

    Raises ``NotImplementedError`` for a keyword that is not understood here.
    """
    return list(_faults(value, schema, root, "answer"))


def _faults(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    if unknown := set(schema) - _KNOWN:
        raise NotImplementedError(f"{at}: {unknown}")
    if "$ref" in schema:
        yield from _faults(value, _resolved(schema["$ref"], root), root, at)
    if not _has_type(value, schema.get("type", "")):
        yield f"{at} is not of type {schema['type']}"
        return
    yield from _own_faults(value, schema, at)
    if isinstance(value, dict):
        yield from _faults_of_object(value, schema, root, at)
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _faults(item, schema.get("items", {}), root, f"{at}[{number}]")


def _resolved(reference: str, root: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = root
    for key in reference.removeprefix("#/").split("/"):
        found = found[key]
    return dict(found)


def _has_type(value: Any, name: str | list[str]) -> bool:
    if isinstance(name, list):
        return any(_has_type(value, one) for one in name)
    if isinstance(value, bool):
        return name in ("", "boolean")
    return not name or isinstance(value, _TYPES[name])


def _own_faults(value: Any, schema: Mapping[str, Any], at: str) -> Iterator[str]:
    if "const" in schema and value != schema["const"]:
        yield f"{at} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at} is none of {schema['enum']}"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{at} is below {schema['minimum']}"
    if "maxItems" in schema and len(value) > schema["maxItems"]:
        yield f"{at} has more than {schema['maxItems']} items"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at} does not match {schema['pattern']}"


def _faults_of_object(
    value: dict[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    properties = schema.get("properties", {})
    yield from (f"{at} lacks {name}" for name in schema.get("required", ()) if name not in value)
    for name, item in value.items():
        if name in properties:
            yield from _faults(item, properties[name], root, f"{at}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{at} has {name}, which nobody knows"
