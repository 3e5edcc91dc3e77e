"""The names of Python packages in requirements, by PEP 508 and PEP 503."""

import re

#: A name, and after it an end, extras, a version, an address, a marker or a comment.
_NAME = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]{0,99})\s{0,9}(?:\Z|[\[(;@#\\]|[<>=!~]=|[<>^*]|=\d)")
_SEPARATORS = re.compile(r"[-_.]+")
_EGG = re.compile(r"#egg=([A-Za-z0-9][A-Za-z0-9._-]{0,99})")


def required_name(requirement: object) -> str:
    """The normalised name of a requirement: ``Django[argon2]>=5; …`` gives ``django``.

    Empty for what is none. See https://peps.python.org/pep-0508/ and pep-0503.
    """
    if not isinstance(requirement, str):
        return ""
    text = requirement.strip()
    before, is_address, _ = text.partition("://")
    if is_address and "@" not in before:
        egg = _EGG.search(text)
        return _normalised(egg[1]) if egg else ""
    name = _NAME.match(text)
    return _normalised(name[1]) if name else ""


def _normalised(name: str) -> str:
    return _SEPARATORS.sub("-", name).strip("-").lower()
