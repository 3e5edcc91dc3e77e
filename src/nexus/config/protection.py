"""What a hub that others use must have before it starts.

A strong key, secrets that nobody else on the machine reads, no tracebacks for strangers. It is
asked where Django's settings are made, so a worker and a WSGI server refuse just like
``nexus serve``. After OWASP ASVS 5.0, chapters 11 (cryptography) and 13 (configuration).
"""

import math
import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from nexus.config.environment import Environment
from nexus.config.secret_files import secret_files
from nexus.kernel.errors import Invalid

#: 128 bits in hexadecimal digits.
SHORTEST_KEY = 32
#: Shannon's entropy of the characters of a key, in bits: 32 random hexadecimal digits have about
#: 117 and hardly ever less than 100.
LEAST_BITS = 96.0
#: What the keys of tutorials and templates have in them, without hyphens and in lower case.
KNOWN_WORDS = (
    "changeme",
    "default",
    "djangoinsecure",
    "example",
    "insecure",
    "password",
    "replaceme",
    "secret",
    "yourkey",
)
_MAKE_ONE = (
    "Make one with `openssl rand -base64 48`. Without NEXUS_SECRET_KEY and a key in NEXUS_HOME "
    "the hub makes its own. Sessions and links that the old key signed end with it."
)


class Unprotected(Invalid):
    """The hub has a public address and a setting that is only good for trying it out."""


def refuse_unprotected(environment: Environment) -> None:
    """Raise ``Unprotected`` when a hub for other people is set up as only one's own may be.

    A hub is for others when ``NEXUS_PUBLIC_URL`` begins with https, or is set and nobody
    asked for tracebacks.
    """
    if not is_public(environment):
        return
    if environment.debug:
        raise Unprotected(
            "debug-in-public",
            "NEXUS_DEBUG is on, and NEXUS_PUBLIC_URL says that others use this hub.",
            remedy="Leave NEXUS_DEBUG out: it shows strangers the code and its settings.",
        )
    _refuse_readable(environment)
    _refuse_weak(environment)


def is_public(environment: Environment) -> bool:
    """Whether the hub is for other people."""
    at = environment.public_url
    return at.startswith("https://") or (bool(at) and not environment.debug)


def weakness_of(key: str) -> str:
    """Why ``key`` could be guessed, as the end of a sentence; nothing when it could not."""
    plain = key.lower().replace("-", "").replace("_", "").replace(" ", "")
    if len(key) < SHORTEST_KEY:
        return f"has {len(key)} characters, and {SHORTEST_KEY} are the least"
    if any(word in plain for word in KNOWN_WORDS):
        return "has a word in it that the keys of examples have"
    if key in (key + key)[1:-1]:
        return "says the same again and again"
    if _bits(key) < LEAST_BITS:
        return "has too few different characters"
    return ""


def _bits(key: str) -> float:
    """How much the characters of a key tell, by how often each is there."""
    counts = Counter(key).values()
    return -sum(count * math.log2(count / len(key)) for count in counts)


def _refuse_weak(environment: Environment) -> None:
    for name, key in _keys(environment):
        if weakness := weakness_of(key):
            raise Unprotected("weak-key", f"The key of {name} {weakness}.", remedy=_MAKE_ONE)


def _keys(environment: Environment) -> Iterator[tuple[str, str]]:
    """Every signing key, with the place where it is set."""
    place = "NEXUS_SECRET_KEY" if environment.secret_key else str(environment.kept_key)
    yield place, environment.secret()
    for key in environment.secret_key_fallbacks:
        yield "NEXUS_SECRET_KEY_FALLBACKS", key


def _refuse_readable(environment: Environment) -> None:
    """Refuse secrets in files that everybody on the machine can read."""
    for name, path in _files(environment):
        if path.exists() and path.stat().st_mode & stat.S_IROTH:
            raise Unprotected(
                "readable-secret",
                f"Everybody on this machine can read {path}, the file of {name}.",
                remedy=f"Run `chmod o-rwx {path}`; in Docker give the secret the mode 0400, in "
                "Kubernetes the defaultMode 0400.",
            )


def _files(environment: Environment) -> Iterator[tuple[str, Path]]:
    """Every file that holds a secret, with what it is for."""
    yield from secret_files(os.environ)
    if not environment.secret_key:
        yield "the signing key", environment.kept_key
    if not environment.identity_keys:
        yield "the key that signs identities", environment.kept_identity_key
    if environment.ssh_key is not None:
        yield "NEXUS_SSH_KEY", environment.ssh_key
