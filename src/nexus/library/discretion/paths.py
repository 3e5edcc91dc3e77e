"""Files whose names hold an address or a secret, as everybody may name them.

The path of a file is part of its address in the hub, which stands in links, in search and in
the address bar. There every e-mail address in a name is replaced, and so is every secret::

    docs/ada@example.org.md   ->   docs/e-mail-hidden-ae3c775c
    keys/of-ghp_….txt         ->   keys/of-secret-hidden-01b2c3d4.txt

The digits tell several such files of one folder apart; they are not meant to keep the address
from somebody who guesses it. The way back is to look which name in the folder becomes this one.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256

from nexus.library.discretion.forms import may_hold_sign
from nexus.library.discretion.hiding import replace_emails
from nexus.library.extraction.secrets import MASK, find_secrets, hide_secrets

_REPLACED = re.compile(r"(?:e-mail|secret)-hidden-[0-9a-f]{8}")
#: A name with fewer letters is no secret that has a form, nor an address with a password in it.
_SHORTEST = 16


def discreet_path(path: str) -> str:
    """``path`` with the addresses and secrets in its names replaced; the same path for most."""
    if len(path) < _SHORTEST and not may_hold_sign(path):
        return path
    return "/".join(map(_discreet_name, path.split("/")))


def around_addresses(path: str) -> tuple[str, str] | None:
    """What stands before and after all that may have been replaced in ``path``; None for nothing.

    The path that became this one begins and ends so.
    """
    replaced = list(_REPLACED.finditer(path))
    return (path[: replaced[0].start()], path[replaced[-1].end() :]) if replaced else None


def undisguised(path: str, names_in: Callable[[str], Iterable[str]]) -> str | None:
    """The path that ``discreet_path`` turns into ``path``; None if there is none.

    ``names_in`` lists the names in a folder. A file that is really called so comes first.
    """
    found: list[str] = []
    for name in path.split("/"):
        is_real = around_addresses(name) is None
        real = name if is_real else _real_name(name, names_in("/".join(found)))
        if real is None:
            return None
        found.append(real)
    return "/".join(found)


def _real_name(name: str, names: Iterable[str]) -> str | None:
    known = sorted(names)
    if name in known:
        return name
    return next((one for one in known if _discreet_name(one) == name), None)


@lru_cache(maxsize=8192)
def _discreet_name(name: str) -> str:
    secrets = find_secrets(name) if len(name) >= _SHORTEST else ()
    if not secrets and not may_hold_sign(name):
        return name
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    without = hide_secrets(name, secrets).replace(MASK, f"secret-hidden-{digest}")
    return replace_emails(without, f"e-mail-hidden-{digest}")
