"""What names things: files, folders, branches, commits, repositories, and people in Git.

A name stands in lists, addresses and logs where no page hides anything any more. So whatever
must not be read in a text goes from a name too: the e-mail address for guests, the secret for all
but its owner.
"""

from functools import lru_cache

from nexus.library.discretion.hiding import hide_emails_in_text
from nexus.library.extraction.secrets import hide_secrets


@lru_cache(maxsize=4096)
def hide_in_name(name: str) -> str:
    """``name`` with words in place of its addresses, and masks in place of its secrets."""
    return hide_emails_in_text(hide_secrets(name))


@lru_cache(maxsize=4096)
def hide_secrets_in_name(name: str) -> str:
    """``name`` with masks in place of its secrets alone, for those who see addresses."""
    return hide_secrets(name)
