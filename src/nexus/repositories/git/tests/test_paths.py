"""Paths become text and come back, whatever bytes they are made of."""

import os
import re
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.repositories.git.paths import name_text, path_text, raw_names

names = st.binary(min_size=1, max_size=40).filter(lambda name: b"\0" not in name)
tricky_names = st.lists(
    st.sampled_from(
        [b"\\", b"x", b"x2e", b"..", b".", b"/", b"\n", b"\xff", b"\xe2\x80\xae", b"a"]
    ),
    min_size=1,
    max_size=8,
).map(b"".join)
any_name = names | tricky_names


@given(st.lists(any_name, min_size=1, max_size=6))
def test_every_path_comes_back_from_its_text(parts: list[bytes]) -> None:
    text = "/".join(map(name_text, parts))

    assert raw_names(text) == parts


@given(any_name)
def test_the_text_of_a_name_is_safe(name: bytes) -> None:
    text = name_text(name)

    assert text.encode("utf-8")
    assert text not in (".", "..", "")
    assert "/" not in text
    assert text.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert os.path.normpath(f"/base/{text}") == f"/base/{text}"
    assert unquote(quote(text)) == text


@given(st.text(max_size=40))
def test_a_text_is_refused_or_is_the_one_text_of_its_path(text: str) -> None:
    parts = raw_names(text)

    assert parts is None or "/".join(map(name_text, parts)) == text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (b"docs/a b & c.md", "docs/a b & c.md"),
        ("ملاحظات/笔记.md".encode(), "ملاحظات/笔记.md"),
        (b"a\\b", "a\\b"),
        (b"a\\xff", "a\\x5cxff"),
        (b"caf\xe9.md", "caf\\xe9.md"),
        (b"../x", "\\x2e\\x2e/x"),
        (b"two\nlines", "two\\x0alines"),
        ("gepj\u202egpj.exe".encode(), "gepj\\xe2\\x80\\xaegpj.exe"),
    ],
)
def test_how_paths_are_written(path: bytes, text: str) -> None:
    assert path_text(path) == text


@pytest.mark.parametrize("text", ["..", "a/../b", "a//b", "/a", "a/", "\\x61", "\ud800", "a\nb"])
def test_other_spellings_are_no_paths(text: str) -> None:
    assert raw_names(text) is None


def test_the_root_has_no_names() -> None:
    assert raw_names("") == []
