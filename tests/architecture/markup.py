"""What a strict Content-Security-Policy would refuse in a template."""

import re
from collections.abc import Iterator

COMMENTS = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", re.DOTALL)
#: A script without an address; data for a script, which is not run, may stay.
SCRIPT = re.compile(
    r"<script(?![^>]*\b(?:src|type=\"application/(?:ld\+)?json\"))[^>]*>", re.IGNORECASE
)
STYLE = re.compile(r"<style[\s>]|<[^>]*\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
ADDRESS = re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE)

FORBIDDEN = {
    "inline script": SCRIPT,
    "inline style": STYLE,
    "event handler": HANDLER,
    "javascript: address": ADDRESS,
}


def refused(template: str) -> Iterator[str]:
    """What in ``template`` a browser would refuse, with its line."""
    text = COMMENTS.sub(lambda found: "\n" * found[0].count("\n"), template)
    for name, pattern in FORBIDDEN.items():
        for found in pattern.finditer(text):
            yield f"line {text.count(chr(10), 0, found.start()) + 1}: {name}"
