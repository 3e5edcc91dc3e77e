"""What an OpenAPI document says, in the words of every version."""

from typing import Any

import pytest

from nexus.library.reference.openapi.model import Operation, Reference, Target
from nexus.library.reference.tests.made import HEAD, codes, document, model, operation, read


def only(text: str) -> Operation:
    (found,) = model(text).operations
    return found


def test_the_header_of_a_document() -> None:
    contract = model(
        document(
            info={
                "title": "Pet\nshop",
                "version": "2",
                "summary": "Pets.",
                "contact": {"name": "Ada", "url": "https://a.example"},
                "license": {"identifier": "MIT"},
                "termsOfService": "https://a.example/terms",
            },
            servers=[{"url": "https://{stage}.example", "variables": {"stage": {"default": "eu"}}}],
            externalDocs={"url": "https://docs.example", "description": "Guide"},
        )
    )
    assert contract.info.title == "Pet shop"
    assert contract.info.licence == "MIT"
    assert contract.info.contact_name == "Ada"
    assert contract.servers[0].variables == (("stage", "eu", (), ""),)
    assert contract.docs is not None
    assert contract.docs.url == "https://docs.example"


def test_parameters_of_a_path_belong_to_its_operations_unless_they_say_otherwise() -> None:
    found = only(
        document(
            paths={
                "/pets/{id}": {
                    "parameters": [
                        {"name": "id", "in": "path", "schema": {"type": "string"}},
                        {"name": "page", "in": "query", "description": "shared"},
                    ],
                    "get": {"parameters": [{"name": "page", "in": "query", "description": "own"}]},
                }
            }
        )
    )
    assert [(each.name, each.required, each.description) for each in found.parameters] == [
        ("id", True, ""),
        ("page", False, "own"),
    ]


@pytest.mark.parametrize(
    ("parameter", "style"),
    [
        ({"in": "query"}, ""),
        ({"in": "query", "style": "form", "explode": True}, ""),
        ({"in": "query", "style": "form", "explode": False}, "not exploded"),
        ({"in": "query", "style": "deepObject", "explode": True}, "deepObject, exploded"),
        ({"in": "path", "style": "simple"}, ""),
        ({"in": "query", "allowReserved": True}, "reserved characters allowed"),
        ({"in": "query", "allowEmptyValue": True}, "may be empty"),
    ],
)
def test_an_unusual_way_to_write_a_parameter_is_said(
    parameter: dict[str, object], style: str
) -> None:
    found = only(document(paths=operation(parameters=[{"name": "a", **parameter}])))
    assert found.parameters[0].style == style


def test_bodies_and_answers_by_media_type() -> None:
    found = only(
        document(
            paths=operation(
                requestBody={
                    "required": True,
                    "content": {
                        "multipart/form-data": {
                            "schema": {"type": "object"},
                            "encoding": {"file": {"contentType": "image/png"}, "rest": {}},
                        }
                    },
                },
                responses={
                    "200": {
                        "description": "Here",
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {"application/json": {"example": {"a": 1}}},
                        "links": {"next": {"operationId": "next"}, "lost": {"$ref": "#/nowhere"}},
                    },
                    "x-note": 1,
                },
            )
        )
    )
    assert found.body is not None
    assert found.body.required
    assert found.body.content[0].encodings == (("file", "image/png"),)
    (answer,) = found.responses
    assert answer.headers[0].name == "ETag"
    assert answer.content[0].examples[0].value == '{\n  "a": 1\n}'
    assert [each.operation for each in answer.onward] == ["next", "nowhere"]


@pytest.mark.parametrize(
    ("media_type", "example", "value", "language"),
    [
        ("application/json", "text", '"text"', "json"),
        ("application/json", '{"a": 1}', '{"a": 1}', "json"),
        ("application/json", None, "null", "json"),
        ("application/xml", "<a/>", "<a/>", "xml"),
        ("text/plain", "a\nb", "a\nb", "text"),
        ("text/plain", 5, "5", "json"),
    ],
)
def test_an_example_is_text_in_a_language(
    media_type: str, example: object, value: str, language: str
) -> None:
    content = {media_type: {"example": example}}
    found = only(document(paths=operation(responses={"200": {"content": content}})))
    (shown,) = found.responses[0].content[0].examples
    assert (shown.value, shown.language) == (value, language)


def test_named_examples() -> None:
    examples = {
        "plain": {"summary": "Plain", "value": [1]},
        "outside": {"externalValue": "https://a.example/1.json"},
        "shared": {"$ref": "#/components/examples/shared"},
        "lost": {"$ref": "other.yaml#/x"},
        "newer": {"dataValue": {"a": 1}},
        "written": {"serializedValue": "a=1"},
    }
    text = document(
        "3.2.0",
        paths=operation(requestBody={"content": {"application/json": {"examples": examples}}}),
        components={"examples": {"shared": {"value": "s"}}},
    )
    body = only(text).body
    assert body is not None
    shown = {each.name: (each.value, each.external) for each in body.content[0].examples}
    assert shown == {
        "plain": ("[\n  1\n]", ""),
        "outside": ("", "https://a.example/1.json"),
        "shared": ('"s"', ""),
        "lost": ("", "other.yaml#/x"),
        "newer": ('{\n  "a": 1\n}', ""),
        "written": ("a=1", ""),
    }


def test_a_list_of_examples_is_taken_though_a_mapping_is_meant() -> None:
    content = {"application/json": {"examples": [{"a": 1}, 2]}}
    found = only(document(paths=operation(responses={"200": {"content": content}})))
    assert len(found.responses[0].content[0].examples) == 2


def test_a_long_example_is_cut() -> None:
    content = {"text/plain": {"example": "x" * 50_000}}
    found = only(document(paths=operation(responses={"200": {"content": content}})))
    assert found.responses[0].content[0].examples[0].value.endswith("\n…")


def test_signing_in_is_that_of_the_document_unless_the_operation_says_otherwise() -> None:
    text = document(
        security=[{"key": []}],
        paths={
            "/a": {"get": {}},
            "/b": {"get": {"security": []}},
            "/c": {"get": {"security": [{"key": [], "oauth": ["read"]}, {}]}},
        },
    )
    assert [each.security for each in model(text).operations] == [
        ((("key", ()),),),
        ((),),
        ((("key", ()), ("oauth", ("read",))), ()),
    ]


def test_ways_to_sign_in() -> None:
    schemes = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "bearer": {"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"},
        "oauth": {
            "type": "oauth2",
            "flows": {
                "deviceAuthorization": {
                    "deviceAuthorizationUrl": "https://a.example/device",
                    "tokenUrl": "https://a.example/token",
                    "scopes": {"read": "Read all"},
                }
            },
        },
    }
    found = model(document("3.2.0", components={"securitySchemes": schemes})).security_schemes
    assert [each.kind for each in found] == ["apiKey", "http", "oauth2"]
    assert found[1].scheme == "bearer"
    assert found[2].flows[0].scopes == (("read", "Read all"),)
    assert dict(found[2].flows[0].addresses)["deviceAuthorizationUrl"] == "https://a.example/device"


def test_callbacks_and_webhooks() -> None:
    answer = {
        "post": {"summary": "Tell", "callbacks": {"again": {"$ref": "#/components/callbacks/c"}}}
    }
    text = document(
        paths=operation(callbacks={"done": {"{$request.body#/url}": answer, "x-note": {}}}),
        webhooks={"new": {"post": {"operationId": "hook"}}},
        components={"callbacks": {"c": {"{$url}": answer}}},
    )
    contract = model(text)
    (callback,) = contract.operations[0].callbacks
    assert callback.name == "done"
    assert callback.operations[0].path == "{$request.body#/url}"
    # A callback that calls itself back ends somewhere.
    assert callback.operations[0].callbacks[0].operations[0].callbacks == ()
    assert contract.webhooks[0].identifier == "hook"


def test_methods_of_openapi_3_2() -> None:
    item = {"query": {}, "additionalOperations": {"COPY": {"operationId": "copy"}}}
    assert [each.method for each in model(document("3.2.0", paths={"/a": item})).operations] == [
        "query",
        "COPY",
    ]
    older = read(document("3.1.0", paths={"/a": item}))
    assert codes(older) == ["contract-method", "contract-method"]


def test_tags_of_openapi_3_2() -> None:
    tags = [{"name": "a", "summary": "All", "kind": "nav"}, {"name": "b", "parent": "a"}, {}]
    found = model(document("3.2.0", tags=tags)).tags
    assert [(each.name, each.summary, each.parent, each.kind) for each in found] == [
        ("a", "All", "", "nav"),
        ("b", "", "a", ""),
    ]


def test_streams_and_shared_media_types_of_openapi_3_2() -> None:
    content = {
        "application/jsonl": {"itemSchema": {"type": "integer"}},
        "application/json": {"$ref": "#/components/mediaTypes/m"},
    }
    text = document(
        "3.2.0",
        paths=operation(responses={"200": {"content": content}}),
        components={"mediaTypes": {"m": {"schema": {"type": "string"}}}},
    )
    stream, shared = only(text).responses[0].content
    assert stream.stream is not None
    assert stream.stream.types == ("integer",)
    assert shared.schema is not None
    assert shared.schema.types == ("string",)


def test_a_document_may_refer_to_itself_by_its_own_address() -> None:
    text = document(
        "3.2.0",
        **{"$self": "https://a.example/api"},
        components={
            "schemas": {"A": {"$ref": "https://a.example/api#/components/schemas/B"}, "B": {}}
        },
    )
    contract = model(text)
    reference = contract.definitions["components", "schemas", "A"].reference
    assert reference is not None
    assert reference.target is Target.HERE


def test_a_path_in_another_file_is_named() -> None:
    contract = model(document(paths={"/pets": {"$ref": "paths/pets.yaml"}}))
    assert contract.operations == ()
    (elsewhere,) = contract.elsewhere
    assert elsewhere.path == "/pets"
    assert elsewhere.reference == Reference("paths/pets.yaml", "pets", Target.FILE)


def test_a_path_shared_within_the_document() -> None:
    text = document(
        paths={"/a": {"$ref": "#/components/pathItems/shared"}},
        components={"pathItems": {"shared": {"summary": "Shared", "get": {}}}},
    )
    assert only(text).summary == "Shared"


@pytest.mark.parametrize(
    ("parts", "messages"),
    [
        ({"info": None}, ["It has no info."]),
        ({"info": {"version": "1"}}, ["info.title is missing or empty."]),
        ({"info": {"title": " ", "version": "1"}}, ["info.title is missing or empty."]),
        ({"paths": None, "components": None}, ["It has no paths."]),
        ({"paths": None, "components": {"schemas": {}}}, []),
        ({"paths": None, "webhooks": {"a": {}}}, []),
    ],
)
def test_what_every_contract_must_have(parts: dict[str, Any], messages: list[str]) -> None:
    problems = read(document("3.1.0", servers=[], **parts)).rendered.problems
    assert [each.message for each in problems] == messages


def test_before_3_1_a_contract_must_have_paths() -> None:
    reading = read(document("3.0.0", paths=None, components={"schemas": {}}))
    assert codes(reading) == ["contract-incomplete"]


@pytest.mark.parametrize("version", ["3.3.0", "4.0.0", "2.1"])
def test_an_unknown_version_is_read_as_the_nearest(version: str) -> None:
    reading = read(document(version, paths=operation(summary="List pets")))
    assert codes(reading) == ["contract-version"]
    assert "List pets" in reading.rendered.html


def test_an_operation_id_that_stands_twice() -> None:
    text = f"{HEAD}  /a:\n    get:\n      operationId: x\n    put:\n      operationId: x\n"
    (problem,) = read(text).rendered.problems
    assert problem.code == "contract-duplicate-operation"
    assert problem.line == 8
    assert problem.message == "x is also the operationId of GET /a."


def test_a_method_that_is_none() -> None:
    text = f"{HEAD}  /a:\n    x-note: 1\n    got: {{}}\n    GET: {{summary: Loud}}\n"
    reading = read(text)
    assert [(each.line, each.message) for each in reading.rendered.problems] == [
        (6, "got is not a method."),
        (7, "GET is written get."),
    ]
    assert "Loud" in reading.rendered.html
