"""However long a contract is, its page is not, and says so."""

from typing import Any

import pytest

from nexus.library.reference import page as page_module
from nexus.library.reference.body_view import MAX_EXAMPLES
from nexus.library.reference.openapi import reading as reading_module
from nexus.library.reference.schema_view import MAX_CHOICES, MAX_PROPERTIES
from nexus.library.reference.tests.made import (
    JSON,
    check_markup,
    codes,
    document,
    one,
    operation,
    page,
    read,
    ref,
    shown,
    words,
)


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
