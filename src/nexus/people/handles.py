"""What a handle looks like, and how one is made from any name."""

import re
import unicodedata

HANDLE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}")
FALLBACK = "person"


def is_handle(text: str) -> bool:
    """Whether ``text`` can be a handle: letters, digits and single hyphens, at most 39."""
    return HANDLE.fullmatch(text) is not None


def handle_from(name: str) -> str:
    """The nearest handle to ``name``; ``person`` when nothing of it can be kept."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", folded)
    return "-".join(words)[:39].strip("-") or FALLBACK
