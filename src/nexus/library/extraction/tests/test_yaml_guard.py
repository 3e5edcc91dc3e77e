"""Promises of the guarded YAML loader."""

import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.yaml_guard import YamlRefused, safe_yaml

_PRINTABLE = st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufeff")
#: PyYAML writes these as text without quotes; in YAML 1.2, which is read here, they are numbers.
_NEWER_NUMBER = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")
_TEXT = st.text(_PRINTABLE).filter(lambda text: not _NEWER_NUMBER.fullmatch(text))
_SCALARS = st.none() | st.booleans() | st.integers() | _TEXT
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc"), inner), max_leaves=20
)


def refused(text: str, **limits: int) -> YamlRefused:
    with pytest.raises(YamlRefused) as caught:
        safe_yaml(text, **limits)
    return caught.value


@given(_VALUES)
def test_what_json_can_hold_comes_back_as_it_was(value: object) -> None:
    assert safe_yaml(json.dumps(value, ensure_ascii=False)) == value


@given(_VALUES)
def test_what_another_writer_dumps_comes_back_as_it_was(value: object) -> None:
    assert safe_yaml(yaml.safe_dump(value, allow_unicode=True)) == value


@given(st.text())
def test_any_text_is_read_as_json_values_or_refused(text: str) -> None:
    try:
        value = safe_yaml(text)
    except YamlRefused:
        return
    json.dumps(value, skipkeys=True, allow_nan=False)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("12:30", "12:30"),
        ("0123", "0123"),
        ("1_000", "1_000"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("3.0", 3.0),
        ("-7", -7),
        ("0x1F", 31),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("~", None),
        ("2024-01-05", "2024-01-05"),
        ("2024-01-05 10:20:30", "2024-01-05T10:20:30"),
        ("2024-13-45", "2024-13-45"),
        ("!!int word", "word"),
        ("!!timestamp word", "word"),
        ("!!bool word", False),
        ("'2024-01-05'", "2024-01-05"),
    ],
)
def test_plain_values_follow_the_core_schema(written: str, meant: object) -> None:
    assert safe_yaml(f"key: {written}") == {"key": meant}


def test_an_empty_document_is_nothing() -> None:
    assert safe_yaml("") is None
    assert safe_yaml("# only a remark") is None


def test_aliases_and_merges_are_followed() -> None:
    assert safe_yaml("a: &x {k: 1}\nb: *x\nc:\n  <<: *x\n  l: 2") == {
        "a": {"k": 1},
        "b": {"k": 1},
        "c": {"k": 1, "l": 2},
    }


@pytest.mark.parametrize("opening", ["[", "- ", "{", "{a: ", "? "])
def test_deep_nesting_is_refused_quickly(opening: str) -> None:
    assert refused(opening * 50_000).code == "yaml-too-deep"


def test_nesting_to_the_limit_is_read() -> None:
    assert safe_yaml("[" * 5 + "]" * 5, max_depth=5) == [[[[[]]]]]
    assert refused("[" * 6 + "]" * 6, max_depth=5).code == "yaml-too-deep"


@pytest.mark.parametrize("text", ["a: &x [*x]", "&x {k: *x}", "&a [&b [*a, *b]]"])
def test_aliases_that_contain_themselves_are_refused(text: str) -> None:
    error = refused(text)
    assert error.code == "yaml-recursive"
    assert error.line == 1


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert refused("\n".join(lines)).code == "yaml-too-large"


def test_a_bomb_of_merges_is_refused() -> None:
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 30)]
    assert refused("\n".join(lines)).code == "yaml-too-large"


def test_too_many_values_are_refused() -> None:
    assert refused("- x\n" * 1_000, max_nodes=100).code == "yaml-too-large"
    assert safe_yaml("- x\n" * 99, max_nodes=100) == ["x"] * 99


@pytest.mark.parametrize(
    "text",
    ["a: b: c", "!!python/object/apply:os.system [x]", "!Ref x", "!!set {a}", "--- a\n--- b",
     "? [a]\n: b", "a\0b", "\ud800", "key: 'open"],
)  # fmt: skip
def test_what_is_not_plain_yaml_is_refused_with_words(text: str) -> None:
    error = refused(text)
    assert error.code == "yaml-invalid"
    assert str(error).startswith("This is not YAML:")


def test_the_line_of_a_mistake_is_told() -> None:
    error = refused("a: 1\nb: [\n")
    assert error.line == 3
    assert "at line 3" in error.remedy
