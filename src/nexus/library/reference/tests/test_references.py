"""References are followed inside the document, and named when they lead out of it."""

from typing import Any

import pytest

from nexus.library.reference.openapi.model import Target
from nexus.library.reference.openapi.references import parse_pointer
from nexus.library.reference.tests.made import codes, document, model, operation, read


@pytest.mark.parametrize(
    ("fragment", "pointer"),
    [
        ("", ()),
        ("/a/b", ("a", "b")),
        ("/a~1b/c~0d", ("a/b", "c~d")),
        ("/a%20b/%7Bid%7D", ("a b", "{id}")),
        ("/~01", ("~1",)),
        ("anchor", ("anchor",)),
    ],
)
def test_a_pointer_is_read_by_rfc_6901(fragment: str, pointer: tuple[str, ...]) -> None:
    assert parse_pointer(fragment) == pointer


@pytest.mark.parametrize(
    ("written", "name", "target"),
    [
        ("#/components/schemas/Pet", "Pet", Target.HERE),
        ("#", "this document", Target.HERE),
        ("Pet.yaml", "Pet", Target.FILE),
        ("../common/errors.json#/NotFound", "NotFound", Target.FILE),
        ("https://a.example/pet.json", "pet", Target.REMOTE),
        ("javascript:alert(1)", "javascript:alert(1)", Target.NOWHERE),
        ("file:///etc/passwd", "passwd", Target.NOWHERE),
        ("//a.example/x", "x", Target.NOWHERE),
        ("C:\\pets.yaml", "C:\\pets", Target.NOWHERE),
        ("data:,x", "data:,x", Target.NOWHERE),
    ],
)
def test_where_a_reference_leads(written: str, name: str, target: Target) -> None:
    contract = model(document(components={"schemas": {"A": {"$ref": written}, "Pet": {}}}))
    reference = contract.definitions["components", "schemas", "A"].reference
    assert reference is not None
    assert (reference.name, reference.target) == (name, target)


@pytest.mark.parametrize("written", ["javascript:alert(1)", 7, "", " ", ["a"]])
def test_a_reference_that_cannot_be_used_is_reported(written: object) -> None:
    reading = read(document(components={"schemas": {"A": {"$ref": written}}}))
    assert set(codes(reading)) <= {"contract-reference-unusable", "contract-shape"}
    assert codes(reading)
    assert "javascript" not in reading.rendered.html.replace(">javascript:alert(1)<", "")


def test_a_schema_that_is_nowhere_is_reported_once_with_its_line() -> None:
    text = (
        "openapi: 3.0.0\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
        "    A:\n      properties:\n        b:\n          $ref: '#/components/schemas/B'\n"
        "        c:\n          $ref: '#/components/schemas/B'\n"
    )
    (problem,) = read(text).rendered.problems
    assert (problem.code, problem.line) == ("contract-reference", 8)
    assert problem.message == "#/components/schemas/B is not in this document."


@pytest.mark.parametrize(
    "parts",
    [
        {"paths": operation(parameters=[{"$ref": "#/lost"}])},
        {"paths": operation(requestBody={"$ref": "#/lost"})},
        {"paths": operation(responses={"200": {"$ref": "#/lost"}})},
        {"paths": operation(responses={"200": {"headers": {"A": {"$ref": "#/lost"}}}})},
        {"paths": {"/a": {"$ref": "#/lost"}}},
        {"components": {"securitySchemes": {"a": {"$ref": "#/lost"}}}},
    ],
)
def test_anything_that_is_nowhere_is_reported_and_named(parts: dict[str, Any]) -> None:
    reading = read(document(**parts))
    assert codes(reading) == ["contract-reference"]


def test_references_that_go_in_a_circle_end() -> None:
    text = document(
        paths=operation(parameters=[{"$ref": "#/components/parameters/a"}]),
        components={
            "parameters": {
                "a": {"$ref": "#/components/parameters/b"},
                "b": {"$ref": "#/components/parameters/a"},
            },
            "schemas": {
                "S": {"$ref": "#/components/schemas/T"},
                "T": {"$ref": "#/components/schemas/S"},
            },
        },
    )
    assert "contract-reference" in codes(read(text))


def test_a_reference_may_point_anywhere_in_the_document() -> None:
    text = document(
        paths={
            "/a": {
                "get": {"parameters": [{"name": "q", "in": "query", "schema": {"type": "integer"}}]}
            }
        },
        components={"schemas": {"A": {"$ref": "#/paths/~1a/get/parameters/0/schema"}}},
    )
    pointer = ("paths", "/a", "get", "parameters", "0", "schema")
    assert model(text).definitions[pointer].types == ("integer",)


@pytest.mark.parametrize("index", ["1", "-1", "x", "9999999999"])
def test_a_reference_past_the_end_of_a_list_leads_nowhere(index: str) -> None:
    text = document(
        tags=[{"name": "a"}], components={"schemas": {"A": {"$ref": f"#/tags/{index}"}}}
    )
    assert codes(read(text)) == ["contract-reference"]
