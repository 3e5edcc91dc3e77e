"""Secrets that must be read again, such as those of authenticator apps: encrypted at rest.

The key is derived from the hub's own, so a copy of the database alone opens nothing.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from nexus.kernel.errors import Unavailable


def _box() -> MultiFernet:
    """Seals with the hub's key, opens also with those it had before."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_box_of(key) for key in keys])


def _box_of(key: str) -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"nexus.people.factors")
    return Fernet(base64.urlsafe_b64encode(derive.derive(key.encode())))


def sealed(text: str) -> str:
    """``text`` as it may lie in the database."""
    return _box().encrypt(text.encode()).decode()


def opened(box: str) -> str:
    """What was sealed. Raises ``Unavailable`` when the hub's key is another than it was then."""
    try:
        return _box().decrypt(box.encode()).decode()
    except InvalidToken as error:
        raise Unavailable(
            "factor-unreadable",
            "The hub has another signing key than when this was set up.",
            remedy="Ask the owner of the hub for a sign-in link, and set it up anew.",
        ) from error
