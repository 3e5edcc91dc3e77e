"""Schemas, as each version of OpenAPI writes them."""

from typing import Any

import pytest

from nexus.library.reference.findings import Findings
from nexus.library.reference.openapi.budget import Budget
from nexus.library.reference.openapi.model import Schema
from nexus.library.reference.openapi.references import References
from nexus.library.reference.openapi.schemas import ANYTHING, NOTHING, Schemas
from nexus.library.reference.tests.made import codes, document, model, read
from nexus.library.reference.tree import Node


def schema(written: Any, version: str = "3.1.0") -> Schema:
    """The schema that ``written`` gives."""
    contract = model(document(version, components={"schemas": {"A": written}}))
    return contract.definitions["components", "schemas", "A"]


def test_types_may_be_several() -> None:
    assert schema({"type": "string"}).types == ("string",)
    assert schema({"type": ["string", "integer"]}).types == ("string", "integer")
    assert schema({"type": ["string", "null"]}) == Schema(types=("string",), nullable=True)
    assert schema({"type": "null"}).types == ("null",)
    assert schema({"type": ["null"]}).types == ("null",)


def test_null_is_said_in_three_ways() -> None:
    assert schema({"type": "string", "nullable": True}, "3.0.0").nullable
    assert schema({"type": "string", "x-nullable": True}).nullable
    assert not schema({"type": "string"}).nullable


def test_properties_and_which_of_them_are_required() -> None:
    found = schema(
        {"required": ["a", 5], "properties": {"a": {"type": "string"}, "b": True, "c": False}}
    )
    assert [(each.name, each.required, each.schema) for each in found.properties] == [
        ("a", True, Schema(types=("string",))),
        ("b", False, ANYTHING),
        ("c", False, NOTHING),
    ]


def test_a_property_that_calls_itself_required_requires_nothing() -> None:
    assert not schema({"required": True, "properties": {"a": {}}}).properties[0].required


def test_other_names_may_be_allowed_or_not() -> None:
    assert schema({"additionalProperties": {"type": "string"}}).extra == Schema(types=("string",))
    assert schema({"additionalProperties": True}).extra == ANYTHING
    assert schema({"additionalProperties": False}).closed
    assert schema({"unevaluatedProperties": False}).closed
    assert schema({"patternProperties": {"^x-": {}}}).patterns[0].name == "^x-"


def test_lists() -> None:
    assert schema({"items": {"type": "string"}}).items == Schema(types=("string",))
    assert len(schema({"prefixItems": [{}, {}], "items": False}).leading) == 2
    assert len(schema({"items": [{}, {}, {}]}).leading) == 3


def test_compositions() -> None:
    found = schema({"allOf": [{}], "anyOf": [{}, {}], "oneOf": [{}, {}, {}], "not": {}})
    counts = len(found.all_of), len(found.any_of), len(found.one_of)
    assert counts == (1, 2, 3)
    assert found.none_of == Schema()


def test_one_of_a_single_reference_is_that_schema_under_another_description() -> None:
    written = {"allOf": [{"$ref": "#/components/schemas/A"}], "description": "Mine"}
    assert schema(written).sole_reference == schema({"$ref": "#/components/schemas/A"}).reference
    assert schema({"allOf": [{}]}).sole_reference is None


@pytest.mark.parametrize(
    ("written", "limits"),
    [
        ({"minLength": 1, "maxLength": 5}, (("minLength", "1"), ("maxLength", "5"))),
        ({"uniqueItems": False, "minItems": None}, ()),
        ({"const": None}, (("const", "null"),)),
        ({"const": False}, (("const", "false"),)),
        (
            {"minimum": 0, "exclusiveMinimum": True},
            (("minimum", "0"), ("exclusiveMinimum", "true")),
        ),
        ({"if": {}, "then": {}}, (("conditions", ""),)),
    ],
)
def test_limits(written: dict[str, Any], limits: tuple[tuple[str, str], ...]) -> None:
    assert schema(written).limits == limits


def test_values_that_are_given() -> None:
    found = schema({"enum": ["a", 1, None], "default": None, "example": 5, "examples": [5, "x"]})
    assert found.enum == ("a", "1", "null")
    assert found.default == "null"
    assert found.examples == ("5", "x")
    assert schema({}).default is None


def test_words_about_a_schema() -> None:
    found = schema(
        {
            "title": "T",
            "description": "D",
            "format": "date",
            "readOnly": True,
            "writeOnly": True,
            "deprecated": True,
            "externalDocs": {"url": "https://a.example"},
        }
    )
    assert (found.title, found.description, found.format) == ("T", "D", "date")
    assert found.read_only
    assert found.write_only
    assert found.deprecated
    assert found.docs is not None


def test_discriminators() -> None:
    mapping = {"cat": "#/components/schemas/Cat", "dog": "Dog", "fish": "Fish", "bad": 5}
    text = document(
        components={
            "schemas": {
                "A": {"discriminator": {"propertyName": "kind", "mapping": mapping}},
                "Cat": {},
                "Dog": {},
            }
        }
    )
    found = model(text).definitions["components", "schemas", "A"].discriminator
    assert found is not None
    assert found.name == "kind"
    assert [(value, target.name, target.pointer[-1:]) for value, target in found.mapping] == [
        ("cat", "Cat", ("Cat",)),
        ("dog", "Dog", ("Dog",)),
        ("fish", "Fish", ()),
    ]


def test_schemas_that_contain_themselves_are_finite() -> None:
    text = document(
        components={
            "schemas": {
                "Tree": {
                    "properties": {"children": {"items": {"$ref": "#/components/schemas/Tree"}}}
                }
            }
        }
    )
    assert list(model(text).definitions) == [("components", "schemas", "Tree")]


@pytest.mark.parametrize("written", [[], "text", 5])
def test_what_is_no_schema_allows_anything_and_is_reported(written: object) -> None:
    reading = read(document(components={"schemas": {"A": written}}))
    assert codes(reading) == ["contract-shape"]


def test_a_reference_may_have_words_beside_it() -> None:
    found = schema({"$ref": "#/components/schemas/A", "description": "Mine"})
    assert found.description == "Mine"
    assert found.reference is not None


def test_no_more_is_read_than_the_budget_allows() -> None:
    budget, findings = Budget(2), Findings("a.yaml")
    root = Node({"properties": {name: {"type": "string"} for name in "abc"}}, findings)
    found = Schemas(References(root), budget).read(root)
    assert [each.schema for each in found.properties] == [
        Schema(types=("string",)),
        ANYTHING,
        ANYTHING,
    ]
    assert budget.spent
