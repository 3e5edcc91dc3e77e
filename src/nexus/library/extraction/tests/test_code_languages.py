"""Promises of telling what code is in: by its label, or when nobody could take it for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.code_languages import labelled_language, obvious_language


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("python", "Python"), ("Py", "Python"), ("python3", "Python"), ("python:app/cache.py",
        "Python"),
        ('python title="cache.py"', "Python"), ("{.python .numberLines}", "Python"),
        ("language-python", "Python"), ("js", "JavaScript"), ("jsx", "JavaScript"), ("tsx", "TSX"),
        ("ts", "TypeScript"), ("sh", "Bash"), ("shell", "Bash"), ("yml", "YAML"), ("c++", "C++"),
        ("C#", "C#"), ("golang", "Go"), ("dockerfile", "Docker"), ("Docker", "Docker"),
        ("docker-compose", "YAML"), ("nginx", "Nginx"), ("make", "Makefile"), ("postgresql", "SQL"),
        ("http", "HTTP"), ("gql", "GraphQL"), ("jsonc", "JSON"), ("html+django", "Jinja"),
    ],
)  # fmt: skip
def test_a_label_names_the_language(label: str, language: str) -> None:
    assert labelled_language(label) == language


@pytest.mark.parametrize("label", ["", " ", "!", "{}"])
def test_no_label_names_none(label: str) -> None:
    assert labelled_language(label) == ""


@pytest.mark.parametrize(
    "label", ["text", "txt", "plaintext", "console", "mermaid", "output", "env", "tree", "promql"]
)
def test_a_label_of_something_else_is_no_language(label: str) -> None:
    assert labelled_language(label) is None


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ('{"a": [1, 2]}', "JSON"),
        ("[1, 2]", "JSON"),
        ("from a import b\n\ndef f(x):\n    return x", "Python"),
        ("@app.get('/')\nasync def home():\n    return 1", "Python"),
        ("import a\nclass B(C):\n    pass", "Python"),
        ("SELECT a\nFROM b\nWHERE c;", "SQL"),
        ("-- all\nCREATE TABLE users (\n  id int\n);", "SQL"),
        ("UPDATE a SET b = 1;", "SQL"),
        ("POST /api HTTP/1.1\nHost: a.org\n\n{}", "HTTP"),
        ("GET /api\nAccept: text/html", "HTTP"),
        ("HTTP/1.1 200 OK\nA: b", "HTTP"),
        ("FROM python:3.11\nWORKDIR /app\nRUN pip install x", "Docker"),
        ("const a = require('b');\nmodule.exports = a;", "JavaScript"),
        ("import a from 'b';\nexport const c = () => a;", "JavaScript"),
        ("query Jobs {\n  jobs {\n    id\n  }\n}", "GraphQL"),
        ("mutation {\n  add(a: 1) {\n    id\n  }\n}", "GraphQL"),
        ("type Job {\n  id: ID!\n}", "GraphQL"),
        ("version: '3'\nservices:\n  web:\n    build: .", "YAML"),
        ("apiVersion: v1\nkind: Pod", "YAML"),
        ("server {\n  listen 80;\n}", "Nginx"),
        ("package main\n\nfunc main() {\n}", "Go"),
        ("<!DOCTYPE html>\n<html></html>", "HTML"),
        ("#!/usr/bin/env python3\nx = 1", "Python"),
        ("#!/bin/bash\necho 1", "Bash"),
        ("<?php\necho 1;", "PHP"),
    ],
)
def test_what_is_obvious_needs_no_label(code: str, language: str) -> None:
    assert obvious_language(code) == language


@pytest.mark.parametrize(
    "code",
    [
        "",
        "some words\nabout nothing: really",
        "from here to there\nimport duties",
        "Update the settings\nand select the row from the list",
        "import a\nimport b",
        "{ not json }",
        "42",
        "[" * 5_000,
        "#!/usr/bin/env something",
        "Note: this\nservices are down",
        "type of a {\n thing }",
    ],
)
def test_what_could_be_another_is_left(code: str) -> None:
    assert obvious_language(code) == ""


@given(st.text(max_size=300))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert isinstance(obvious_language(text), str)
    assert labelled_language(text) in (None, labelled_language(text.lower()))
