"""Where somebody goes after signing in: the page that they came from, and only a page of the hub.

It travels as ``next``, in addresses and in forms, through every step and through the mails, so
that it is there in another browser too. Whoever gives somebody an address can write anything
into it, so nothing is followed but a plain path (CWE-601). What browsers make of an address
that Python reads otherwise is in https://url.spec.whatwg.org/#concept-basic-url-parser: a
backslash is a slash to them, and line breaks and tabs are not there.
"""

import re
from urllib.parse import urlencode

NAME = "next"
LONGEST = 2000
#: One slash, and then nothing that is a second one, or that browsers leave out.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]*")


def is_local(address: str) -> bool:
    """Whether ``address`` is a path of this hub in every browser's eyes."""
    return len(address) <= LONGEST and _LOCAL.fullmatch(address) is not None


def local(address: str | None) -> str:
    """``address`` when it may be followed; empty otherwise."""
    return address if address and is_local(address) else ""


def leading_to(address: str | None, *, by: str) -> str:
    """The address ``by``, from which one goes on to ``address`` when that may be followed."""
    found = local(address)
    return f"{by}?{urlencode({NAME: found})}" if found else by
