"""Finding the addresses in a text, and telling them from what only looks like one.

In doubt it is an address: something hidden by mistake costs a reader a moment, something shown
by mistake cannot be taken back. What is left alone, and by what it is known:

==============================================  ==============================================
``git@github.com:ada/nexus.git``                the user ``git``: how a machine is addressed
``deploy@host.example:/srv`` ``…:~`` ``…:a/b``  a path on a machine follows
``postgres://ada:secret@host.example/db``       inside a URL, a user with a password or of a
                                                scheme that is not the web's
``@ada@social.example``                         a name that has an at sign before it, too
``lodash@4.17.21`` ``tools@v1.2.0-rc.next``     a version follows
``logo@2x.png`` ``getty@tty1.service``          the ending of a file, which no domain has
``@media`` ``@app.route`` ``@ada:x.example``    nobody stands before the sign
``x@y`` ``ada@laptop:~$``                       what follows has no dot
==============================================  ==============================================

Time is in proportion to the text: what lies between two at signs is read twice at most, once as
what follows the first and once as what comes before the second.
"""

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from nexus.library.discretion.forms import (
    IDEOGRAPHIC_STOP,
    SIGN,
    SYMBOL,
    Spelling,
    may_hold_escaped_sign,
    may_hold_sign,
    side_after,
    side_before,
    unescaped,
)

# Patterns for a spelling (see ``forms``), in which the letters of every script are ``a``.
_LOCAL_BACKWARDS = re.compile(r"[A-Za-z0-9_.+%-]*")
_NO_VERSION = r"(?![vV]?\d+\.\d+(?:[.+_-]|\Z))"
_LABEL = rf"[A-Za-z0-9_{SYMBOL}-]{{1,63}}"
_TOP_LEVEL = r"(?:[xX][nN]--[A-Za-z0-9-]{1,59}|[A-Za-z]{2,24})"
_DOMAIN = re.compile(rf"{_NO_VERSION}(?:{_LABEL}\.){{1,30}}{_TOP_LEVEL}")
# 。 is a dot of a domain as well, but more often it ends the sentence after one.
_IDEOGRAPHIC_DOMAIN = re.compile(rf"(?:{_LABEL}[.{IDEOGRAPHIC_STOP}]){{1,30}}{_TOP_LEVEL}")

# Patterns for the text itself.
_QUOTED_BACKWARDS = re.compile(r'"[^"\n@]{1,64}"')
_REMOTE_PATH = re.compile(r":(?:[~/]|[A-Za-z_][\w.-]{0,100}/)")
_USER_INFO = re.compile(r"[^\s/?#\"'<>()\[\]{}|,;`]*")
_SCHEME_BACKWARDS = re.compile(r"[A-Za-z0-9+.-]*[A-Za-z]")
_MAX_USER_INFO = 300

_MACHINES = frozenset({"git"})
#: ``http://ada@example.org`` is an address that somebody took for a link.
_SCHEMES_OF_PEOPLE = frozenset({"http", "https", "mailto", "xmpp", "sip", "sips", "im", "acct"})
#: Endings of files that are no top-level domain (https://data.iana.org/TLD/, November 2026).
_FILE_ENDING_NAMES = (
    "avif bak bmp conf css csv cjs env exe gif gz html htm ico ini ipynb jar jpeg jpg js json jsx"
    " less lock log map min mjs pdf php png rb scss service socket svg tar tgz timer toml ts tsx"
    " txt vue webp xml yaml yml"
)
_FILE_ENDINGS = frozenset(_FILE_ENDING_NAMES.split())


class Span(NamedTuple):
    """Where an address begins and ends in a text."""

    start: int
    end: int


def email_spans(text: str) -> list[Span]:
    """Where the addresses of ``text`` are, in order, in whatever form they are written."""
    spans: list[Span] = []
    if not may_hold_sign(text):
        return spans
    before = told = 0  # where the sign before this one ended, and the address before it
    for sign, sign_end, ceiling in _signs(text):
        floor, before = max(before, told), sign_end
        end = _domain_end(text, sign_end, ceiling)
        start = _start(text, side_before(text, floor, sign), told, sign) if end else -1
        if start >= 0:
            spans.append(Span(start, end))
            told = end
    return spans


def has_email(text: str) -> bool:
    """Whether there is an address in ``text``, in whatever form, also escaped in several ways.

    So it is for the target of a link, which people, parsers and browsers escape one after another.
    """
    return may_hold_escaped_sign(text) and any(map(email_spans, unescaped(text)))


def _signs(text: str) -> Iterator[tuple[int, int, int]]:
    """Where every at sign begins and ends, and where the next one begins or the text ends."""
    for sign, after in pairwise(chain(SIGN.finditer(text), [None])):
        if sign is not None:
            yield sign.start(), sign.end(), after.start() if after is not None else len(text)


def _domain_end(text: str, sign_end: int, ceiling: int) -> int:
    """Where the domain behind a sign ends; 0 if there is none, or what follows tells otherwise."""
    if sign_end == ceiling:
        return 0
    side = side_after(text, sign_end, ceiling)
    length = _domain_length(_DOMAIN, side.letters)
    if not length and IDEOGRAPHIC_STOP in side.letters:
        length = _domain_length(_IDEOGRAPHIC_DOMAIN, side.letters)
    end = side.end(length - 1) if length else 0
    return 0 if _REMOTE_PATH.match(text, end) else end


def _domain_length(pattern: re.Pattern[str], letters: str) -> int:
    """How many of ``letters`` are a domain, the endings of a file not counted."""
    found = pattern.match(letters)
    while found and found[0].rpartition(".")[2].lower() in _FILE_ENDINGS:
        found = pattern.fullmatch(letters, 0, found[0].rindex("."))
    return found.end() if found else 0


def _start(text: str, local: Spelling, told: int, sign: int) -> int:
    """Where the address before ``sign`` begins; -1 if there is nobody."""
    written = _LOCAL_BACKWARDS.match(local.letters[::-1])
    length = written.end() if written else 0
    user = local.letters[len(local.letters) - length :].lstrip(".+%-")
    if not any(map(str.isalnum, user)):
        return _quoted_start(text, told, sign)
    start = local.start(len(local.letters) - len(user))
    if user.lower() in _MACHINES or _is_in_url(text, told, sign) or _is_handle(text, told, start):
        return -1
    return start


def _quoted_start(text: str, told: int, sign: int) -> int:
    """The same for a name in quotation marks: ``"Ada Lovelace"@example.org``."""
    window = text[max(told, sign - 70) : sign]
    found = _QUOTED_BACKWARDS.match(window[::-1])
    return sign - found.end() if found else -1


def _is_in_url(text: str, told: int, sign: int) -> bool:
    """Whether the sign ends the part of a URL that says who asks, and with which password.

    What stands before ``told`` belongs to another address.
    """
    at = text.rfind("://", max(told, sign - _MAX_USER_INFO), sign)
    if at < 0 or not _USER_INFO.fullmatch(text, at + 3, sign):
        return False
    scheme = _SCHEME_BACKWARDS.match(text[max(told, at - 20) : at][::-1])
    if scheme is None:
        return False
    return ":" in text[at + 3 : sign] or scheme[0][::-1].lower() not in _SCHEMES_OF_PEOPLE


def _is_handle(text: str, told: int, start: int) -> bool:
    """Whether another at sign begins the name, and nobody's name ends there."""
    if not (start > told and text[start - 1] == "@"):
        return False
    return start == 1 or not (text[start - 2].isalnum() or text[start - 2] in "_.+%-")
