"""The keys with which the hub signs who somebody is (RS256, RFC 7518, section 3.3).

They stand one behind the other as PEM: the first signs, those behind it signed before and are
published for as long as somebody may hold what they signed.
"""

import contextlib
import os
import re
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from nexus.kernel.errors import Invalid

#: What NIST SP 800-57 asks of RSA until 2030, and RFC 7518 of RS256.
LEAST_BITS = 2048
_ONE = re.compile(
    r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]+-----END [A-Z ]{0,20}PRIVATE KEY-----"
)


def kept_keys() -> tuple[str, ...]:
    """The hub's keys: those that are set, else the one made at first use and kept at home.

    Raises ``Invalid`` when one of them is none.
    """
    return checked_keys(settings.IDENTITY_KEYS or _kept(settings.IDENTITY_KEY_FILE))


@lru_cache(maxsize=4)
def checked_keys(text: str) -> tuple[str, ...]:
    """Every key in ``text``; raises ``Invalid`` when there is none, or one is weak."""
    found = tuple(_ONE.findall(text))
    if not found or not all(map(_is_good, found)):
        raise Invalid(
            "identity-key",
            "NEXUS_IDENTITY_KEYS holds no private RSA keys of 2048 bits or more.",
            remedy="Make one with `openssl genrsa 3072`.",
        )
    return found


def _is_good(pem: str) -> bool:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError):
        return False
    return isinstance(key, RSAPrivateKey) and key.key_size >= LEAST_BITS


def _kept(path: Path) -> str:
    """What stands in ``path``; a new key when there is nothing yet."""
    with contextlib.suppress(FileNotFoundError):
        return path.read_text()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written beside its place and linked there whole: of two processes that start at the same
    # time one comes second, and reads the key of the first.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=path.name) as made:
        made.write(new_key())
        made.flush()
        with contextlib.suppress(FileExistsError):
            os.link(made.name, path)
    return path.read_text()


def new_key() -> str:
    """A new private key as PEM."""
    key = generate_private_key(public_exponent=65537, key_size=LEAST_BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
