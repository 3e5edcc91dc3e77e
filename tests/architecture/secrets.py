"""Things that must not get into the tree: secrets, and paths of somebody's machine."""

import re
from collections.abc import Iterator
from pathlib import Path

#: Whole secrets by their form. Words such as "BEGIN PRIVATE KEY" alone are no secret: the code
#: that looks for keys in repositories needs them.
SECRETS = {
    "private key": re.compile(
        r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----\s+(?:[A-Za-z0-9+/=]{40,}\s+){3}"
    ),
    "AWS key": re.compile(r"\bAKIA(?![A-Z0-9]*EXAMPLE)[A-Z0-9]{16}\b"),
    "GitHub token": re.compile(r"\bgh[pousr]_(?!(.)\1+\b)[A-Za-z0-9]{36,}\b"),
    "Slack token": re.compile(r"\bxox[abprs]-\d{8,}-\d{8,}-[A-Za-z0-9]{20,}"),
    "path of a home": re.compile(
        r"/(?:home|Users)/(?!(?:you|user|runner|me|ada|alice|bob|someone|name)\b)[a-z][\w-]*/"
    ),
}


def spilled(text: str, *, checkout: Path) -> Iterator[str]:
    """The kinds of secrets in ``text``, with their lines."""
    patterns = {
        **SECRETS,
        "path of this checkout": re.compile(rf"{re.escape(str(checkout))}(?![\w-])"),
    }
    for name, pattern in patterns.items():
        for found in pattern.finditer(text):
            yield f"line {text.count(chr(10), 0, found.start()) + 1}: {name}"
