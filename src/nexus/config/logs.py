"""What Django logs of requests that were refused or broke, without what opens something.

Whoever reads a log is not whoever was sent a link (OWASP ASVS 5.0, 16.2.5).
"""

import logging

#: What addresses call the part that opens something: links, invitations, archives.
_SECRET_PARTS = ("secret", "key")
#: A shorter one is the number of a row.
_SHORTEST = 16
#: The loggers that name the address that was asked for.
_LOGGERS = ("django.request", "django.security.csrf")


class WithoutSecrets(logging.Filter):
    """Puts a mark in the place of every secret of the address in a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, masked."""
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        parts = match.kwargs if match is not None else {}
        named = (str(parts.get(name, "")) for name in _SECRET_PARTS)
        secrets = [value for value in named if len(value) >= _SHORTEST]
        if secrets and isinstance(record.args, tuple):
            record.args = tuple(_masked(word, secrets) for word in record.args)
        return True


def _masked(word: object, secrets: list[str]) -> object:
    if not isinstance(word, str):
        return word
    for secret in secrets:
        word = word.replace(secret, "…")
    return word


def keep_secrets_out_of_logs() -> None:
    """Mask what Django itself logs; once for a process."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(WithoutSecrets())
