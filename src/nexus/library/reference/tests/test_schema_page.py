"""Schemas: nested properties that read from top to bottom."""

from typing import Any

import pytest

from nexus.library.reference.schema_view import MAX_CHOICES
from nexus.library.reference.tests.made import (
    answer,
    document,
    one,
    page,
    read,
    ref,
    shown,
    words,
)


@pytest.mark.parametrize(
    ("schema", "label"),
    [
        ({"type": "string"}, "string"),
        ({"type": "integer", "format": "int64"}, "integer (int64)"),
        ({"type": ["string", "integer"]}, "string or integer"),
        ({"type": ["string", "null"]}, "string or null"),
        (
            {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
            "list of list of string",
        ),
        ({"type": "array"}, "list"),
        ({"type": "object"}, "object"),
        ({}, "any value"),
        (False, "nothing"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "map of integer"),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, "string or integer"),
        (
            {"anyOf": [ref("Cat"), {"type": "null"}]},
            "Cat or null One or more of: Cat What is in Cat age integer null",
        ),
        (ref("Name"), "Name, string"),
        ({"type": "array", "items": ref("Name")}, "list of Name"),
        ({"allOf": [ref("Name")], "nullable": True}, "Name, string or null"),
        ({"not": {"type": "string"}}, "any value not string"),
        ({"type": "string", "const": "a"}, "string always a"),
        ({"type": "string", "pattern": "^a"}, "string matching ^a"),
        ({"type": "string", "minLength": 1, "maxLength": 3}, "string 1 to 3 characters"),
        ({"type": "string", "enum": ["a", "b"], "default": "a"}, "string one of a, b; default a"),
        ({"type": "string", "examples": ["x"]}, "string for example x"),
        (
            {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]},
            "list string integer",
        ),
        (ref("Missing"), "Missing"),
    ],
)
def test_a_value_in_a_few_words(schema: Any, label: str) -> None:
    cat = {"properties": {"age": {"type": "integer"}}}
    assert shown(schema, Name={"type": "string"}, Cat=cat) == label


def test_properties_read_from_top_to_bottom() -> None:
    schema = {
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "string", "readOnly": True, "description": "Its *id*"},
            "secret": {"type": "string", "writeOnly": True, "deprecated": True},
            "home": {"type": "object", "properties": {"street": {"type": "string"}}},
        },
        "patternProperties": {"^x-": {"type": "string"}},
        "additionalProperties": False,
    }
    reading = read(answer(schema))
    rows = page(reading).css(".media .schema > .properties > .property")
    assert [words(each.css_first(".property-head")) for each in rows] == [
        "id string required read-only",
        "secret string deprecated write-only",
        "home object",
        "names matching ^x- string",
    ]
    assert words(rows[0].css_first(".prose")) == "Its id"
    assert words(rows[2].css_first(".properties")) == "street string"
    assert "no other names" in shown(schema)


def test_the_items_of_a_list_are_shown_in_place() -> None:
    schema = {
        "type": "array",
        "items": {"description": "A pet", "properties": {"name": {"type": "string"}}},
    }
    assert shown(schema) == "list of object A pet name string"


def test_other_schemas_are_laid_in_place_once_and_then_linked() -> None:
    schemas = {
        "Pet": {"properties": {"owner": ref("Owner"), "name": {"type": "string"}}},
        "Owner": {
            "properties": {"home": ref("Home"), "pets": {"type": "array", "items": ref("Pet")}}
        },
        "Home": {"properties": {"street": {"type": "string"}}},
    }
    reading = read(answer(ref("Pet"), **schemas))
    body = one(page(reading), ".media .schema")
    assert words(body).startswith("Pet owner Owner What is in Owner home Home pets list of Pet")
    assert len(body.css("details.fold")) == 1
    assert {each.attributes["href"] for each in body.css("a")} == {
        "#schema-Pet",
        "#schema-Owner",
        "#schema-Home",
    }


def test_a_schema_that_contains_itself_ends() -> None:
    tree = {"properties": {"left": ref("Tree"), "right": {"allOf": [ref("Tree")]}}}
    assert shown(ref("Tree"), Tree=tree).count("What is in Tree") == 2


def test_aliases_of_one_another_end() -> None:
    assert shown(ref("A"), A=ref("B"), B=ref("A")) == "A"


def test_a_combination_reads_as_one_schema() -> None:
    schema = {
        "allOf": [
            ref("Base"),
            {"description": "More", "properties": {"b": {"type": "string"}}},
            ref("Lost"),
        ],
        "properties": {"c": {"type": "integer"}},
    }
    base = {"properties": {"a": {"type": "string"}}}
    assert shown(schema, Base=base) == (
        "object c integer Everything in Base a string More b string everything in Lost"
    )


def test_alternatives_with_the_property_that_tells_them_apart() -> None:
    schema = {
        "oneOf": [ref("Cat"), ref("Dog"), {"title": "Other", "type": "object"}],
        "discriminator": {"propertyName": "kind", "mapping": {"c": "Cat", "x": "Lost"}},
    }
    found = shown(schema, Cat={"properties": {"a": {}}}, Dog={"type": "object"})
    assert found == (
        "Cat or Dog or object One of: Cat What is in Cat a any value Dog Other object "
        "kind tells which: c is Cat, x is Lost"
    )


def test_many_alternatives_are_counted() -> None:
    schema = {"oneOf": [{"type": "string"}] * (MAX_CHOICES + 5)}
    found = shown(schema)
    assert found.startswith(f"one of {MAX_CHOICES + 5} kinds")
    assert found.endswith("5 more in the raw file.")


def test_every_named_schema_has_a_place_of_its_own() -> None:
    schemas = {
        "Pet": {
            "type": "object",
            "description": "A pet",
            "properties": {"name": {"type": "string"}},
        },
        "Pets": {"type": "array", "items": ref("Pet"), "deprecated": True},
    }
    reading = read(document(components={"schemas": schemas}))
    body = page(reading)
    assert words(body.css_first("#schema-Pet")) == "Pet object A pet name string"
    # No link in the summary: it could not be told from the fold.
    assert words(body.css_first("#schema-Pets summary")) == "Pets list of Pet deprecated"
    assert body.css_first("#schema-Pets summary a") is None
    assert one(body, "#schema-Pets a").attributes["href"] == "#schema-Pet"


def test_what_a_plain_value_is_stands_beside_its_name() -> None:
    schema = {"properties": {"id": ref("Id")}}
    found = shown(schema, Id={"type": "string", "format": "uuid", "description": "Never reused"})
    assert found == "object id Id, string (uuid) Never reused"
