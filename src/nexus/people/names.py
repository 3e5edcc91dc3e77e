"""Names that people show: what may stand in one, and which imitate another.

The letters that pass for Latin ones are those of Unicode's list of confusables
(https://www.unicode.org/reports/tr39/, ``confusables.txt``) in the scripts that are written
beside Latin most: Cyrillic, Greek and Armenian.
"""

import unicodedata

from nexus.kernel.errors import Invalid

LONGEST = 120

#: Joiners have their place inside words of some scripts; every other invisible sign does not.
_JOINERS = "\u200c\u200d"
_REFUSED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})

_CONFUSABLE = {
    # Cyrillic
    "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C",
    "Т": "T", "Х": "X", "У": "Y", "І": "I", "Ј": "J", "Ѕ": "S", "Ԁ": "D", "Ԛ": "Q", "Ԝ": "W",
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ј": "j",
    "ѕ": "s", "ԁ": "d", "ԛ": "q", "ԝ": "w", "һ": "h", "ӏ": "l", "ѵ": "v", "г": "r",
    # Greek
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N",
    "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X",
    "α": "a", "γ": "y", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "υ": "u",
    # Armenian
    "օ": "o", "ս": "u", "հ": "h", "ո": "n", "ց": "g", "զ": "q", "յ": "j", "լ": "l",
    # Latin itself
    "ı": "i", "ɑ": "a", "ɡ": "g", "ǃ": "!",
}  # fmt: skip
_TO_LATIN = str.maketrans(_CONFUSABLE | dict.fromkeys(_JOINERS, ""))


def clean_name(text: str) -> str:
    """``text`` as a name: in Unicode's composed form, with single spaces.

    Raises ``Invalid`` when it is empty or too long, or holds signs that are not seen: they
    could turn the words around it, or make two names out of one.
    """
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if not name or len(name) > LONGEST:
        raise Invalid(
            "name-invalid", "A name has 1 to 120 letters.", remedy="Write it as others know you."
        )
    if any(_is_hidden(sign) for sign in name):
        raise Invalid(
            "name-invalid",
            "The name holds signs that nobody can see.",
            remedy="Type it instead of copying it.",
        )
    return name


def _is_hidden(sign: str) -> bool:
    return sign not in _JOINERS and unicodedata.category(sign) in _REFUSED


def name_skeleton(name: str) -> str:
    """What is left of ``name`` when letters that look like Latin ones are those, in one case.

    Two names that are written differently and have the same skeleton look the same.
    """
    folded = unicodedata.normalize("NFKC", name).translate(_TO_LATIN).casefold()
    return " ".join(folded.split())


def same_letters(one: str, other: str) -> bool:
    """Whether two names are written with the same letters, whatever their case."""
    first, second = (unicodedata.normalize("NFKC", name).casefold() for name in (one, other))
    return first == second
