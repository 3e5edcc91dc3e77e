"""Swagger 2.0 says the same things in other places."""

from typing import Any

import pytest

from nexus.library.reference.openapi.model import Contract
from nexus.library.reference.tests.made import codes, document, model, operation, page, read, words


def swagger(**parts: Any) -> Contract:
    return model(document("2.0", **parts))


@pytest.mark.parametrize(
    ("parts", "urls"),
    [
        (
            {"host": "a.example", "basePath": "/v1", "schemes": ["https", "http"]},
            ["https://a.example/v1", "http://a.example/v1"],
        ),
        ({"host": "a.example"}, ["//a.example"]),
        ({"basePath": "/v1", "schemes": ["https"]}, ["/v1"]),
        ({}, []),
    ],
)
def test_the_address_is_given_in_pieces(parts: dict[str, Any], urls: list[str]) -> None:
    assert [each.url for each in swagger(**parts).servers] == urls


def test_the_body_is_one_of_the_parameters() -> None:
    parameters = [
        {
            "name": "pet",
            "in": "body",
            "required": True,
            "description": "A pet",
            "schema": {"$ref": "#/definitions/Pet"},
        },
        {"name": "page", "in": "query", "type": "integer", "maximum": 9},
    ]
    contract = swagger(
        consumes=["application/json", "application/xml"],
        paths=operation(parameters=parameters),
        definitions={"Pet": {"type": "object"}},
    )
    (found,) = contract.operations
    assert [each.name for each in found.parameters] == ["page"]
    assert found.parameters[0].schema is not None
    assert found.parameters[0].schema.limits == (("maximum", "9"),)
    assert found.body is not None
    assert (found.body.required, found.body.description) == (True, "A pet")
    assert [each.name for each in found.body.content] == ["application/json", "application/xml"]
    assert contract.schemas == (("Pet", ("definitions", "Pet")),)


@pytest.mark.parametrize(
    ("fields", "consumes", "media_type"),
    [
        ([{"type": "string"}], [], "application/x-www-form-urlencoded"),
        ([{"type": "string"}, {"type": "file"}], [], "multipart/form-data"),
        ([{"type": "string"}], ["multipart/form-data"], "multipart/form-data"),
    ],
)
def test_the_fields_of_a_form_are_parameters(
    fields: list[dict[str, Any]], consumes: list[str], media_type: str
) -> None:
    parameters = [
        {"name": f"f{number}", "in": "formData", "required": number == 0, **each}
        for number, each in enumerate(fields)
    ]
    (found,) = swagger(paths=operation(parameters=parameters, consumes=consumes)).operations
    assert found.body is not None
    (media,) = found.body.content
    assert media.name == media_type
    assert media.schema is not None
    assert media.schema.properties[0].required


def test_an_answer_has_one_schema_for_all_its_media_types() -> None:
    answer = {
        "description": "Here",
        "schema": {"type": "string"},
        "examples": {"application/json": "a", "text/csv": "a,b"},
    }
    responses = {"200": answer, "204": {"description": "Nothing"}}
    (found,) = swagger(
        paths=operation(produces=["application/json"], responses=responses)
    ).operations
    here, nothing = found.responses
    assert [(each.name, each.examples[0].value) for each in here.content] == [
        ("application/json", '"a"'),
        ("text/csv", "a,b"),
    ]
    assert nothing.content == ()


def test_an_answer_without_media_types_is_json() -> None:
    responses = {"200": {"schema": {"type": "string"}}}
    (found,) = swagger(paths=operation(responses=responses)).operations
    assert [each.name for each in found.responses[0].content] == ["application/json"]


@pytest.mark.parametrize(
    ("said", "style"),
    [
        ("csv", "separated by commas"),
        ("multi", "one for each value"),
        ("other", ""),
    ],
)
def test_how_lists_are_written(said: str, style: str) -> None:
    parameter = {"name": "a", "in": "query", "type": "array", "collectionFormat": said}
    (found,) = swagger(paths=operation(parameters=[parameter])).operations
    assert found.parameters[0].style == style


def test_a_value_that_may_be_empty() -> None:
    parameter = {"name": "a", "in": "query", "type": "string", "allowEmptyValue": True}
    (found,) = swagger(paths=operation(parameters=[parameter])).operations
    assert found.parameters[0].style == "may be empty"


def test_a_parameter_may_have_a_schema_all_the_same() -> None:
    parameter = {"name": "a", "in": "query", "schema": {"type": "integer"}}
    (found,) = swagger(paths=operation(parameters=[parameter])).operations
    assert found.parameters[0].schema is not None
    assert found.parameters[0].schema.types == ("integer",)


def test_a_body_without_a_schema_is_a_body_all_the_same() -> None:
    (found,) = swagger(paths=operation(parameters=[{"name": "a", "in": "body"}])).operations
    assert found.body is not None
    assert found.body.content[0].schema is None


def test_ways_to_sign_in() -> None:
    found = swagger(
        securityDefinitions={
            "basic": {"type": "basic"},
            "key": {"type": "apiKey", "in": "query", "name": "k"},
            "oauth": {
                "type": "oauth2",
                "flow": "accessCode",
                "authorizationUrl": "https://a.example/in",
                "scopes": {"read": "Read"},
            },
        }
    ).security_schemes
    assert [(each.kind, each.scheme, each.key) for each in found] == [
        ("http", "basic", ""),
        ("apiKey", "", "k"),
        ("oauth2", "", ""),
    ]
    assert found[2].flows[0].addresses == (("authorizationUrl", "https://a.example/in"),)


def test_trace_was_no_method_yet() -> None:
    assert codes(read(document("2.0", paths={"/a": {"trace": {}}}))) == ["contract-method"]


def test_its_page_reads_like_any_other() -> None:
    reading = read(
        document(
            "2.0",
            paths=operation(responses={"200": {"schema": {"$ref": "#/definitions/Pet"}}}),
            definitions={
                "Pet": {
                    "type": "object",
                    "discriminator": "kind",
                    "properties": {"kind": {"type": "string"}},
                }
            },
        )
    )
    assert reading.facts["format"] == "Swagger 2.0"
    assert "kind tells which" in words(page(reading))
