"""A contract is found by its content; what merely looks like one is left alone."""

import json
from time import process_time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.reference.recognise import Family, Format, recognise

OPENAPI = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n"


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        ('swagger: "2.0"\npaths: {}', Format(Family.SWAGGER, "2.0")),
        ("swagger: 2.0\npaths: {}", Format(Family.SWAGGER, "2.0")),
        ("openapi: 3.0.3\npaths: {}", Format(Family.OPENAPI, "3.0")),
        ("openapi: '3.1.0'\nwebhooks: {}", Format(Family.OPENAPI, "3.1")),
        ("openapi: 3.2.0\ncomponents: {}", Format(Family.OPENAPI, "3.2")),
        ("openapi: 3.1.0-rc1 # soon\npaths: {}", Format(Family.OPENAPI, "3.1")),
        ("openapi: 4.0.0\npaths: {}", Format(Family.OPENAPI, "4.0")),
        ("info: {}\npaths: {}\nopenapi: 3.0.0\n", Format(Family.OPENAPI, "3.0")),
        ('"openapi": "3.0.0"\n"paths": {}\n', Format(Family.OPENAPI, "3.0")),
        ("# first\n---\n\n  openapi: 3.0.0\n  paths: {}\n", Format(Family.OPENAPI, "3.0")),
        ("openapi: 3.0.0\r\npaths: {}\r\n", Format(Family.OPENAPI, "3.0")),
        ("\ufeffopenapi: 3.0.0\npaths: {}\n", Format(Family.OPENAPI, "3.0")),
        ('{"openapi": "3.0.0", "paths": {}}', Format(Family.OPENAPI, "3.0")),
        ('\ufeff{"swagger":"2.0","paths":{}}', Format(Family.SWAGGER, "2.0")),
        ('{"info": {}, "paths": {}, "openapi": "3.0.0"}', Format(Family.OPENAPI, "3.0")),
        ("{openapi: 3.0.0, paths: {}}", Format(Family.OPENAPI, "3.0")),
        ('{"openapi": "3.0.0", "paths": {"/a": ', Format(Family.OPENAPI, "3.0")),
    ],
)
def test_a_contract_is_recognised_by_its_root_key(text: str, format_: Format) -> None:
    assert recognise("whatever.yaml", text) == format_


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.json", "a.JSON", "a.oas", "a.txt", "API"])
def test_yaml_is_recognised_whatever_the_file_is_called(name: str) -> None:
    assert recognise(f"docs/{name}", OPENAPI) == Format(Family.OPENAPI, "3.1")


@pytest.mark.parametrize("name", ["a.yaml", "a.txt", "a.json", "API"])
def test_json_is_recognised_whatever_the_file_is_called(name: str) -> None:
    text = json.dumps({"openapi": "3.1.0", "info": {}, "paths": {}})
    assert recognise(name, text) == Format(Family.OPENAPI, "3.1")


@given(st.permutations(["openapi", "info", "paths", "components"]), st.booleans(), st.booleans())
def test_the_order_of_the_keys_does_not_matter(
    keys: list[str], as_json: bool, compact: bool
) -> None:
    root = {key: "3.1.0" if key == "openapi" else {"title": "A"} for key in keys}
    text = json.dumps(root, indent=None if compact else 2)
    if not as_json:
        text = yaml.safe_dump(root, sort_keys=False, indent=2 if compact else 4)
    assert recognise("a.yaml", text) == Format(Family.OPENAPI, "3.1")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", OPENAPI),
        ("conf.py", OPENAPI),
        ("a.txt", "Write this at the top:\n\nopenapi: 3.0.0\npaths: {}\n"),
        (
            "arazzo.yaml",
            "arazzo: 1.0.0\nsourceDescriptions:\n- type: openapi\n  url: openapi.yaml\n",
        ),
        ("asyncapi.yaml", "asyncapi: 3.0.0\ninfo: {}\nchannels: {}\n"),
        ("overlay.yaml", "overlay: 1.0.0\ninfo: {}\nextends: openapi.yaml\nactions: []\n"),
        ("schema.json", '{"$schema": "x", "properties": {"openapi": {"type": "string"}}}'),
        ("values.yaml", "info: {}\nservice:\n  openapi: 3.0.0\n"),
        ("crd.yaml", "{{- if .Values.docs }}\nopenapi: 3.0.0\npaths: {}\n{{- end }}\n"),
        ("en.yaml", "openapi: An interface\npaths: Ways\n"),
        ("package.json", '{"name": "a", "dependencies": {"openapi": "3.0.0"}, "paths": {}}'),
        ("lock.json", '{"info": 1,\n "packages": [\n{"openapi": "3.0.0"}]}'),
        ("fragment.yaml", "paths:\n  /pets:\n    get: {}\n"),
        ("versions.yaml", "openapi: 3.0.0\nruby: 3.2.0\n"),
        ("versions.json", '{"openapi": "3.0.0", "ruby": "3.2.0"}'),
        ("old.yaml", 'swagger: "1.2"\npaths: {}\n'),
        ("two.yaml", "kind: ConfigMap\n---\nopenapi: 3.0.0\npaths: {}\n"),
        ("list.json", '[{"openapi": "3.0.0", "paths": {}}]'),
        ("broken.json", '{"a": {"openapi": "3.0.0", "paths"'),
        ("mono.json", '{"openapi": "3", "paths": {}}'),
        ("a.yaml", ""),
    ],
)
def test_what_merely_looks_like_one_is_left_alone(path: str, text: str) -> None:
    assert recognise(path, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "type Query { a: Int }",
        '"""A description with { braces and a "quote".""" schema { query: Q }',
        "# query { a }\nscalar Date",
        "extend type Query { a: Int }",
        "directive @auth on OBJECT",
        '"one line" enum E { A }',
    ],
)
@pytest.mark.parametrize("ending", ["graphql", "graphqls", "gql", "GraphQL"])
def test_a_schema_is_recognised(text: str, ending: str) -> None:
    assert recognise(f"api/schema.{ending}", text) == Format(Family.GRAPHQL)


@pytest.mark.parametrize(
    "text",
    ["query A { type name }", "{ type { name } }", "fragment F on T { a }", "", "# nothing", "?"],
)
def test_an_operation_for_clients_is_no_contract(text: str) -> None:
    assert recognise("a.graphql", text) is None


def test_a_schema_counts_only_in_a_file_for_schemas() -> None:
    assert recognise("notes.txt", "type Query { a: Int }") is None


def test_a_format_reads_as_people_say_it() -> None:
    assert str(Format(Family.OPENAPI, "3.1")) == "OpenAPI 3.1"
    assert str(Format(Family.GRAPHQL)) == "GraphQL"


def test_looking_at_files_that_are_something_else_costs_little() -> None:
    text = "openapi-generator:\n" + "  some: value\n" * 2_000
    start = process_time()
    for _ in range(200):
        assert recognise("values.yaml", text) is None
    # An idle machine takes a fiftieth of this.
    assert process_time() - start < 200 * 0.02
