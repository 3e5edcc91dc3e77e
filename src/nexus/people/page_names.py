"""The name under which somebody has a page who never asked for one."""

import re
import unicodedata
from urllib.parse import unquote

#: ``Ada Lovelace <ada@example.org>``: the name before the address.
_BEFORE_ADDRESS = re.compile(r"([^<>@]{1,200})<[^<>]{0,300}>?")
NOBODY = "Somebody"


def without_address(name: str) -> str:
    """``name`` without an e-mail address in it: a page shows none, and nor does its handle.

    What stands before the at sign is left, as people go by that; ``Somebody`` if nothing is.
    """
    plain = unicodedata.normalize("NFKC", unquote(name))
    if "@" not in plain:
        return name
    named = _BEFORE_ADDRESS.match(plain)
    bare = named[1] if named else plain.partition("@")[0].rpartition("<")[2]
    return bare.strip() or NOBODY
