"""The page as a whole: what stands above the operations, and what others use of it."""

import re
from pathlib import Path

from nexus.library.discretion import hide_emails
from nexus.library.reference import page as page_module
from nexus.library.reference import read_contract
from nexus.library.reference.tests.made import (
    JSON,
    PLACE,
    check_markup,
    document,
    one,
    operation,
    page,
    read,
    words,
)
from nexus.library.rendering.page import Place


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


def test_every_class_is_in_the_table_for_whoever_dresses_the_page() -> None:
    """The table in ``page.py`` is what the style sheet is written by."""
    elsewhere = {"anchor", "email"}  # those of Markdown
    folder = Path(page_module.__file__).parent
    written = "".join(path.read_text() for path in folder.glob("*.py"))
    used = set(re.findall(r'class="([a-z-]+)"', written)) - elsewhere
    documented = set(re.findall(r"``(?:\w*)\.([a-z-]+)``", page_module.__doc__ or ""))
    documented |= {"code", "parameters"}
    assert used <= documented
    assert documented - used <= {"code"}


def test_what_is_no_contract_gives_nothing() -> None:
    assert read_contract("values.yaml", "a: 1", Place(PLACE.base, "values.yaml")) is None
