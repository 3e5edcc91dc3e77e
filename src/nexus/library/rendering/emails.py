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

#: ``git@host`` is how a machine is addressed, and ``logo@2x.png`` is a picture.
_ADDRESS = re.compile(
    r"(?<![\w.+%-])(?!git@)[\w.+%-]{1,200}@(?!\dx\.)(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}"
)
_MARKED = re.compile(r'<a class="email" href="[^"]*"[^>]*>.*?</a>', re.DOTALL)


def has_email(text: str) -> bool:
    """Whether ``text`` holds an address, plain or percent-encoded as in a link."""
    if "@" in text and _ADDRESS.search(text):
        return True
    return "%40" in text and _ADDRESS.search(unquote(text)) is not None


def email_spans(text: str) -> list[tuple[int, int]]:
    """Where the addresses of ``text`` begin and end, in order."""
    return [match.span() for match in _ADDRESS.finditer(text)] if "@" in text else []


def email_link(address: str) -> str:
    """The one shape of an address in a page."""
    shown = escape(address)
    return f'<a class="email" href="mailto:{shown}">{shown}</a>'


def without_emails(text: str) -> str:
    """``text`` with its addresses left out: for titles, summaries and the search index."""
    return _ADDRESS.sub("", text) if "@" in text else text


def hide_emails_in_text(text: str) -> str:
    """``text`` with its addresses replaced by words: for raw source, differences, attributes."""
    return _ADDRESS.sub(f"[{HIDDEN}]", text) if "@" in text else text


def hide_emails(html: str) -> str:
    """A rendered page without its addresses, as a guest may see it."""
    if 'class="email"' not in html:
        return html
    return _MARKED.sub(f'<span class="email-hidden">{HIDDEN}</span>', html)
