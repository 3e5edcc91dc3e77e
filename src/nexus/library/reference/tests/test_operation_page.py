"""Operations: what a reader sees of them, and where their links lead."""

import pytest

from nexus.library.reference.tests.made import (
    JSON,
    check_markup,
    document,
    one,
    operation,
    page,
    read,
    words,
)


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
