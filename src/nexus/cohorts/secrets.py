"""The secrets of invitations: how they are made, how they are typed, what is kept of them.

Codes are three *proquints* (D. Wilkerson, "A Proposal for Proquints: Identifiers that are
Readable, Spellable, and Pronounceable", https://arxiv.org/html/0901.4016): words of five
letters, 16 bits each, that can be said on the telephone: ``lusab-babad-gutih``.
"""

import re
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"
WORDS = 3
_BITS = 16
_SPEAKABLE = re.compile(rf"(?:[{CONSONANTS}][{VOWELS}][{CONSONANTS}][{VOWELS}][{CONSONANTS}]){{3}}")
#: Nothing that is longer is looked at.
_LONGEST = 100
_SALT = "nexus.cohorts.invitation"


def new_link_secret() -> str:
    """A secret for links that nobody types: 256 bits."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A code of three words that can be said and typed: 48 bits."""
    return "-".join(proquint(secrets.randbits(_BITS)) for _ in range(WORDS))


def proquint(number: int) -> str:
    """A number of 16 bits as a word of five letters."""
    letters = []
    for letter_set, bits, shift in (
        (CONSONANTS, 4, 12),
        (VOWELS, 2, 10),
        (CONSONANTS, 4, 6),
        (VOWELS, 2, 4),
        (CONSONANTS, 4, 0),
    ):
        letters.append(letter_set[number >> shift & (1 << bits) - 1])
    return "".join(letters)


def tidy(typed: str) -> str:
    """What somebody typed or pasted, as the secret that it stands for.

    A code may be typed in capitals, with blanks or without hyphens. Anything else stays.
    """
    typed = typed.strip()[:_LONGEST]
    letters = re.sub(r"[\s-]+", "", typed).lower()
    if not _SPEAKABLE.fullmatch(letters):
        return typed
    return "-".join(letters[at : at + 5] for at in range(0, len(letters), 5))


def digest_of(secret: str) -> str:
    """What is kept of a secret: keyed, so that the database alone tells no code."""
    return _digest(secret, settings.SECRET_KEY)


def digests_of(secret: str) -> list[str]:
    """What may be kept of a secret: by the hub's key, and by those it had before."""
    return [_digest(secret, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _digest(secret: str, key: str) -> str:
    return salted_hmac(_SALT, secret, secret=key, algorithm="sha256").hexdigest()
