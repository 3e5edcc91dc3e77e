"""From bytes to text: which encoding a file is in, and what to say when it is a poor one."""

import codecs
import posixpath
from dataclasses import dataclass

from nexus.library.problems import Problem

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
#: UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Control characters that text has: tab, line feed, form feed, carriage return, escape.
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 12, 13, 27))
_TEXT_SUFFIXES = frozenset(
    {".md", ".markdown", ".rst", ".txt", ".ipynb", ".json", ".yaml", ".yml", ".html", ".csv"}
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a file says. ``text`` has line feeds only, and is empty when it is binary."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()
    is_binary: bool = False


def decode(data: bytes, *, path: str) -> Decoded:
    """Read ``data`` as text.

    A byte-order mark decides; without one, UTF-8 is tried, then UTF-16 by the place of
    its zero bytes, then Windows-1252. ``path`` names the file in the problems. Line ends
    of every kind become line feeds, so lines are counted as Git counts them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, path)
    if b"\0" in data:
        return _decode_with_zeros(data, path)
    try:
        return Decoded(_normalised(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        return _decode_invalid(data, path)


def _decode_as(data: bytes, encoding: str, path: str) -> Decoded:
    text = _normalised(data.decode(encoding, errors="replace"))
    problems = []
    if encoding != "utf-8":
        problems.append(Problem(path, 0, "encoding-utf16", f"Read as {encoding.upper()}."))
    if _has_errors(data, encoding):
        problems.append(_broken(text, path))
    return Decoded(text, encoding, tuple(problems))


def _decode_with_zeros(data: bytes, path: str) -> Decoded:
    for encoding, zeros, letters in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if _looks_like_utf16(data, zeros=data[zeros::2], letters=data[letters::2]):
            return _decode_as(data, encoding, path)
    return _binary(path)


def _looks_like_utf16(data: bytes, *, zeros: bytes, letters: bytes) -> bool:
    """Whether zero bytes stand only where UTF-16 text has them, and are common there."""
    return (
        len(data) % 2 == 0
        and zeros.count(0) * 5 >= len(zeros)
        and 0 not in letters
        and not _has_many_controls(letters)
    )


def _decode_invalid(data: bytes, path: str) -> Decoded:
    if _has_many_controls(data):
        return _binary(path)
    text = data.decode("utf-8", errors="replace")
    if any(ord(char) > 127 and char != _REPLACEMENT for char in text):
        # Some of it is good UTF-8: the rest is damage, not another encoding.
        text = _normalised(text)
        return Decoded(text, "utf-8", (_broken(text, path),))
    text = _normalised(data.decode("cp1252", errors="replace"))
    return Decoded(text, "cp1252", (Problem(path, 0, "encoding-legacy", "Read as Windows-1252."),))


def _binary(path: str) -> Decoded:
    suffix = posixpath.splitext(path)[1].lower()
    problems: tuple[Problem, ...] = ()
    if suffix in _TEXT_SUFFIXES:
        problems = (Problem(path, 0, "binary-content", f"A {suffix} file that is not text."),)
    return Decoded("", "binary", problems, is_binary=True)


def _has_many_controls(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls * 20 > len(data)


def _has_errors(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return True
    return False


def _broken(text: str, path: str) -> Problem:
    count = text.count(_REPLACEMENT)
    line = text.count("\n", 0, max(text.find(_REPLACEMENT), 0)) + 1
    noun = "place" if count == 1 else "places"
    return Problem(path, line, "encoding-broken", f"Unreadable in {count} {noun}.")


def _normalised(text: str) -> str:
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")
