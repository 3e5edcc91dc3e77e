"""The form of an access token: how one is made, recognised and kept.

``nxs_`` says what it is, so that people and scanners know one; eight characters name it, and
are no secret; thirty-two are the secret, about 190 bits; six are a checksum of what stands
before them, so that a typing error or a made-up one costs no question to the database. The
same form as GitHub's: https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/

What apps hold has the same form under marks of its own, so one place looks for all of them.
"""

import hashlib
import hmac
import re
import secrets
import string
import zlib
from dataclasses import dataclass

#: A personal access token; of an app: an access token, a refresh token, its own secret.
MARK = "nxs_"
APP_ACCESS, APP_REFRESH, APP_SECRET = "nxa_", "nxr_", "nxc_"
_LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_NAME, _SECRET, _CHECKSUM = 8, 32, 6
#: Also what a scanner for secrets looks for.
FORM = rf"nx[sarc]_[0-9A-Za-z]{{{_NAME + _SECRET + _CHECKSUM}}}"
_FORM = re.compile(FORM)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that was just made: ``text`` is shown once, the others are kept."""

    text: str
    prefix: str
    digest: str


def make_token(mark: str = MARK) -> NewToken:
    """A new token, from the system's randomness."""
    body = mark + "".join(secrets.choice(_LETTERS) for _ in range(_NAME + _SECRET))
    text = body + _checksum(body)
    return NewToken(text, prefix_of(text), digest_of(text))


def is_token(text: str, mark: str = MARK) -> bool:
    """Whether ``text`` has the form of a token with this mark, its checksum included."""
    if not text.startswith(mark) or not _FORM.fullmatch(text):
        return False
    return _checksum(text[:-_CHECKSUM]) == text[-_CHECKSUM:]


def prefix_of(token: str) -> str:
    """The beginning of a token, which names it and gives nothing away."""
    return token[: len(MARK) + _NAME]


def digest_of(token: str) -> str:
    """What is kept of a token.

    A fast digest is right for what a machine made of 190 random bits; what people think up
    needs a slow one (OWASP Password Storage Cheat Sheet).
    """
    return hashlib.sha256(token.encode()).hexdigest()


def is_same(token: str, digest: str) -> bool:
    """Whether ``digest`` was made of ``token``; takes as long whatever differs."""
    return hmac.compare_digest(digest_of(token), digest)


def _checksum(body: str) -> str:
    """CRC-32 in base 62."""
    number, text = zlib.crc32(body.encode()), ""
    for _ in range(_CHECKSUM):
        number, digit = divmod(number, len(_LETTERS))
        text = _LETTERS[digit] + text
    return text
