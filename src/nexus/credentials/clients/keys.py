"""What signs the tokens of the hub's own clients: Ed25519, from the hub's own key.

So there is no second secret to keep. After a change of the hub's key, tokens that the one before
signed are still read while it is named in ``NEXUS_SECRET_KEY_FALLBACKS``, as sessions are.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A pair of keys; ``name`` is the ``kid`` of what it signs."""

    name: str
    private: Ed25519PrivateKey
    public: Ed25519PublicKey


def signing_key() -> SigningKey:
    """The key that signs today."""
    return _derived(settings.SECRET_KEY)


def key_called(name: object) -> SigningKey | None:
    """The key of today or of before that has this name."""
    known = (_derived(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    return next((key for key in known if key.name == name), None)


@lru_cache(maxsize=8)
def _derived(secret: str) -> SigningKey:
    """The key that comes of the hub's: any 32 random bytes are one (RFC 8032, section 5.1.5)."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"nexus.credentials.clients")
    private = Ed25519PrivateKey.from_private_bytes(derive.derive(secret.encode()))
    public = private.public_key()
    return SigningKey(_thumbprint(public), private, public)


def _thumbprint(key: Ed25519PublicKey) -> str:
    """The name that RFC 7638 gives a key."""
    known = {"crv": "Ed25519", "kty": "OKP", "x": _base64url(key.public_bytes_raw())}
    text = json.dumps(known, separators=(",", ":"), sort_keys=True)
    return _base64url(hashlib.sha256(text.encode()).digest())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
