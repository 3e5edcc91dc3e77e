"""The ways in which an address can be written, read as one.

People and their tools write the same address as ``ada@example.org``, ``ada%40example.org``,
``ada&#64;example.org``, with a soft hyphen in it, in full-width letters, in another script, or
with a part of it in bold. A browser, a reader or a collecting program reads all of these alike.

Here a stretch of text beside an at sign becomes its ``Spelling``: escapes are resolved, what
nobody sees is left out, and every letter of any script counts as a letter. A position in the
spelling leads back to the text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

#: The at sign: plain, wide or small, or escaped for an address, for HTML or for a program.
# Each way begins with one character and no set of them: then a search only stops at those.
SIGN = re.compile(
    r"""
    @ | ＠ | ﹫
    | %(?:25)*40 | %(?:25)*EF%(?:25)*(?:BC%(?:25)*A0 | B9%(?:25)*AB)
    | &(?:amp;)*(?:\#0*64(?:;|(?!\d)) | \#[xX]0*40(?:;|(?![0-9A-Fa-f])) | commat;)
    | \\(?:u0040|x40|u[fF]{2}20|u[fF][eE]6[bB])
    """,
    re.VERBOSE,
)
#: Without one of these characters there is no sign.
_MAY_BEGIN_SIGN = re.compile(r"[@%&\\＠﹫]")

#: An HTML tag or comment: nobody sees it between two letters.
TAG = re.compile(r"<(?:/?[A-Za-z]|!--)[^<>@\n]{0,200}>")

#: Deeper than this nothing is escaped that a browser would make an address of.
_MAX_ESCAPED = 4

#: So far an address is followed on either side of its sign (in characters, as written).
MAX_SIDE = 1_000

_ORDINARY = re.compile(r"[A-Za-z0-9._+-]*")
# What can stand in a side at all. Left of the sign the text is read backwards.
_CHARACTERS = r"[^\x00-$&-),/:-@\[\]^{|}\x7f＠﹫\s]"
_AFTER = re.compile(rf"\[?(?:{_CHARACTERS}|&(?:amp;)*[^\s&;<>]{{1,40}};|{TAG.pattern})*")
_BEFORE = re.compile(
    rf"(?:{_CHARACTERS}|;[^\s&;<>]{{1,40}}(?:;pma)*&|>[^<>@\n]{{0,200}}[A-Za-z/!]<)*"
)
_ATOM = re.compile(
    r"""
    (?P<bytes> %(?:25)*(?:
          [CDcd][0-9A-Fa-f] (?:%(?:25)*[89ABab][0-9A-Fa-f])
        | [Ee][0-9A-Fa-f] (?:%(?:25)*[89ABab][0-9A-Fa-f]){2}
        | [Ff][0-7] (?:%(?:25)*[89ABab][0-9A-Fa-f]){3}
        | [0-9A-Fa-f]{2}
    ))
    | (?P<entity> &(?:amp;)*(?:\#[0-9]{1,7};? | \#[xX][0-9A-Fa-f]{1,6};? | [A-Za-z0-9]{2,31};))
    | (?P<escape> \\(?:u(?P<long>[0-9A-Fa-f]{4}) | x(?P<short>[0-9A-Fa-f]{2})))
    | (?P<line> \\[nrt])
    | (?P<markup> <[^<>]*> | [*`~\[] | \\(?=[^\w\s]|\Z))
    | (?P<character> .)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u(?P<long>[0-9A-Fa-f]{4})|x(?P<short>[0-9A-Fa-f]{2}))")

#: How characters that are not plain ASCII count.
LETTER, DIGIT, SYMBOL, IDEOGRAPHIC_STOP, OTHER = "a", "0", "\x01", "\x02", " "
_BY_CATEGORY = {"L": LETTER, "M": LETTER, "N": DIGIT, "S": SYMBOL}


class Spelling(NamedTuple):
    """A stretch of text as it counts in an address.

    ``letters`` are ASCII or one of the signs above. ``first`` is where the stretch begins in the
    text. ``places`` says from where to where each letter is written; None for a stretch in which
    every character is itself.
    """

    letters: str
    first: int
    places: Sequence[tuple[int, int]] | None = None

    def start(self, letter: int) -> int:
        """Where in the text the ``letter``-th letter begins, counted from 0."""
        return self.places[letter][0] if self.places else self.first + letter

    def end(self, letter: int) -> int:
        """Where it ends."""
        return self.places[letter][1] if self.places else self.first + letter + 1


def may_hold_sign(text: str) -> bool:
    """A quick look: False when no at sign is in ``text`` in any form."""
    return "@" in text or SIGN.search(text) is not None


def may_hold_escaped_sign(text: str) -> bool:
    """A quicker look: False when there can be no at sign, however often it was escaped."""
    return _MAY_BEGIN_SIGN.search(text) is not None


def side_before(text: str, floor: int, sign: int) -> Spelling:
    """What is written right before ``sign``, not beginning before ``floor``."""
    window = text[max(floor, sign - MAX_SIDE) : sign]
    found = _BEFORE.match(window[::-1])
    length = found.end() if found else 0
    return _spelling(text, sign - length, sign)


def side_after(text: str, sign_end: int, ceiling: int) -> Spelling:
    """What is written right after a sign that ends at ``sign_end``, up to ``ceiling`` at most."""
    found = _AFTER.match(text, sign_end, min(ceiling, sign_end + MAX_SIDE))
    return _spelling(text, sign_end, found.end() if found else sign_end)


def unescaped(text: str) -> Iterator[str]:
    """``text``, and ``text`` with its escapes resolved once, twice, as long as there are any."""
    yield text
    if not may_hold_escaped_sign(text):
        return
    for _ in range(_MAX_ESCAPED):
        plain = _ESCAPE.sub(_character, unescape(unquote(text)))
        if plain == text:
            return
        yield plain
        text = plain


def written_out(written: str) -> str:
    """The plain form of an address however ``written``."""
    *_, text = unescaped(TAG.sub("", written))
    text = unicodedata.normalize("NFKC", text)
    return "".join(
        char
        for char in text
        if char not in "*`~[\\" and char.isprintable() and unicodedata.category(char) != "Cf"
    )


def _spelling(text: str, start: int, end: int) -> Spelling:
    if _ORDINARY.fullmatch(text, start, end):
        return Spelling(text[start:end], start)
    letters, places = [], list[tuple[int, int]]()
    for atom in _ATOM.finditer(text, start, end):
        read = _read(atom)
        letters.append(read)
        places += [atom.span()] * len(read)
    return Spelling("".join(letters), start, places)


def _read(atom: re.Match[str]) -> str:
    """How one piece of text counts; nothing for what nobody sees."""
    written, kind = atom[0], atom.lastgroup
    if kind == "character":
        return _counted(written)
    if kind == "markup":
        return ""
    if kind == "bytes":
        code = bytes.fromhex(re.sub(r"%(?:25)*", "", written))
        return "".join(map(_counted, code.decode("utf-8", "replace")))
    if kind == "entity":
        return "".join(map(_counted, unescape(_once(written))))
    if kind == "escape":
        return _counted(_character(atom))
    return OTHER


def _once(entity: str) -> str:
    """A character reference that was escaped again and again, escaped once."""
    return "&" + entity[1:].replace("amp;", "")


@lru_cache(maxsize=4096)
def _counted(char: str) -> str:
    if char.isascii():
        return char
    if char in "。｡":
        return IDEOGRAPHIC_STOP
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) == 1 and folded.isascii():
        return folded
    category = unicodedata.category(char)
    return "" if category == "Cf" else _BY_CATEGORY.get(category[0], OTHER)


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape["long"] or escape["short"], 16))
