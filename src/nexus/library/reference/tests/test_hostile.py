"""Whatever an author writes: nothing raises, and nothing gets into the page but text."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus.library.discretion import hide_emails
from nexus.library.reference import read_contract
from nexus.library.reference.tests.made import PLACE, check_markup, document, read

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}</details>\x00\u202e'

#: A document that uses every part at least once; the fuzzer puts something else in each place.
FULL: dict[str, Any] = {
    "openapi": "3.2.0",
    "$self": "https://a.example/api",
    "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
    "info": {
        "title": "Pets",
        "version": "1",
        "summary": "S",
        "description": "D *d*",
        "termsOfService": "https://a.example",
        "contact": {"name": "A", "url": "https://a.example", "email": "a@a.example"},
        "license": {"name": "MIT", "identifier": "MIT"},
    },
    "servers": [{"url": "/{v}", "variables": {"v": {"default": "1", "enum": ["1"]}}}],
    "security": [{"key": []}, {}],
    "tags": [
        {"name": "a", "parent": "b", "kind": "nav", "externalDocs": {"url": "https://a.example"}},
        {"name": "b", "summary": "B", "description": "D"},
        {"name": "hot", "kind": "badge"},
    ],
    "paths": {
        "/pets/{id}": {
            "parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}],
            "get": {
                "operationId": "getPet",
                "tags": ["a", "hot"],
                "summary": "S",
                "description": "D",
                "deprecated": True,
                "security": [{"oauth": ["read"]}],
                "parameters": [
                    {"$ref": "#/components/parameters/page"},
                    {"name": "q", "in": "query", "content": {"application/json": {}}},
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/Pet"},
                            "examples": {"one": {"summary": "S", "value": {"a": [1]}}},
                            "encoding": {"a": {"contentType": "image/png"}},
                        },
                        "application/jsonl": {"itemSchema": {"type": "object"}},
                    },
                },
                "responses": {
                    "200": {
                        "description": "D",
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {"application/json": {"example": {"a": 1}}},
                        "links": {"next": {"operationId": "x"}},
                    },
                    "default": {"$ref": "errors.yaml#/Any"},
                },
                "callbacks": {"done": {"{$url}": {"post": {"summary": "S"}}}},
            },
        },
        "/other": {"$ref": "paths/other.yaml"},
    },
    "webhooks": {"new": {"post": {"summary": "S"}}},
    "components": {
        "parameters": {"page": {"name": "page", "in": "query", "style": "form", "explode": False}},
        "schemas": {
            "Pet": {
                "type": ["object", "null"],
                "required": ["id"],
                "properties": {
                    "id": {"type": "string", "enum": ["a"], "default": "a", "minLength": 1},
                    "parent": {"$ref": "#/components/schemas/Pet"},
                },
                "patternProperties": {"^x": {}},
                "additionalProperties": {"type": "integer", "minimum": 1},
                "allOf": [{"$ref": "#/components/schemas/Base"}],
                "oneOf": [{"type": "string", "const": 1}],
                "anyOf": [{"items": {"pattern": "x"}}],
                "not": {"prefixItems": [{}]},
                "discriminator": {"propertyName": "id", "mapping": {"a": "Base"}},
                "examples": [{"a": 1}],
                "externalDocs": {"url": "https://a.example"},
            },
            "Base": {"type": "integer", "title": "T", "format": "int64"},
        },
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X"},
            "oauth": {
                "type": "oauth2",
                "flows": {"implicit": {"authorizationUrl": "/x", "scopes": {"read": "R"}}},
            },
        },
    },
}

SDL = """
"D" schema { query: Query }
"D" type Query implements Node @key(fields: "id") {
  "D" pets("D" first: Int = 1): [Pet!]! @deprecated(reason: "R")
}
interface Node { id: ID }
"D" enum Pet { "D" CAT }
input In { a: String = "D" }
union Un = Query
scalar Sc @specifiedBy(url: "https://a.example")
directive @key(fields: String = "D") on OBJECT
"""


def check(text: str, path: str = "openapi.yaml") -> None:
    """Read a text that may be anything; its page must be whole and harmless."""
    reading = read_contract(path, text, PLACE)
    if reading is None:
        return
    rendered = reading.rendered
    check_markup(rendered.html)
    anchors = [heading.anchor for heading in rendered.headings]
    assert len(anchors) == len(set(anchors))
    everything = rendered.html + rendered.text + rendered.title + rendered.summary
    everything += "".join(problem.message for problem in rendered.problems)
    everything.encode()  # nothing that cannot be stored
    assert "\x00" not in everything
    json.dumps(reading.facts, allow_nan=False)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a tree."""
    children = enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, dict):
        children = value.items()  # type: ignore[assignment]
    return [at] + [place for key, child in children for place in places(child, (*at, key))]


def replaced(tree: Any, place: tuple[Any, ...], value: Any) -> Any:
    """A copy of a tree with something else in one place."""
    if not place:
        return value
    copy = tree.copy()
    copy[place[0]] = replaced(tree[place[0]], place[1:], value)
    return copy


def renamed(tree: Any, place: tuple[Any, ...], name: str) -> Any:
    """A copy of a tree in which the last key of a place has another name."""
    *above, last = place
    holder = tree
    for key in above:
        holder = holder[key]
    if not isinstance(holder, dict):
        return tree
    names = {(name if key == last else key): value for key, value in holder.items()}
    return replaced(tree, tuple(above), names)


PLACES = [place for place in places(FULL) if place and place != ("openapi",)]


def test_the_full_document_has_nothing_wrong_with_it() -> None:
    assert read(json.dumps(FULL)).rendered.problems == ()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "/".join(map(str, place)))
def test_markup_in_any_value_or_key_stays_text(place: tuple[Any, ...]) -> None:
    check(json.dumps(replaced(FULL, place, EVIL)))
    check(json.dumps(renamed(FULL, place, EVIL)))


@pytest.mark.parametrize("evil", ["javascript:alert(1)", "data:text/html,x", "a@b.example", "//x"])
def test_addresses_that_do_harm_are_not_followed(evil: str) -> None:
    for place in PLACES:
        if place[-1] in ("url", "$ref", "termsOfService", "operationId", "name", "summary"):
            check(json.dumps(replaced(FULL, place, evil)))


def test_a_badge_may_be_called_anything() -> None:
    check(json.dumps(FULL).replace('"hot"', json.dumps(EVIL)))


def test_a_schema_may_be_called_like_an_address() -> None:
    """The address is marked, but not inside a link or a summary."""
    text = json.dumps(FULL).replace('/Pet"', '/ada@a.example"').replace('"Pet"', '"ada@a.example"')
    check(text)
    assert "ada@a.example" not in hide_emails(read(text).rendered.html)


def test_markup_in_every_text_of_a_schema_stays_text() -> None:
    for evil in (EVIL.replace('"', "'").replace("\x00", ""), "a@b.example", "[x](javascript:x)"):
        check(SDL.replace('"D"', f'"{evil}"').replace('"R"', f'"{evil}"'), "a.graphql")


_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=20),
    st.sampled_from([EVIL, "#/paths", "#", "#/components/schemas/Pet", "a.yaml#/b", "x" * 5_000]),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["$ref", "type", "get", "schema", "<b>", "name"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PLACES), _VALUES), min_size=1, max_size=4))
def test_anything_anywhere_is_read_without_an_error(changes: list[tuple[Any, Any]]) -> None:
    tree = FULL
    for place, value in changes:
        if place in places(tree):
            tree = replaced(tree, place, value)
    check(json.dumps(tree))


@settings(max_examples=100)
@given(st.data())
def test_a_text_that_is_cut_or_scrambled_is_read_without_an_error(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([document(components=FULL["components"]), SDL]))
    path = "a.graphql" if text == SDL else "a.yaml"
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    check(text[:start] + data.draw(st.text(max_size=5)) + text[end:], path)


@pytest.mark.usefixtures("no_cover")
@pytest.mark.slow
def test_the_examples_survive_having_parts_exchanged(examples: Path) -> None:
    """Real documents with random nodes replaced by random nodes of others."""
    chance = random.Random(7)
    trees = [json.loads(path.read_text()) for path in sorted(examples.rglob("*.json"))]
    trees = [tree for tree in trees if isinstance(tree, dict) and len(json.dumps(tree)) < 20_000]
    for tree in trees:
        for _ in range(20):
            other = chance.choice(trees)
            donor = other
            for key in chance.choice(places(other)):
                donor = donor[key]
            check(json.dumps(replaced(tree, chance.choice(places(tree)), donor)))
