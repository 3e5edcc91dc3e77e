"""E-mail addresses: found in text, marked in pages, hidden from guests.

Rendering marks every address in one exact shape, a link that holds no other link::

    <a class="email" href="mailto:ada@example.org">ada@example.org</a>

so that serving a page to a guest is one substitution, ``hide_emails``. Any other link whose
target or words hold an address gets the same shape with its own target.
"""

import re
from html import escape
from urllib.parse import unquote

HIDDEN = "e-mail hidden"

# What may stand on either side of the sign. ``logo@2x.png`` is a picture.
_LOCAL = re.compile(r"[\w.+%-]{1,200}\Z")
_DOMAIN = re.compile(r"(?!\dx\.)(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")
#: ``git@host`` is how a machine is addressed, not a person.
_MACHINES = frozenset({"git"})
_MARKED = re.compile(r'<a class="email" href="[^"]*"[^>]*>.*?</a>', re.DOTALL)


def email_spans(text: str) -> list[tuple[int, int]]:
    """Where the addresses of ``text`` begin and end, in order."""
    spans = []
    at = text.find("@")
    end = 0
    while at >= 0:
        domain = _DOMAIN.match(text, at + 1)
        local = _LOCAL.search(text, max(end, at - 200), at) if domain else None
        if domain and local and local[0] not in _MACHINES:
            end = domain.end()
            spans.append((local.start(), end))
        at = text.find("@", max(end, at + 1))
    return spans


def has_email(text: str) -> bool:
    """Whether ``text`` holds an address, plain or percent-encoded as in a link."""
    if "@" in text and email_spans(text):
        return True
    return "%40" in text and bool(email_spans(unquote(text)))


def email_link(address: str) -> str:
    """The one shape of an address in a page."""
    shown = escape(address)
    return f'<a class="email" href="mailto:{shown}">{shown}</a>'


def without_emails(text: str) -> str:
    """``text`` with its addresses left out: for titles, summaries and the search index."""
    return _replaced(text, "")


def hide_emails_in_text(text: str) -> str:
    """``text`` with its addresses replaced by words: for raw source, differences, attributes."""
    return _replaced(text, f"[{HIDDEN}]")


def hide_emails(html: str) -> str:
    """A rendered page without its addresses, as a guest may see it."""
    if 'class="email"' not in html:
        return html
    return _MARKED.sub(f'<span class="email-hidden">{HIDDEN}</span>', html)


def _replaced(text: str, words: str) -> str:
    pieces, at = [], 0
    for start, end in email_spans(text):
        pieces += [text[at:start], words]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else text
