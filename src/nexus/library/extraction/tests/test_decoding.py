"""Promises of decoding: every file becomes text, or is known to be binary."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.decoding import decode

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"))
_MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@given(_TEXT)
def test_utf8_comes_back_without_a_word(text: str) -> None:
    decoded = decode(text.encode(), path="a.md")
    assert (decoded.text, decoded.encoding) == (text, "utf-8")
    assert decoded.problems == ()


@pytest.mark.parametrize("encoding", sorted(_MARKS))
@given(text=_TEXT)
def test_a_byte_order_mark_decides(encoding: str, text: str) -> None:
    decoded = decode(_MARKS[encoding] + text.encode(encoding), path="a.md")
    assert decoded.text == text
    assert decoded.encoding == encoding
    assert [problem.code for problem in decoded.problems] == (
        [] if encoding == "utf-8" else ["encoding-utf16"]
    )


@given(st.binary())
def test_any_bytes_are_text_or_binary(data: bytes) -> None:
    decoded = decode(data, path="a.md")
    assert "\r" not in decoded.text
    decoded.text.encode()  # no lone surrogates
    assert decoded.is_binary is (decoded.encoding == "binary")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_recognised(encoding: str) -> None:
    text = "# Notes\n\nWhat I learnt – and how.\n"
    decoded = decode(text.encode(encoding), path="README.md")
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_line_ends_become_line_feeds() -> None:
    assert decode(b"a\r\nb\rc\nd", path="a.md").text == "a\nb\nc\nd"


def test_windows_1252_is_read_and_told() -> None:
    decoded = decode("Café – naïve".encode("cp1252"), path="a.md")
    assert decoded.text == "Café – naïve"
    assert [problem.code for problem in decoded.problems] == ["encoding-legacy"]


def test_damage_in_utf8_is_shown_where_it_is() -> None:
    decoded = decode("é\nok\nbad: ".encode() + b"\xff\xfe!", path="notes/a.md")
    assert decoded.text == "é\nok\nbad: \ufffd\ufffd!"
    (problem,) = decoded.problems
    assert (problem.path, problem.line, problem.code) == ("notes/a.md", 3, "encoding-broken")
    assert problem.message == "Unreadable in 2 places."


def test_an_odd_byte_in_utf16_is_told() -> None:
    decoded = decode(codecs.BOM_UTF16_LE + "hi".encode("utf-16-le") + b"x", path="a.md")
    assert decoded.text == "hi\ufffd"
    assert {problem.code for problem in decoded.problems} == {"encoding-utf16", "encoding-broken"}


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"text with a \0 in it", bytes(range(1, 32)) * 4 + b"\xff"],
)
def test_binary_data_is_known(data: bytes) -> None:
    decoded = decode(data, path="picture.png")
    assert decoded.is_binary
    assert decoded.text == ""
    assert decoded.problems == ()


def test_binary_data_in_a_file_named_as_text_is_told() -> None:
    decoded = decode(b"\x89PNG\0\0", path="README.md")
    assert [problem.code for problem in decoded.problems] == ["binary-content"]


def test_an_empty_file_is_empty_text() -> None:
    assert decode(b"", path="a.md").text == ""
