"""The page: what a reader sees, where its links lead, and how it stays bounded."""

from typing import Any

import pytest

from nexus.library.reference import page as page_module
from nexus.library.reference import read_contract
from nexus.library.reference.body_view import MAX_EXAMPLES
from nexus.library.reference.openapi import reading as reading_module
from nexus.library.reference.schema_view import MAX_CHOICES, MAX_PROPERTIES
from nexus.library.reference.tests.made import (
    PLACE,
    check_markup,
    codes,
    document,
    one,
    operation,
    page,
    read,
    words,
)
from nexus.library.rendering.emails import hide_emails
from nexus.library.rendering.page import Place

JSON = "application/json"


def answer(schema: Any, **schemas: Any) -> str:
    """A document with one operation that answers with ``schema``."""
    responses = {"200": {"description": "OK", "content": {JSON: {"schema": schema}}}}
    return document(paths=operation(responses=responses), components={"schemas": schemas})


def shown(schema: Any, **schemas: Any) -> str:
    """What a reader sees of a schema that an operation answers with."""
    reading = read(answer(schema, **schemas))
    check_markup(reading.rendered.html)
    return words(page(reading).css_first(".media .schema"))


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


# --- Overview ---


def test_the_page_begins_with_what_the_document_says_of_itself() -> None:
    info = {
        "title": "Pets",
        "version": "1.2.0",
        "summary": "All about pets.",
        "description": "# Welcome\n\nRead the [guide](guide.md).",
        "contact": {"name": "Ada", "url": "https://ada.example", "email": "ada@shop.example"},
        "license": {"name": "MIT", "url": "javascript:alert(1)"},
    }
    reading = read(document(info=info, externalDocs={"url": "https://docs.example"}), "docs/a.yaml")
    body = page(reading)
    facts = {
        words(each.css_first("dt")): words(each.css_first("dd")) for each in body.css("dl div")
    }
    assert facts == {
        "Format": "OpenAPI 3.1",
        "Version": "1.2.0",
        "Holds": "0 operations on 0 paths",
        "Contact": "Ada",
        "Licence": "MIT",
    }
    # The headings of a description go below those of the page.
    assert words(body.css_first("h2")) == "Welcome"
    links = {each.attributes["href"] for each in body.css("a")}
    assert links == {
        "https://ada.example",
        "/c/commons/nexus/docs/guide.md",
        "https://docs.example",
    }
    assert "ada@" not in reading.rendered.html
    assert (reading.rendered.title, reading.rendered.summary) == ("Pets", "All about pets.")


def test_the_summary_is_the_first_sentence_of_the_description() -> None:
    description = "An API for **pets**. It has more to say."
    reading = read(document(info={"title": "A", "version": "1", "description": description}))
    assert reading.rendered.summary == "An API for pets."


def test_servers_with_their_variables() -> None:
    variables = {"stage": {"default": "eu", "enum": ["eu", "us"], "description": "Where"}}
    servers = [{"url": "https://{stage}.example", "name": "Main", "variables": variables}]
    body = page(read(document("3.2.0", servers=servers)))
    assert words(body.css_first(".servers")) == (
        "Main https://{stage}.example stage default eu; one of eu, us Where"
    )


def test_an_address_that_holds_an_e_mail_address_is_hidden_from_guests() -> None:
    docs = {"url": "https://a.example/?for=ada@a.example", "description": "Ask ada@a.example"}
    html = read(document(externalDocs=docs)).rendered.html
    check_markup(html)
    assert "ada@" in html
    assert "ada@" not in hide_emails(html)


def test_ways_to_sign_in_are_linked_from_operations() -> None:
    text = document(
        components={
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key", "deprecated": True},
                "oauth": {
                    "type": "oauth2",
                    "flows": {
                        "implicit": {
                            "authorizationUrl": "https://in.example",
                            "scopes": {"read": "All"},
                        }
                    },
                },
                "open": {"type": "openIdConnect", "openIdConnectUrl": "https://open.example"},
            }
        },
        paths=operation(security=[{"key": [], "oauth": ["read"]}, {"lost": []}, {}]),
    )
    body = page(read(text))
    security = one(body, ".security")
    assert words(security) == "Sign in: key and oauth with read, or lost, or not needed."
    assert [each.attributes["href"] for each in security.css("a")] == [
        "#scheme-key",
        "#scheme-oauth",
    ]
    assert "An API key in the header X-Key" in words(body.css_first("#scheme-key"))
    assert "deprecated" in words(body.css_first("#scheme-key"))
    assert "read: All" in words(body.css_first("#scheme-oauth"))
    assert "https://open.example" in words(body.css_first("#scheme-open"))


# --- Operations ---


def test_operations_stand_below_their_tags() -> None:
    tags = [
        {
            "name": "cats",
            "description": "Small ones",
            "externalDocs": {"url": "https://cats.example"},
        },
        {"name": "unused"},
    ]
    paths = {
        "/dogs": {"get": {"tags": ["dogs", "cats"]}},
        "/cats": {"get": {"tags": ["cats"], "operationId": "listCats", "deprecated": True}},
        "/": {"get": {}},
    }
    reading = read(document(tags=tags, paths=paths))
    body = page(reading)
    assert [words(each) for each in body.css("h2")] == ["cats", "dogs", "Other operations"]
    first = one(body, "section.reference-part")
    assert "Small ones" in words(first)
    assert "https://cats.example" in words(first)
    assert words(body.css_first("#operation-listCats summary")) == "GET /cats deprecated"
    assert body.css_first("#operation-GET-dogs") is not None
    anchors = [(each.level, each.anchor) for each in reading.rendered.headings]
    assert anchors == [
        (2, "tag-cats"),
        (3, "operation-listCats"),
        (2, "tag-dogs"),
        (3, "operation-GET-dogs"),
        (2, "tag-other-operations"),
        (3, "operation-GET"),
    ]


def test_tags_of_openapi_3_2_have_parents_and_badges() -> None:
    tags = [
        {"name": "inner", "summary": "Inner", "parent": "outer"},
        {"name": "outer", "summary": "Outer"},
        {"name": "hot", "kind": "badge"},
        {"name": "a", "parent": "b"},
        {"name": "b", "parent": "a"},
    ]
    paths = {
        "/1": {"get": {"tags": ["hot", "inner"]}},
        "/2": {"get": {"tags": ["outer"]}},
        "/3": {"get": {"tags": ["a"]}},
        "/4": {"get": {"tags": ["hot"]}},
    }
    body = page(read(document("3.2.0", tags=tags, paths=paths)))
    assert [words(each) for each in body.css("h2")] == ["Outer", "Outer / Inner", "hot", "b / a"]
    assert words(body.css_first("#operation-GET-1 summary")) == "GET /1 hot"


def test_an_operation_unfolds_to_everything_about_it() -> None:
    text = document(
        paths={
            "/pets/{id}": {
                "post": {
                    "operationId": "feed",
                    "summary": "Feed a pet",
                    "description": "Give it *food*.",
                    "servers": [{"url": "https://food.example"}],
                    "externalDocs": {"url": "https://docs.example", "description": "How"},
                    "parameters": [
                        {
                            "name": "id",
                            "in": "path",
                            "schema": {"type": "string", "format": "uuid"},
                        },
                        {
                            "name": "filter",
                            "in": "querystring",
                            "style": "deepObject",
                            "content": {JSON: {"schema": {"type": "object"}}},
                        },
                        {"$ref": "shared.yaml#/page"},
                    ],
                    "requestBody": {
                        "required": True,
                        "description": "The food",
                        "content": {
                            JSON: {"schema": {"type": "string"}},
                            "text/plain": {"schema": {"type": "string"}},
                            "image/*": {"encoding": {"a": {"contentType": "image/png"}}},
                        },
                    },
                    "responses": {
                        "200": {
                            "summary": "Fed",
                            "description": "It ate",
                            "headers": {"ETag": {"schema": {"type": "string"}}},
                        },
                        "4XX": {"description": "No"},
                        "default": {"$ref": "errors.yaml#/Any"},
                    },
                }
            }
        }
    )
    reading = read(text, "api/openapi.yaml")
    check_markup(reading.rendered.html)
    body = one(page(reading), "#operation-feed")
    assert words(body.css_first("summary")) == "POST /pets/{id} Feed a pet"
    assert words(body.css_first("summary var")) == "{id}"
    assert body.css_first('.method[data-method="post"]') is not None
    rows = [words(each) for each in body.css("table")[0].css("tbody tr")]
    assert rows == [
        "id required path string (uuid)",
        "filter whole query any value written as deepObject application/json object",
        "page page",
    ]
    assert [words(each) for each in body.css("h4")] == [
        "Parameters",
        "Request body required",
        "Responses",
    ]
    assert [words(each) for each in body.css("h5")] == [
        "200 OK",
        "4XX Any error of the client",
        "default Any other answer",
    ]
    everything = words(body)
    for said in (
        "Give it food.",
        "Called feed",
        "At https://food.example",
        "More: How",
        "The food",
        "a as image/png",
        "Fed",
        "It ate",
        "ETag",
    ):
        assert said in everything
    assert "application/json, text/plain" in [words(each) for each in body.css(".media-types")]
    links = {each.attributes["href"] for each in body.css("a.type-link")}
    assert links == {"/c/commons/nexus/api/shared.yaml", "/c/commons/nexus/api/errors.yaml"}


def test_without_a_summary_the_description_is_one() -> None:
    paths = {
        "/a": {"get": {"description": "Just this."}},
        "/b": {"get": {"description": "First. Second."}},
    }
    body = page(read(document(paths=paths)))
    assert words(body.css_first("#operation-GET-a")) == "GET /a Just this."
    assert words(body.css_first("#operation-GET-b")) == "GET /b First. First. Second."


def test_a_description_that_only_names_the_status_is_not_repeated() -> None:
    text = document(paths=operation(responses={"404": {"description": "Not found."}}))
    assert words(page(read(text)).css_first(".response")) == "404 Not Found"


def test_webhooks_and_callbacks() -> None:
    callback = {"done": {"{$url}": {"post": {"summary": "Tell", "deprecated": True}}}}
    text = document(
        paths=operation(callbacks=callback), webhooks={"newPet": {"post": {"summary": "A pet"}}}
    )
    reading = read(text)
    check_markup(reading.rendered.html)
    everything = words(page(reading))
    assert "Callbacks done: POST {$url} Tell deprecated" in everything
    assert "POST newPet A pet" in everything
    assert reading.facts["webhooks"] == 1


def test_a_callback_is_told_apart_from_operations_by_having_no_id() -> None:
    text = document(paths=operation(callbacks={"done": {"{$url}": {"post": {}}}}))
    nested = one(page(read(text)), "details details.operation")
    assert "id" not in nested.attributes


def test_answers_name_what_can_follow() -> None:
    links = {"next": {"operationId": "getNext", "description": "The next page"}}
    text = document(paths=operation(responses={"200": {"description": "", "links": links}}))
    assert "Then: next: getNext The next page" in words(page(read(text)))


def test_paths_in_other_files_are_linked() -> None:
    text = document(paths={"/a": {"$ref": "paths/a.yaml"}, "/b": {"$ref": "../../../b.yaml"}})
    body = page(read(text, "api/openapi.yaml"))
    links = [each.attributes["href"] for each in body.css(".elsewhere a")]
    assert links == ["/c/commons/nexus/api/paths/a.yaml"]
    assert words(body.css_first(".elsewhere")) == "/a: a /b: b"


def test_an_unusual_method_is_shown_plainly() -> None:
    text = document("3.2.0", paths={"/a": {"additionalOperations": {"X-COPY <b>": {}}}})
    method = one(page(read(text)), ".method")
    assert words(method) == "X-COPY <B>"
    assert method.attributes["data-method"] == "other"


# --- Schemas ---


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


# --- Examples ---


@pytest.mark.parametrize(("lines", "is_open"), [(3, True), (50, False)])
def test_short_examples_are_open(lines: int, *, is_open: bool) -> None:
    content = {JSON: {"example": list(range(lines))}}
    text = document(paths=operation(responses={"200": {"content": content}}))
    assert ("open" in one(page(read(text)), "details.example").attributes) is is_open


def test_examples_are_code_in_colour() -> None:
    examples = {
        "one": {"summary": "A cat", "description": "It *sleeps*", "value": {"name": "<Tom>"}},
        "two": {"externalValue": "https://a.example/2.json"},
    }
    text = document(paths=operation(requestBody={"content": {JSON: {"examples": examples}}}))
    reading = read(text)
    body = page(reading)
    assert words(body.css_first("details.example summary")) == "Example: A cat"
    assert '"<Tom>"' in words(body.css_first("figure.code[data-language=json]"))
    assert body.css_first("figure.code span") is not None
    assert "Example: two at https://a.example/2.json" in words(body)


# --- Bounds ---


def test_long_lists_are_shortened_with_a_word() -> None:
    properties = {f"p{number}": {"type": "string"} for number in range(MAX_PROPERTIES + 5)}
    assert "5 more in the raw file." in shown({"properties": properties})
    assert "and 5 more in the raw file" in shown({"enum": list(range(MAX_CHOICES + 5))})
    examples = {f"e{number}": {"value": number} for number in range(MAX_EXAMPLES + 5)}
    text = document(paths=operation(requestBody={"content": {JSON: {"examples": examples}}}))
    assert "5 more examples are in the raw file." in words(page(read(text)))


def test_many_servers_and_ways_to_sign_in_are_shortened_with_a_word() -> None:
    schemes = {f"s{number}": {"type": "http", "scheme": "basic"} for number in range(105)}
    servers = [{"url": f"https://{number}.example"} for number in range(55)]
    reading = read(document(servers=servers, components={"securitySchemes": schemes}))
    assert words(page(reading)).count("5 more are in the raw file.") == 2
    assert codes(reading) == ["contract-shortened"]
    assert len(reading.facts["servers"]) == 20


def test_a_deep_schema_is_shortened_with_a_word() -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(20):
        schema = {"type": "object", "properties": {"a": schema}}
    assert "Deeper levels are in the raw file." in shown(schema)
    schema = {"type": "string"}
    for _ in range(20):
        schema = {"items": schema}
    assert shown(schema).startswith("list of " * 11 + "more")


def test_a_schema_that_is_long_is_linked_instead_of_repeated() -> None:
    long = {"properties": {f"p{number}": {"description": "x" * 900} for number in range(50)}}
    assert shown(ref("Long"), Long=long) == "Long It is long: see Long."
    there = {"$ref": "#/paths/~1pets/get/responses/200/content/application~1json/schema"}
    paths = operation(responses={"200": {"content": {JSON: {"schema": long}}}})
    paths["/b"] = {"get": {"responses": {"200": {"content": {JSON: {"schema": there}}}}}}
    assert "It is long: see the raw file." in words(page(read(document(paths=paths))))


def test_when_the_page_is_full_operations_are_named_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "MAX_HTML", 2_000)
    paths = {
        f"/p{number}": {"get": {"summary": "S", "description": "D " * 200}} for number in range(9)
    }
    schemas = {"Pet": {"type": "object"}}
    reading = read(document(paths=paths, components={"schemas": schemas}))
    check_markup(reading.rendered.html)
    body = page(reading)
    assert 1 <= len(body.css("details.operation")) < 9
    assert len(body.css("details.operation, .operation-brief")) == 10
    assert "GET /p8 S" in words(body.css_first("#operation-GET-p8"))
    assert words(body.css_first("#schema-Pet")) == "Pet object"
    assert codes(reading) == ["contract-shortened"]
    # What is only named can be found all the same.
    assert "GET /p8" in reading.rendered.text


def test_a_single_operation_that_is_too_long_is_named_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "MAX_PART", 2_000)
    paths = {"/long": {"get": {"description": "*D* " * 2_000}}, "/short": {"get": {}}}
    body = page(read(document(paths=paths)))
    assert body.css_first("#operation-GET-long.operation-brief") is not None
    assert body.css_first("details#operation-GET-short") is not None


def test_when_even_names_are_too_many_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "MAX_NAMED", 3)
    reading = read(document(paths={f"/p{number}": {"get": {}} for number in range(9)}))
    body = page(reading)
    assert len(body.css(".operation")) == 3
    assert "6 more are in the raw file." in words(body)
    assert one(body, ".raw-link").attributes["href"] == "/c/commons/nexus/-/raw/openapi.yaml"
    assert reading.facts["operations"] == 9


def test_no_more_is_read_than_the_budget_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "MAX_PARTS", 20)
    content = {f"text/{number}": {"example": number} for number in range(9)}
    shared = [{"name": f"p{number}", "in": "query"} for number in range(9)]
    paths = {
        f"/p{number}": {
            "parameters": shared,
            "get": {
                "requestBody": {"content": content},
                "responses": {"200": {"headers": {"A": {}}, "content": content}},
            },
        }
        for number in range(9)
    }
    reading = read(document(paths=paths, components={"schemas": {"A": {}}}))
    check_markup(reading.rendered.html)
    assert codes(reading) == ["contract-shortened"]
    assert "It has more parts than are shown: see the raw file." in words(page(reading))
    assert reading.facts["operations"] < 9


def test_a_graphql_schema_is_named_only_when_the_page_is_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page_module, "MAX_HTML", 500)
    fields = " ".join(f'"D" f{number}: Int' for number in range(9))
    reading = read(f"type Query {{ {fields} }} scalar Date", "a.graphql")
    check_markup(reading.rendered.html)
    body = page(reading)
    assert words(body.css_first("#operation-f8.operation-brief")) == "QUERY f8 D"
    assert words(body.css_first("#schema-Date.operation-brief")) == "Date scalar"


# --- What others use of it ---


def test_facts() -> None:
    text = document(
        paths=operation(),
        servers=[{"url": "https://a.example"}],
        components={
            "schemas": {"A": {}},
            "securitySchemes": {"key": {"type": "http", "scheme": "basic"}},
        },
    )
    assert read(text).facts == {
        "format": "OpenAPI 3.1",
        "version": "1.0",
        "operations": 1,
        "paths": 1,
        "schemas": 1,
        "servers": ["https://a.example"],
        "authentication": ["With a name and a password (HTTP Basic)"],
    }


def test_the_words_to_find_a_contract_by() -> None:
    text = document(
        info={"title": "Pets", "version": "1", "description": "Ask ada@shop.example for more"},
        paths={
            "/pets/{id}": {
                "get": {
                    "operationId": "getPet",
                    "summary": "Get a pet",
                    "tags": ["animals"],
                    "parameters": [{"name": "verbose", "in": "query"}],
                    "responses": {
                        "200": {
                            "content": {
                                JSON: {
                                    "schema": {
                                        "properties": {
                                            "inline": {"items": {"properties": {"deep": {}}}}
                                        }
                                    }
                                }
                            }
                        }
                    },
                    "requestBody": {"content": {JSON: {"schema": {"properties": {"sent": {}}}}}},
                }
            }
        },
        components={"schemas": {"Pet": {"properties": {"colour": {}}}}},
    )
    found = read(text).rendered.text.split("\n")
    assert {"Pets", "getPet", "GET /pets/{id}", "Get a pet", "animals", "verbose"} <= set(found)
    assert {"inline", "deep", "sent", "Pet", "colour"} <= set(found)
    assert not any("@" in each for each in found)


def test_pictures_and_links_of_descriptions_are_known() -> None:
    description = "See [the guide](guide.md).\n\n```mermaid\ngraph TD; A-->B\n```\n"
    reading = read(document(info={"title": "A", "version": "1", "description": description}))
    assert [each.target for each in reading.rendered.links] == ["guide.md"]
    assert "mermaid" in reading.rendered.features


def test_what_is_no_contract_gives_nothing() -> None:
    assert read_contract("values.yaml", "a: 1", Place(PLACE.base, "values.yaml")) is None
