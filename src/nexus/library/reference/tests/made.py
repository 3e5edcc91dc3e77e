"""Contracts made for a test, and what reading them gives."""

import json
from html.parser import HTMLParser
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nexus.library.reference import ContractReading, read_contract
from nexus.library.reference.findings import Findings
from nexus.library.reference.openapi import Contract, read_openapi
from nexus.library.reference.prose import plain_words
from nexus.library.reference.recognise import recognise
from nexus.library.reference.source import load
from nexus.library.rendering.page import Place

PLACE = Place("/c/commons/nexus", "docs/api/openapi.yaml")


#: The media type of most bodies.
JSON = "application/json"

#: The beginning of a document in YAML: what follows are its paths, from line 4 on.
HEAD = "openapi: 3.0.0\ninfo: {title: Pets, version: '1.0'}\npaths:\n"


def document(version: str = "3.1.0", **parts: Any) -> str:
    """An OpenAPI document as JSON; ``parts`` stand at its root."""
    root = "swagger" if version.startswith("2") else "openapi"
    info = {"title": "Pets", "version": "1.0"}
    return json.dumps({root: version, "info": info, "paths": {}, **parts})


def operation(**parts: Any) -> dict[str, Any]:
    """The paths of a document with one operation, ``GET /pets``."""
    return {"/pets": {"get": parts}}


def read(text: str, path: str = "openapi.yaml") -> ContractReading:
    """The reading of a text that is a contract."""
    reading = read_contract(path, text, Place(PLACE.base, path))
    assert reading is not None
    return reading


def model(text: str) -> Contract:
    """What an OpenAPI document says."""
    form = recognise("openapi.yaml", text)
    root = load(text, Findings("openapi.yaml"))
    assert form is not None
    assert root is not None
    return read_openapi(root, form)


def codes(reading: ContractReading) -> list[str]:
    """The codes of the problems of a reading."""
    return [problem.code for problem in reading.rendered.problems]


def page(reading: ContractReading) -> LexborNode:
    """The page of a reading as a tree."""
    body = LexborHTMLParser(f"<!doctype html><body>{reading.rendered.html}").body
    assert body is not None
    return body


def words(node: LexborNode | LexborHTMLParser | None) -> str:
    """What a reader sees of a part of a page."""
    assert node is not None
    return plain_words(node.html or "")


def one(node: LexborNode, selector: str) -> LexborNode:
    """The first element that a selector finds; there must be one."""
    found = node.css_first(selector)
    assert found is not None, selector
    return found


def ref(name: str) -> dict[str, str]:
    """A reference to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def answer(schema: Any, **schemas: Any) -> str:
    """A document with one operation that answers with ``schema``."""
    responses = {"200": {"description": "OK", "content": {JSON: {"schema": schema}}}}
    return document(paths=operation(responses=responses), components={"schemas": schemas})


def shown(schema: Any, **schemas: Any) -> str:
    """What a reader sees of a schema that an operation answers with."""
    reading = read(answer(schema, **schemas))
    check_markup(reading.rendered.html)
    return words(page(reading).css_first(".media .schema"))


class _Checker(HTMLParser):
    """Fails on markup that is not balanced, or that could do something."""

    VOID = frozenset({"br", "col", "hr", "img", "input", "source", "wbr"})
    FORBIDDEN = frozenset({"script", "style", "iframe", "object", "embed", "form", "svg", "base"})
    #: Only Markdown brings pictures; their addresses are checked where they are written.
    SCHEMES = ("http://", "https://", "mailto:", "#", "/")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in self.FORBIDDEN, tag
        assert not (tag == "a" and {"a", "summary"} & set(self.open)), "a link inside another"
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in ("style", "srcdoc"), name
            if name == "href":
                assert (value or "").startswith(self.SCHEMES), value
            if name == "id":
                self.ids.append(value or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def check_markup(html: str) -> None:
    """Assert that ``html`` is whole, harmless, and gives no id twice."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    assert checker.open == []
    assert len(checker.ids) == len(set(checker.ids))
