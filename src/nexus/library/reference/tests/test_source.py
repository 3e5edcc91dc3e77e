"""JSON or YAML, whatever the file is called: a tree, or a word about why not."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.reference import places
from nexus.library.reference.findings import MAX_FINDINGS, Findings
from nexus.library.reference.places import lines_of, repeated
from nexus.library.reference.source import MAX_LENGTH, load
from nexus.library.reference.tests.made import HEAD, codes, document, operation, read
from nexus.library.reference.tree import MAX_DEPTH, Node, clean, literal


def tree_of(text: str) -> tuple[Node | None, list[tuple[str, int]]]:
    findings = Findings("a.yaml")
    root = load(text, findings)
    return root, [(problem.code, problem.line) for problem in findings.problems(text)]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, "x", null, true]}',
        "a: [1, x, null, true]",
        "a:\n- 1\n- x\n- ~\n- true\n",
        "\ufeff{'a': [1, 'x', null, true,]}  # braces are YAML too",
    ],
)
def test_json_and_yaml_give_the_same_tree(text: str) -> None:
    root, problems = tree_of(text)
    assert root is not None
    assert root.value == {"a": [1, "x", None, True]}
    assert problems == []


# PyYAML writes YAML 1.1, in which other words than in 1.2 are numbers.
_NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8).filter(
    lambda name: name[:1] not in {*"0123456789.+-"}
)
_TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | _NAMES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(_NAMES, _TREES, max_size=4))
def test_a_tree_survives_being_written_in_either_language(tree: dict[str, Any]) -> None:
    as_json, json_problems = tree_of(json.dumps(tree, indent=2))
    as_yaml, yaml_problems = tree_of(yaml.safe_dump(tree, allow_unicode=True))
    assert as_json is not None
    assert as_yaml is not None
    assert as_json.value == as_yaml.value == _cleaned(tree)
    assert json_problems == yaml_problems == []


def _cleaned(tree: Any) -> Any:
    """The tree as it is expected: without the few characters that cannot be stored."""
    if isinstance(tree, dict):
        return {clean(key): _cleaned(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_cleaned(value) for value in tree]
    return clean(tree) if isinstance(tree, str) else tree


@given(st.dictionaries(_NAMES, _TREES, min_size=1, max_size=6), st.data())
def test_the_line_of_a_place_holds_its_name(tree: dict[str, Any], data: st.DataObject) -> None:
    text = json.dumps(tree, indent=1)
    name = data.draw(st.sampled_from(sorted(tree)))
    line = lines_of(text, [(name,)])[name,]
    assert text.split("\n")[line - 1].startswith(f" {json.dumps(name)}:")


def test_keys_that_are_no_text_become_text() -> None:
    root, _ = tree_of("404: a\ntrue: b\n2024-01-02: c\nnull: d\n1.5: e\nno: f\n")
    assert root is not None
    assert root.value == {
        "404": "a",
        "true": "b",
        "2024-01-02": "c",
        "null": "d",
        "1.5": "e",
        "no": "f",
    }


def test_a_response_may_have_a_number_for_its_name() -> None:
    text = f"{HEAD}  /a:\n    get:\n      responses:\n        404: {{description: Gone}}\n"
    assert '<code class="status">404</code> Not Found' in read(text).rendered.html


def test_what_cannot_be_stored_or_shown_is_replaced() -> None:
    assert clean("a\x00b\ud800\n\tc") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}\n\tc"
    root, _ = tree_of(json.dumps({"a\x00": "\udfff"}))
    assert root is not None
    assert root.value == {"a\N{REPLACEMENT CHARACTER}": "\N{REPLACEMENT CHARACTER}"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("openapi: 3.0.0\npaths: {}\ninfo:\n  title: A\n bad: b\n", 5),
        ('{"openapi": "3.0.0",\n "paths": {},\n "info" 1}', 3),
        ("openapi: 3.0.0\npaths: {\n", 3),
    ],
)
def test_a_mistake_in_the_syntax_is_reported_with_its_line(text: str, line: int) -> None:
    reading = read(text)
    (problem,) = reading.rendered.problems
    assert (problem.code, problem.line) == ("contract-syntax", line)


def test_a_contract_that_cannot_be_read_is_shown_as_it_was_written() -> None:
    reading = read("openapi: 3.0.0\npaths: {<b>\n")
    assert "&lt;b&gt;" in reading.rendered.html
    assert "cannot be read" in reading.rendered.html
    assert "openapi: 3.0.0" in reading.rendered.text
    assert reading.facts == {"format": "OpenAPI 3.0"}


@pytest.mark.parametrize(
    "text",
    [
        '{"openapi": "3.0.0", "paths": ' + '{"a":' * 10_000 + "1" + "}" * 10_001,
        "openapi: 3.0.0\npaths: " + "[" * 10_000 + "]" * 10_000,
        "openapi: 3.0.0\npaths: &a\n  /a: *a\n",
        "openapi: 3.0.0\npaths: {}\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n"
            for before, name in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "openapi: 3.0.0\npaths: {}\n" + " " * MAX_LENGTH,
    ],
    ids=["deep JSON", "deep YAML", "alias in itself", "alias bomb", "too long"],
)
def test_what_would_cost_too_much_is_refused(text: str) -> None:
    assert codes(read(text)) == ["contract-refused"]


def test_json_below_the_depth_that_is_read_is_left_out() -> None:
    # Deeper than contracts are, but not too deep for the parser.
    deep = '{"a":' * (MAX_DEPTH + 20) + "1" + "}" * (MAX_DEPTH + 20)
    reading = read(document()[:-1] + f', "x-deep": {deep}}}')
    assert codes(reading) == ["contract-refused"]
    assert reading.rendered.title == "Pets"


@pytest.mark.parametrize(
    "text",
    [
        '{"openapi": "3.0.0",\n "paths": {"/a": {}, "/b": {},\n "/a": {"get": {}}}}',
        "openapi: 3.0.0\npaths: {/b: {}, /a: {},\n  /a: {get: {}}}\n",
        "openapi: 3.0.0\npaths: {}\n1: a\n'1': b\n",
    ],
)
def test_a_name_that_stands_twice_is_reported(text: str) -> None:
    assert "contract-duplicate-key" in codes(read(text))


def test_a_path_that_stands_twice_is_found_in_a_long_document_too() -> None:
    paths = "".join(
        f"  /p{number}:\n    get: {{summary: Number {number}}}\n" for number in range(999)
    )
    text = f"openapi: 3.0.0\npaths:\n{paths}  /p500:\n    get: {{}}\n    get: {{}}\n"
    problems = [each for each in read(text).rendered.problems if "duplicate" in each.code]
    assert [(each.line, each.message) for each in problems] == [(2001, "/p500 stands here again.")]


def test_lines_are_found_in_json_indented_with_tabs() -> None:
    text = '{\n\t"a": {\n\t\t"b": [\n\t\t\t1,\n\t\t\t2\n\t\t]\n\t}\n}'
    assert lines_of(text, [("a",), ("a", "b"), ("a", "b", "1")]) == {
        ("a",): 2,
        ("a", "b"): 3,
        ("a", "b", "1"): 5,
    }


def test_a_place_that_does_not_exist_is_given_the_line_above_it() -> None:
    assert lines_of("a:\n  b:\n    c: 1\n", [("a", "b", "x", "y"), ("z",)]) == {
        ("a", "b", "x", "y"): 2,
        ("z",): 0,
    }


def test_lines_before_a_mistake_are_still_found() -> None:
    assert lines_of("a: 1\nb: 2\n]", [("b",), ("c",)]) == {("b",): 2, ("c",): 0}


def test_a_very_long_text_is_not_gone_through_for_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MAX_LOCATED", 5)
    assert lines_of("a: 1\nb: 2\n", [("b",)]) == {("b",): 0}


def test_keys_that_are_lists_do_not_confuse_the_lines() -> None:
    assert lines_of("? [a, b]\n: c\nd: 1\n", [("d",)]) == {("d",): 3}


def test_below_a_repeated_name_nothing_is_reported() -> None:
    assert list(repeated("a: {b: {c: 1}}\nx: 1\na: {b: {c: 1}}\n")) == [("a", 3)]


def test_the_list_of_problems_is_bounded() -> None:
    tags = "".join(f"  /p{number}:\n    got: {{}}\n" for number in range(MAX_FINDINGS + 20))
    problems = read(HEAD + tags).rendered.problems
    assert len(problems) == MAX_FINDINGS + 1
    assert problems[0].message == "20 more problems like these are not listed."


def test_a_message_stays_short_whatever_was_written() -> None:
    reading = read(document(paths={"/a": {"x" * 5_000: {}}}))
    (problem,) = reading.rendered.problems
    assert len(problem.message) <= 200


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("pending", "pending"),
        ("", '""'),
        (" a", '" a"'),
        ("12", '"12"'),
        ("true", '"true"'),
        (12, "12"),
        (None, "null"),
        (False, "false"),
        ({"a": [1]}, '{"a": [1]}'),
        ("x" * 999, "x" * 300 + "…"),
    ],
)
def test_a_value_reads_as_what_it_is(value: str, text: str) -> None:
    assert literal(value) == text


@pytest.mark.parametrize(
    ("paths", "place"),
    [
        ([], "paths"),
        ("nothing", "paths"),
        ({"/a": []}, "/a"),
        (operation(summary=["a"]), "summary"),
        (operation(parameters={"a": 1}), "parameters"),
        (operation(responses=[1]), "responses"),
    ],
)
def test_another_form_than_expected_is_reported_and_left_out(paths: object, place: str) -> None:
    reading = read(document(paths=paths))
    problems = [each for each in reading.rendered.problems if each.code == "contract-shape"]
    assert [each.message.partition(" ")[0] for each in problems] == [place]


def test_sections_that_hold_nothing_are_no_problem() -> None:
    empty = "  /a:\nservers:\ntags:\ncomponents:\nsecurity:\n"
    assert read(HEAD + empty).rendered.problems == ()
