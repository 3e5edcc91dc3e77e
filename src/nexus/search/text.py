"""Text made comparable: normal form, lower case and folded letters, offsets kept.

Every function but ``clean`` maps one character to one character, so a match found in
folded text can be shown in the original.
"""

import re
import unicodedata
from functools import cache

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

#: Letters that have no decomposition, but a plain twin that people type instead.
_TWINS = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ð": "d", "ё": "е", "ς": "σ",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه",
}  # fmt: skip

#: Scripts in which a mark over a letter is an accent that people leave out.
_ACCENTED_SCRIPTS = ("LATIN", "GREEK", "FULLWIDTH")


def clean(text: str) -> str:
    """``text`` in composed form (NFC) without control characters and lone surrogates."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
        text = unicodedata.normalize("NFC", text)
    return _CONTROLS.sub(" ", text)


def lower(text: str) -> str:
    """``text`` in lower case, character for character."""
    # U+0130 is the one character whose lower case is longer than itself.
    return text.lower() if text.isascii() else text.replace("\u0130", "i").lower()


def fold(text: str) -> str:
    """Lower-cased ``text`` without accents, widths and variant letters, one for one."""
    return text if text.isascii() else text.translate(_FOLDS)


class _Folds(dict[int, str]):
    """A translation table that works a letter out the first time it is met."""

    def __missing__(self, codepoint: int) -> str:
        letter = chr(codepoint)
        self[codepoint] = folded = letter if codepoint < 128 else _folded(letter)
        return folded


def _folded(letter: str) -> str:
    if letter in _TWINS:
        return _TWINS[letter]
    digit = unicodedata.digit(letter, None)
    if digit is not None and letter.isdecimal():
        return str(digit)
    if not unicodedata.name(letter, "").startswith(_ACCENTED_SCRIPTS):
        return letter
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)
    )
    return plain.lower() if len(plain) == 1 else letter


_FOLDS = _Folds()


@cache
def marks() -> str:
    r"""Every combining mark of the first planes, as the inside of a character class.

    Python's ``\w`` leaves these out, which would cut Hindi or Tamil words to pieces.
    """
    points = [p for p in range(0x300, 0x11FFF) if unicodedata.category(chr(p)) in ("Mn", "Mc")]
    spans: list[list[int]] = []
    for point in points:
        if spans and spans[-1][1] == point - 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in spans)
